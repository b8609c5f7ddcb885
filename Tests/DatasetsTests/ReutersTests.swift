import Datasets
import FileSystem
import Settings
import Testing

/// The raw collection is not part of the project: these tests read it from a folder that ABLATE_MIRROR names.
@Suite(.enabled(if: Places.isMirrored("reuters21578.tar.gz"), "ABLATE_MIRROR names no folder with reuters21578.tar.gz"))
struct ReutersTests {
    static func request(validation: ValidationSettings? = .part(PartSettings(size: .first(1000)))) throws -> EncodingRequest {
        EncodingRequest(
            source: .catalogue(try Places.catalogue.entry(named: "reuters")),
            inputs: InputSettings(columns: [
                .init(column: "text", encoding: .multiHot(vocabulary: 10_000, words: WordSettings(coding: .keras)))
            ]),
            target: ColumnSettings(column: "topic", encoding: .oneHot()),
            split: SplitSettings(test: PartSettings(shuffle: .numpy, seed: 113, size: .fraction(0.2)), validation: validation))
    }

    @Test func storiesAndWordsAreThoseOfKeras() throws {
        let path = try #require(Places.mirrors.map { "\($0)/reuters21578.tar.gz" }.first)
        let limits = ArchiveReader.Limits(chosen: 100_000_000, total: 400_000_000)
        let file = try FileBytes(path: path)
        let stories = try withExtendedLifetime(file) {
            try ReutersReader.read(ArchiveReader.members(of: file.bytes, limits: limits, choose: ReutersReader.memberName))
        }
        #expect(stories.topics.count == 11_228)
        #expect(
            stories.topicNames.joined(separator: ", ") == """
                cocoa, grain, veg-oil, earn, acq, wheat, copper, housing, money-supply, coffee, sugar, trade, reserves, ship, cotton, carcass, \
                crude, nat-gas, cpi, money-fx, interest, gnp, meal-feed, alum, oilseed, gold, tin, strategic-metal, livestock, retail, ipi, \
                iron-steel, rubber, heat, jobs, lei, bop, zinc, orange, pet-chem, dlr, gas, silver, wpi, hog, lead
                """)
        let ranking = WordRanking(stories.text)
        #expect(ranking.numbers.count == 30_979)
        #expect(ranking.counts.first == 82_723)
        #expect(ranking.numbers.prefix(8).map { stories.text.word($0) } == ["the", "of", "to", "in", "said", "and", "a", "mln"])
        let split = try Splitter.split(11_228, Self.request(validation: nil).split, labels: nil)
        #expect(
            stories.text.text(of: Int(split.train[0])).prefix(35).joined(separator: " ")
                == "mcgrath rentcorp said as a result of its december acquisition of space co it expects earnings per share in 1987 of 1 15 to 1 30 dlrs per share up from 70 cts in 1986"
        )
    }

    @Test func partsAndLabelsAreThoseOfKeras() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path, mirrors: Places.mirrors)
        let all = try store.open(Self.request(validation: nil))
        #expect((all.train.count, all.validation.count, all.test.count) == (8982, 0, 2246))
        let labels = all.labels
        #expect(all.trainRows.prefix(10).map { labels[Int($0)] } == [3, 4, 3, 4, 4, 4, 4, 3, 3, 16])
        #expect(all.testRows.prefix(6).map { labels[Int($0)] } == [3, 10, 1, 4, 4, 3])
        let validated = try store.open(Self.request())
        #expect((validated.train.count, validated.validation.count, validated.test.count) == (7982, 1000, 2246))
        #expect(validated.validationRows == Array(all.trainRows.prefix(1000)))
        #expect(validated.trainRows == Array(all.trainRows.dropFirst(1000)))
        #expect(validated.testRows == all.testRows)
    }

    @Test func multiHotRowsHaveTheNotesOnes() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(Self.request())
        guard case .sparse(let offsets, let columns, nil) = dataset.inputs else {
            Issue.record("a multi-hot text must give sparse rows")
            return
        }
        let lengths = (0..<dataset.rowCount).map { Int(offsets[$0 + 1] - offsets[$0]) }
        #expect(lengths.max() == 530)
        #expect((Double(lengths.reduce(0, +)) / Double(lengths.count) * 10).rounded() / 10 == 81.9)
        #expect(dataset.summary.storedInputs == columns.count)
        for row in 0..<dataset.rowCount {
            let ones = columns[Int(offsets[row])..<Int(offsets[row + 1])]
            #expect(ones.first == 1, "every text starts with id 1")
            #expect(zip(ones, ones.dropFirst()).allSatisfy { $0 < $1 }, "ones ascend without repeats")
            #expect(ones.allSatisfy { $0 < 10_000 })
        }
        // The rows that `prepare.py` of the peers makes of the same archive.
        #expect(dataset.hash(of: dataset.validationRows + dataset.trainRows + dataset.testRows) == 237_524_776_083_406_972)
        #expect(dataset.vocabulary.count == 9_996)
        #expect(dataset.vocabulary.first == "the")
    }

    @Test func labelAndOneHotTargetsShareAnEncoding() throws {
        var request = try Self.request()
        let store = DatasetStore(folder: "nowhere")
        let oneHot = store.encodingDigest(of: request)
        request.target.encoding = .label
        #expect(store.encodingDigest(of: request) == oneHot)
        request.inputs.columns[0].encoding = .multiHot(vocabulary: 9_999, words: WordSettings(coding: .keras))
        #expect(store.encodingDigest(of: request) != oneHot)
    }
}
