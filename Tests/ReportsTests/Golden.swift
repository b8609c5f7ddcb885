import Foundation
import Testing

/// Compares a text with `Golden/NAME`. A missing file is recorded, and the test fails once, so that somebody looks at it before it counts.
func expectGolden(_ text: String, _ name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
    let url = folder.appendingPathComponent(name)
    guard let golden = try? String(contentsOf: url, encoding: .utf8) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        Issue.record("recorded Golden/\(name): look at it and run again", sourceLocation: sourceLocation)
        return
    }
    let difference = zip(
        text.split(separator: "\n", omittingEmptySubsequences: false), golden.split(separator: "\n", omittingEmptySubsequences: false)
    )
    .enumerated().first { $0.element.0 != $0.element.1 }
    let place = difference.map { "line \($0.offset + 1): \($0.element.0)\nexpected: \($0.element.1)" } ?? "one is longer"
    #expect(text == golden, "differs from Golden/\(name), \(place)", sourceLocation: sourceLocation)
}
