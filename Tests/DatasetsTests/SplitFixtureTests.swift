import Datasets
import Foundation
import Settings
import Testing

/// Splits that NumPy, pandas, scikit-learn and Keras made, by `Fixtures/make_splits.py`.
struct SplitFixtureTests {
    struct Part: Decodable, Sendable {
        let count: Int
        let first: [Int32]
        let digest: Int

        func agrees(with rows: [Int32]) -> Bool {
            var digest = 0
            for (place, row) in rows.enumerated() { digest = (digest + Int(row) * (place + 1)) % 1_000_000_007 }
            return rows.count == count && Array(rows.prefix(first.count)) == first && digest == self.digest
        }
    }

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let model: String
        let rows: Int
        let fraction: Double
        let seed: Int
        let labels: [Int32]?
        let rest: Part
        let taken: Part

        var testDescription: String { "\(model), \(rows) rows, \(fraction), seed \(seed)\(labels == nil ? "" : ", stratified")" }

        var shuffle: Shuffle? {
            ["pandas": .pandas, "scikit-learn": .scikitLearn, "keras": .numpy, "keras-validation": Shuffle.none][model]
        }
    }

    struct Folds: Decodable, Sendable {
        let rows: Int
        let count: Int
        let validation: [Part]
    }

    struct Pair: Decodable, Sendable {
        let rest: Part
        let taken: Part
    }

    struct Grouped: Decodable, Sendable, CustomTestStringConvertible {
        let kind: String
        let groups: [Int32]
        let parts: [Pair]
        let count: Int?
        let seed: Int?
        let fraction: Double?
        let labels: [Int32]?

        var testDescription: String { "\(kind), \(groups.count) rows, \(parts.count)" }
    }

    struct Times: Decodable, Sendable, CustomTestStringConvertible {
        let rows: Int
        let count: Int
        let gap: Int
        let parts: [Pair]

        var testDescription: String { "\(rows) rows, \(count) folds, gap \(gap)" }
    }

    private struct Fixture: Decodable {
        let cases: [Case]
        let folds: [Folds]
        let groups: [Grouped]
        let times: [Times]
    }

    private static let fixture: Fixture? = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/splits.json")
        return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Fixture.self, from: $0) }
    }()

    @Test func thereAreFixtures() throws {
        let fixture = try #require(Self.fixture)
        #expect((fixture.cases.count, fixture.groups.count, fixture.times.count) == (21, 8, 5))
    }

    @Test(arguments: fixture?.cases ?? [])
    func everyRowIsWhereTheLibraryHasIt(expected: Case) throws {
        let part = PartSettings(
            shuffle: try #require(expected.shuffle), seed: expected.seed, size: .fraction(expected.fraction),
            stratified: expected.labels != nil)
        let split = try Splitter.split(expected.rows, SplitSettings(test: part), labels: expected.labels)
        #expect(expected.rest.agrees(with: split.train), "\(split.train.prefix(10)) for \(expected.rest.first.prefix(10))")
        #expect(expected.taken.agrees(with: split.test), "\(split.test.prefix(10)) for \(expected.taken.first.prefix(10))")
    }

    @Test(arguments: fixture?.folds ?? [])
    func contiguousFoldsAreThoseOfKFold(expected: Folds) throws {
        let split = try Splitter.split(
            expected.rows, SplitSettings(validation: .folds(count: expected.count, kind: .contiguous)), labels: nil)
        let folds = try #require(split.folds)
        for (fold, part) in expected.validation.enumerated() {
            #expect(part.agrees(with: split.train.indices.filter { folds.ofTrain[$0] == Int32(fold) }.map { split.train[$0] }))
        }
    }

    @Test(arguments: fixture?.groups ?? [])
    func groupsAreWhereScikitLearnHasThem(expected: Grouped) throws {
        var request = SplitSettings(group: "g")
        switch expected.kind {
        case "part":
            request.test = PartSettings(
                shuffle: .scikitLearn, seed: try #require(expected.seed), size: .fraction(try #require(expected.fraction)))
        case "folds": request.validation = .folds(count: try #require(expected.count), kind: .contiguous)
        default: request.validation = .folds(count: try #require(expected.count), kind: .stratified, seed: 8)
        }
        let names = (0...(expected.groups.max() ?? 0)).map { "\($0)" }
        let columns = SplitColumns(groups: { RowGroups(ofRow: expected.groups, names: names, column: $0) })
        let split = try Splitter.split(expected.groups.count, request, labels: expected.labels, columns: columns)
        for (fold, pair) in expected.parts.enumerated() {
            let isPart = expected.kind == "part"
            #expect(pair.rest.agrees(with: split.training(whileValidating: isPart ? nil : fold)))
            #expect(pair.taken.agrees(with: isPart ? split.test : split.rows(validating: fold)))
        }
    }

    @Test(arguments: fixture?.times ?? [])
    func expandingFoldsAreThoseOfTimeSeriesSplit(expected: Times) throws {
        let request = SplitSettings(validation: .folds(count: expected.count, kind: .time), gap: expected.gap)
        let split = try Splitter.split(expected.rows, request, labels: nil)
        for (fold, pair) in expected.parts.enumerated() {
            #expect(pair.rest.agrees(with: split.training(whileValidating: fold)))
            #expect(pair.taken.agrees(with: split.rows(validating: fold)))
        }
    }
}
