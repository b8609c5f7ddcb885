import Datasets
import FileSystem
import Foundation
import Settings

/// Tables of the user's own, packed or not: read, looked through and encoded as `ablate init` and a run do.
struct TableFiles: Subject {
    private let folder: String
    private let samples: [[UInt8]]

    init(in folder: String) throws {
        self.folder = folder
        let shipped = try Repository.contents(of: "data", ending: ".csv").map { Array($0.prefix(4000)) }
        samples = Samples.tables.map { Array($0.utf8) } + shipped
    }

    func read(_ mutator: inout Mutator) throws {
        let sample = mutator.one(of: samples)
        let words = ["\"\"", "\",\"", "sep=;\n", "NA", "\n\n\n", ",,,,,,", "\"unclosed"]
        let packing = mutator.number(below: 12)
        let names = ["table.csv.gz", "table.zip", "table.tar", "table.tar.xz", "table.csv.zst"]
        guard packing < names.count else {
            return try open(mutator.changed(sample, among: samples, words: words), as: "table.csv")
        }
        // What is changed before it is packed comes through the checksums.
        let member = mutator.coin() ? mutator.changed(sample, among: samples, words: words) : sample
        let packed = try Archive(packing).pack([("folder/table.csv", member)])
        try open(mutator.coin() ? packed : mutator.changed(packed, among: [packed]), as: names[packing])
    }

    private func open(_ bytes: [UInt8], as name: String) throws { try openAsAnExperimentDoes(bytes, as: name, in: folder) }
}

/// Writes the file, and has its columns guessed and its rows encoded, cached and read again.
func openAsAnExperimentDoes(_ bytes: [UInt8], as name: String, in folder: String) throws {
    let path = "\(folder)/\(name)"
    try write(bytes, to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try openAsAnExperimentDoes(path, in: folder)
}

/// The same for what lies there.
func openAsAnExperimentDoes(_ path: String, in folder: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder + "/cache") }
    guard let source = RawSource(userPath: path) else { throw Finding("\(path) is there and was not found") }
    let store = DatasetStore(folder: folder, root: folder, isOffline: true)
    let suggestion = try EncodingSuggestion(store.profile(of: source))
    let split = SplitSettings(validation: .part(PartSettings(size: .fraction(0.25))))
    let dataset = try store.open(EncodingRequest(source: source, inputs: suggestion.inputs, target: suggestion.target, split: split))
    if dataset.summary.rowCount < 1 { throw Finding("a data set without rows was encoded") }
}

/// NumPy's arrays, alone and packed.
struct ArrayFiles: Subject {
    private let folder: String
    private let arrays: [[UInt8]]

    init(in folder: String) throws {
        self.folder = folder
        arrays = [
            Self.array("<f8", "(12, 2)", (0..<24).flatMap { littleEndian(Double($0).bitPattern) }),
            Self.array(">i2", "(12, 2)", (0..<24).flatMap { [UInt8($0 % 3), UInt8($0)] }),
            Self.array("<f4", "(12, 2)", (0..<24).flatMap { littleEndian(Float($0 / 2).bitPattern) }, order: "True"),
            Self.array("|b1", "(12,)", (0..<12).map { UInt8($0 % 2) }), Self.array("|u1", "(12, 2, 2)", Array(0..<48)),
            Self.array("<i8", "(12,)", (0..<12).flatMap { littleEndian([1, -1, Int.max][$0 % 3]) }),
            Self.array("<f2", "(12,)", (0..<12).flatMap { [UInt8($0), 0x3c] }),
        ]
    }

    private static func array(_ type: String, _ shape: String, _ numbers: [UInt8], order: String = "False") -> [UInt8] {
        var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
        header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + numbers
    }

    func read(_ mutator: inout Mutator) throws {
        let words = [
            "(1000000000000, 1000000000000)", "(0, 4294967296)", "()", "(3,", "'descr': '<f16'", "'fortran_order': True", "'<U1'", "|V0",
        ]
        func changed() -> [UInt8] { mutator.changed(mutator.one(of: arrays), among: arrays, words: words) }
        guard mutator.coin() else { return try openAsAnExperimentDoes(changed(), as: "array.npy", in: folder) }
        let names = mutator.coin() ? ["x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"] : ["x.npy", "y.npy"]
        // Two parts of one array have one shape, as a rule.
        let (x, y) = (mutator.one(of: arrays), mutator.one(of: arrays))
        let members = names.map { name in (name, mutator.number(below: 8) == 0 ? changed() : name.hasPrefix("x") ? x : y) }
        let packed = try Archive.zip.pack(members)
        try openAsAnExperimentDoes(mutator.coin() ? packed : mutator.changed(packed), as: "arrays.npz", in: folder)
    }
}

private func littleEndian(_ bits: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: bits.littleEndian, Array.init) }

/// Texts: archives of folders by class, news, lines with labels.
struct TextFiles: Subject {
    private let folder: String

    init(in folder: String) throws { self.folder = folder }

    func read(_ mutator: inout Mutator) throws {
        switch mutator.number(below: 3) {
        case 0:
            let samples = Samples.lines.map { Array($0.utf8) }
            let text = mutator.changed(mutator.one(of: samples), among: samples, words: ["\t\t", "__label__", "__label__ "])
            try openAsAnExperimentDoes(text, as: "lines.txt", in: folder)
        case 1:
            let news = mutator.changed(
                Array(Samples.news.utf8), words: ["<BODY>", "</BODY>", "<D>", "</D>", "<REUTERS", "&#", "&lt;", "</REUTERS>"])
            _ = try ReutersReader.read([RawMember(name: "reut2-000.sgm", bytes: news)])
        default:
            let kind = mutator.number(below: 4)
            let paths = ["../../x.txt", "/etc/x.txt", "films/train/pos/../../../x.txt", "films/train/.hidden/x.txt", "a/b.txt"]
            var members = Samples.texts
            for place in members.indices where mutator.number(below: 4) == 0 {
                members[place].bytes = mutator.changed(members[place].bytes)
                if mutator.coin() { members[place].name = mutator.one(of: paths) }
            }
            let packed = try Archive(kind).pack(members)
            let name = ["films.tar.gz", "films.zip", "films.tar", "films.tar.xz"][kind]
            try openAsAnExperimentDoes(mutator.coin() ? packed : mutator.changed(packed), as: name, in: folder)
        }
    }
}

/// Rows in the cache: what is changed is made anew or used, and never leads outside of the file.
struct EncodedFiles: Subject {
    private let store: DatasetStore
    private let requests: [(request: EncodingRequest, path: String, bytes: [UInt8])]

    init(in folder: String) throws {
        let table = "\(folder)/table.csv"
        let lines = "\(folder)/lines.txt"
        try write(Array(Samples.table.utf8), to: table)
        try write(Array(Samples.lines[0].utf8), to: lines)
        let part = ValidationSettings.part(PartSettings(size: .first(1)))
        let wanted = [
            EncodingRequest(
                source: .csv(path: table, format: CSVFormat()),
                inputs: InputSettings(columns: [.init(column: "a", encoding: .numeric(scale: .none))]),
                target: ColumnSettings(column: "grade", encoding: .label),
                split: SplitSettings(validation: .folds(count: 3, kind: .contiguous))),
            EncodingRequest(
                source: .csv(path: table, format: CSVFormat()),
                inputs: InputSettings(columns: [.init(column: "grade", encoding: .oneHot())]),
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .standard)), split: SplitSettings(validation: part)),
            EncodingRequest(
                source: .lines(path: lines, format: LineFormat()),
                inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
                target: ColumnSettings(column: "class", encoding: .label), split: SplitSettings(validation: part)),
        ]
        store = DatasetStore(folder: folder, isOffline: true)
        let cache = folder + "/cache/encoded"
        var seen: Set<String> = []
        requests = try wanted.map { request in
            _ = try DatasetStore(folder: folder, isOffline: true).open(request)
            let names = try FileManager.default.contentsOfDirectory(atPath: cache)
            let name = names.first { seen.insert($0).inserted } ?? ""
            return (request, "\(cache)/\(name)", Array(try Data(contentsOf: URL(fileURLWithPath: "\(cache)/\(name)"))))
        }
    }

    func read(_ mutator: inout Mutator) throws {
        let (request, path, bytes) = mutator.one(of: requests)
        var changed = mutator.changed(bytes, among: requests.map(\.bytes))
        let isSealed = mutator.coin()
        if isSealed { Self.seal(&changed) }
        try write(changed, to: path)
        var folds = request
        folds.fold = request.split.folds == nil ? nil : mutator.number(below: 3)
        let rebuilt = Flag()
        let dataset = try store.open(folds) { if case .rebuilding = $0 { rebuilt.isSet = true } }
        // The layout leaves gaps that no digest covers.
        if !isSealed, !rebuilt.isSet, changed != bytes, changed.count != bytes.count {
            throw Finding("a changed file of the cache was used")
        }
        var sum: Float = 0
        switch dataset.inputs {
        case .dense(let numbers): for number in numbers { sum += number }
        case .tokens(let numbers): for number in numbers { sum += Float(number) }
        case .sparse(let offsets, let columns, let values):
            sum = Float(offsets.count) + columns.reduce(0) { $0 + Float($1) } + (values?.reduce(0, +) ?? 0)
        }
        if sum == .infinity, rebuilt.isSet { throw Finding("a rebuilt file holds other numbers") }
    }

    /// Gives changed bytes the length and the digests that they ought to have.
    private static func seal(_ bytes: inout [UInt8]) {
        guard bytes.count >= 192 else { return }
        bytes.replaceSubrange(16..<24, with: littleEndian(UInt64(bytes.count)))
        let textEnd = 192 + bytes[12..<16].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = (textEnd + 63) / 64 * 64
        guard start <= bytes.count else { return }
        bytes.replaceSubrange(64..<128, with: Array(SHA256.digest(of: bytes[192..<textEnd]).hex.utf8))
        bytes.replaceSubrange(128..<192, with: Array(SHA256.digest(of: bytes[start...]).hex.utf8))
    }

    private final class Flag: @unchecked Sendable { var isSet = false }
}
