import Datasets
import FileSystem
import Foundation
import RandomNumbers
import Settings
import Testing

struct ClassFolderTests {
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let members: [(name: String, bytes: [UInt8])] = [
        ("films/train/pos/0_9.txt", text("It's GREAT, it's great! 10/10")), ("films/train/neg/10_1.txt", text("bad <br />bad")),
        ("films/train/neg/2_2.txt", text("don't see it")), ("films/test/pos/0_8.txt", text("great as new")),
        ("films/test/neg/0_1.txt", text("BAD it's5 'quoted'")), ("films/train/unsup/0_0.txt", text("nobody knows")),
        ("films/README", text("read")),
    ]

    private static func read() throws -> ClassFolderReader.Texts {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/films.tar.gz"
        ArchiveWriter.tar(members, to: path)
        let limits = ArchiveReader.Limits(chosen: 1_000_000, total: 1_000_000)
        let file = try FileBytes(path: path)
        let members = try withExtendedLifetime(file) {
            try ArchiveReader.members(of: file.bytes, limits: limits, choose: ClassFolderReader.memberName)
        }
        return try ClassFolderReader.read(members, of: path, shuffleSeed: 113)
    }

    @Test func rowsAreTrainFirstClassesAndFilesInNameOrder() throws {
        let texts = try Self.read()
        #expect(texts.classes == ["neg", "pos"])
        #expect(texts.labels == [0, 0, 1, 0, 1])
        #expect(texts.text.text(of: 0) == ["bad", "br", "bad"])
        #expect(texts.text.text(of: 2) == ["it's", "great", "it's", "great", "10", "10"])
        #expect(texts.text.text(of: 3) == ["bad", "it's", "5", "quoted"])
    }

    @Test func partsAreShuffledByOneGeneratorTrainFirst() throws {
        var state = NumPyRandomState(seed: 113)
        var train: [Int32] = [0, 1, 2]
        var test: [Int32] = [3, 4]
        state.shuffle(&train)
        state.shuffle(&test)
        #expect(try Self.read().parts == SplitRows(train: train, test: test))
    }

    @Test func aFolderWillDo() throws {
        let folder = try TemporaryFolder()
        for (name, bytes) in Self.members { _ = try folder.write(bytes, to: name) }
        for (name, text) in [
            ("neg/a.txt", "bad"), ("neg/b.txt", "bad too"), ("pos/a.txt", "good"), ("pos/deep/b.txt", "no"), ("note.txt", "no"),
        ] {
            _ = try folder.write(text, to: "plain/\(name)")
        }
        func open(_ name: String) throws -> EncodedDataset {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .folder(path: "\(folder.path)/\(name)"),
                    inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
                    target: ColumnSettings(column: "class", encoding: .label)))
        }
        let films = try open("films")
        #expect((films.trainRows, films.testRows) == ([0, 1, 2], [3, 4]))
        #expect(films.labels == [0, 0, 1, 0, 1])
        let plain = try open("plain")
        #expect(plain.vocabulary == ["bad", "too", "good"])
        #expect((plain.labels, plain.trainRows) == ([0, 0, 1], [0, 1, 2]))
        let notice = DatasetNotice.filesLeftOut(
            path: "\(folder.path)/films/train/pos", total: 1, files: [.init(reason: .place, count: 1, examples: ["0_9.txt"])], classes: [])
        #expect(throws: DatasetError.missingClassFolders(path: "\(folder.path)/films/train/pos", classes: [], notices: [notice])) {
            try open("films/train/pos")
        }
    }

    @Test func whatIsLeftOutOfAFolderIsTold() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("neg/0.txt", "bad"), ("neg/1.TXT", "bad too"), ("pos/0.txt", "good"), ("pos/1.Txt", "very good"), ("pos/2.md", "no"),
            ("odd/a", "no"), ("odd/b", "no"), ("note.txt", "no"), ("pos/deep/3.txt", "no"), ("neg/.hidden.txt", "no"),
        ] {
            _ = try folder.write(text, to: "texts/\(name)")
        }
        let elsewhere = try folder.write("a secret", to: "secret.txt")
        let inside = "\(folder.path)/texts/neg"
        try FileManager.default.createSymbolicLink(atPath: "\(inside)/9.txt", withDestinationPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: "\(inside)/8.txt", withDestinationPath: "\(inside)/0.txt")
        #expect(mkfifo("\(folder.path)/texts/pos/7.txt", 0o600) == 0)
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .folder(path: "\(folder.path)/texts"),
                inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
                target: ColumnSettings(column: "class", encoding: .label)))
        #expect(dataset.labels == [0, 0, 0, 1, 1])
        #expect(
            dataset.summary.notices.map(\.sentence) == [
                "texts: 7 of 12 files are left out, 3 that do not end in .txt (\"odd/a\", \"odd/b\", \"pos/2.md\"), "
                    + "2 that stand outside a class's folder (\"note.txt\", \"pos/deep/3.txt\"), 1 that is a link to what lies outside "
                    + "(\"neg/9.txt\"), 1 that is no regular file (\"pos/7.txt\"); so \"odd\" is no class."
            ])
    }

    @Test func whatIsLeftOutOfAnArchiveIsTold() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/films.tar.gz"
        ArchiveWriter.tar(Self.members, to: path)
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .folder(path: path),
                inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
                target: ColumnSettings(column: "class", encoding: .label)))
        #expect(
            dataset.summary.notices.map(\.sentence) == [
                "films.tar.gz: 2 of 7 files are left out, 1 that does not end in .txt (\"films/README\"), "
                    + "1 that is a text without a class (\"films/train/unsup/0_0.txt\")."
            ])
    }

    @Test func ownPartsHoldUnlessATestPartIsAskedFor() throws {
        let own = SplitRows(train: [2, 0, 1], test: [4, 3])
        let validation = ValidationSettings.part(PartSettings(size: .first(1)))
        let split = try Splitter.split(5, SplitSettings(validation: validation), labels: nil, own: own)
        #expect((split.train, split.validation, split.test) == ([0, 1], [2], [4, 3]))
        let asked = try Splitter.split(
            5, SplitSettings(test: PartSettings(size: .first(2)), validation: validation), labels: nil, own: own)
        #expect((asked.train, asked.validation, asked.test) == ([3, 4], [2], [0, 1]))
    }

    @Test func anArchiveWithoutAPartOrAClassIsRefused() throws {
        let lonely = [RawMember(name: "train/neg/0.txt", bytes: Self.text("a")), RawMember(name: "test/neg/0.txt", bytes: Self.text("b"))]
        #expect(throws: DatasetError.missingClassFolders(path: "films", classes: ["neg"], notices: [])) {
            try ClassFolderReader.read(lonely, of: "films", shuffleSeed: 0)
        }
    }

    /// The whole set against the rows that `prepare.py` of the peers makes of it, by a hash that depends on every number and on their order.
    @Test(.enabled(if: Places.isMirrored("aclImdb-labelled.tar.gz"), "ABLATE_MIRROR names no folder with aclImdb-labelled.tar.gz"))
    func reviewsAreThoseOfThePeers() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(
            EncodingRequest(
                source: .catalogue(try Places.catalogue.entry(named: "imdb")),
                inputs: InputSettings(columns: [
                    .init(column: "text", encoding: .multiHot(vocabulary: 10_000, words: WordSettings(coding: .keras)))
                ]),
                target: ColumnSettings(column: "class", encoding: .label),
                split: SplitSettings(validation: .part(PartSettings(size: .first(10_000))))))
        #expect((dataset.train.count, dataset.validation.count, dataset.test.count) == (15_000, 10_000, 25_000))
        #expect(dataset.hash(of: dataset.validationRows + dataset.trainRows) == 15_868_244_404_994_733_632)
        #expect(dataset.hash(of: dataset.testRows) == 6_750_217_900_252_072_906)
    }
}

extension EncodedDataset {
    /// Rows' ones and labels as the digits of a number to the base 31, modulo 2^64.
    func hash(of rows: [Int32]) -> UInt64 {
        withExtendedLifetime(self) {
            guard case .sparse(let offsets, let columns, nil) = inputs, case .classes(let labels, _) = target else { return 0 }
            var hash: UInt64 = 0
            for row in rows.map(Int.init) {
                for place in Int(offsets[row])..<Int(offsets[row + 1]) { hash = hash &* 31 &+ UInt64(columns[place]) }
                hash = hash &* 31 &+ UInt64(labels[row])
            }
            return hash
        }
    }
}
