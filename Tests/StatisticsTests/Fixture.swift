import Foundation

/// A table beside the tests, made by `Fixtures/make_fixtures.py`.
enum Fixture {
    /// The rows without the line of names.
    static func rows(_ name: String) throws -> [[String]] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    }

    static func numbers(_ name: String) throws -> [[Double]] {
        try rows(name).map { $0.compactMap(Double.init) }
    }
}

/// |a − b| relative to the larger, so that tails count as much as the centre.
func relativeError(_ a: Double, _ b: Double) -> Double {
    a == b ? 0 : abs(a - b) / max(abs(a), abs(b))
}
