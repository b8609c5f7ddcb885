import FileSystem
import Foundation

/// A project whose experiments between them use all that decides the bits of a run.
final class GoldenProject {
    private let folder: URL
    /// The engine's results version of the runs that were looked at.
    private(set) var resultsVersion = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-golden-\(UUID().uuidString)")
            .resolvingSymlinksInPath()
        try write(Array(Self.table.utf8), to: "data/table.csv")
        try write(Array(Self.lines.utf8), to: "data/lines.txt")
        try write(Self.array, to: "data/points.npy")
        try write(Array(Self.pixels.utf8), to: "data/pixels.csv")
        try write(Array(Self.story.utf8), to: "data/story.txt")
        try write(Array(Self.series.utf8), to: "data/series.csv")
        for (name, text) in Self.experiments { try write(Array(text.utf8), to: "experiments/\(name).yaml") }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func ablate(_ arguments: String...) throws -> Program.Result {
        try Running(arguments, in: folder).result()
    }

    /// The digest of each run, by a name such as `layers/dropout/seed-1` or `splits/folds/seed-1/fold-2`.
    func digests(of experiment: String) throws -> [String: String] {
        let runs = folder.appendingPathComponent("results/\(experiment)/runs")
        var digests: [String: String] = [:]
        // What is kept beside the runs, such as facts of their data, is no folder.
        for run in try FileManager.default.contentsOfDirectory(atPath: runs.path) where !run.contains(".") {
            let place = runs.appendingPathComponent(run)
            let data = try Data(contentsOf: place.appendingPathComponent("record.json"))
            guard let record = try JSONSerialization.jsonObject(with: data) as? [String: Any],
                let variant = record["variant"] as? String, let seed = record["seed"] as? Int,
                let version = record["results_version"] as? Int
            else { continue }
            resultsVersion = version
            let fold = (record["fold"] as? Int).map { "/fold-\($0)" } ?? ""
            digests["\(experiment)/\(variant)/seed-\(seed)\(fold)"] = try digest(of: place)
        }
        return digests
    }

    /// Of the weights, without names and header, and of the history, without the seconds that its last column holds.
    private func digest(of run: URL) throws -> String {
        let weights = [UInt8](try Data(contentsOf: run.appendingPathComponent("weights.safetensors")))
        let header = weights.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let history = String(decoding: try Data(contentsOf: run.appendingPathComponent("history.csv")), as: UTF8.self)
        let rows = history.split(separator: "\n").map { $0.split(separator: ",").dropLast().joined(separator: ",") }
        var hash = SHA256()
        hash.update(weights.dropFirst(8 + header))
        hash.update(rows.joined(separator: "\n").utf8)
        return String(hash.finalize().hex.prefix(16))
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    // MARK: - Data

    /// 120 rows of numbers, categories, gaps, parts of a cell and words, made by whole numbers alone.
    private static let table: String = {
        let words = ["grain", "wheat", "oil", "gold", "ship", "trade", "bank", "rate", "corn", "coffee"]
        let rows = (0..<120).map { row in
            let (a, b, c) = (row * 37 % 113, row * 53 % 97, row * row % 89)
            let class3 = (a + 2 * b + row % 5) % 3
            let text = (0..<3 + row % 4).map { words[(row * ($0 + 3) + $0 * $0 + class3) % words.count] }.joined(separator: " ")
            let tags = (0..<1 + row % 3).map { ["x", "y", "z"][($0 + row) % 3] }.joined(separator: ";")
            return [
                "\(a)", "\(b).5", row % 11 == 3 ? "" : "0.0\(c + 10)", ["red", "green", "blue"][row * 7 % 5 % 3], tags, text,
                "\(3 * a - b + c % 7).25", ["low", "middle", "high"][class3], a > b ? "yes" : "no", "\(Double(a) / 128)",
                row % 6 == 0 ? "late" : row % 6 == 1 ? "held" : "early",
            ].joined(separator: ",") + "\n"
        }
        return "a,b,gaps,colour,tags,text,y,grade,answer,share,part\n" + rows.joined()
    }()

    private static let lines: String = (0..<60).map { row in
        let words = ["good", "bad", "fine", "poor", "plot", "film"]
        return "\(row % 2 == 0 ? "pos" : "neg")\t\((0..<4).map { words[(row * ($0 + 1) + $0) % 6] }.joined(separator: " "))\n"
    }.joined()

    /// A matrix of 40 rows and 4 columns of 32-bit numbers in NumPy's format, version 1.
    private static let array: [UInt8] = {
        let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (40, 4), }"
        let header = text + String(repeating: " ", count: 128 - 11 - text.utf8.count) + "\n"
        let values = (0..<160).map { Float($0 * 29 % 41) / 8 }
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
            + values.withUnsafeBytes { Array($0) }
    }()

    /// 60 rows of 8 x 8 pixels and a class.
    private static let pixels: String = {
        let rows = (0..<60).map { row in
            (0..<64).map { "\((row * 29 + $0 * $0 * (row % 3 + 1)) % 256)," }.joined() + ["flat", "steep", "round"][row % 3] + "\n"
        }
        return (0..<64).map { "p\($0)," }.joined() + "class\n" + rows.joined()
    }()

    private static let story: String = {
        let words = ["the", "cat", "sat", "on", "a", "mat", "and", "then", "it", "ran"]
        return (0..<60).map { words[($0 * 7 + $0 * $0 / 3) % words.count] }.joined(separator: " ") + ".\n"
    }()

    private static let series = "at,y\n" + (0..<90).map { "\($0),\(($0 * 17 + $0 * $0 / 5) % 61).5\n" }.joined()
}
