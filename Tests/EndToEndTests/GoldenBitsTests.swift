import FileSystem
import Foundation
import TensorEngine
import Testing

/// The bits of small runs that between them use every layer, activation, initializer, loss, optimizer, schedule, encoding and split, as they were
/// when `Golden/bits.txt` was written.
///
/// A change that moves them on purpose raises `resultsVersion` of `Training`, so that finished runs become stale, and writes the file anew:
///
///     ABLATE_RECORD_GOLDEN=1 make test FILTER=GoldenBitsTests
///     ABLATE_RECORD_GOLDEN=1 make test FILTER=GoldenBitsTests MARCH=x86-64-v3
///
/// The file has the version, and a line for each run: its name, the digest with AVX-512, the digest with AVX2.
@Suite struct GoldenBitsTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/bits.txt")
    private static let isRecording = ProcessInfo.processInfo.environment["ABLATE_RECORD_GOLDEN"] != nil

    /// Where a line has the digest of this build; nil where none is kept for it.
    private static let column: Int? =
        switch InstructionSet.built {
        case .avx512: 0
        case .avx2: 1
        case .baseline: nil
        }

    @Test(.enabled(if: Self.column != nil, "bits are kept for AVX-512 and AVX2 alone"))
    func everyRunHasTheBitsItHad() throws {
        let column = try #require(Self.column)
        let project = try GoldenProject()
        var found: [String: String] = [:]
        for experiment in GoldenProject.experiments.keys.sorted() {
            let end = try project.ablate("run", experiment)
            try #require(end.status == 0, "\(experiment): \(end.messages)")
            found.merge(try project.digests(of: experiment)) { first, _ in first }
        }
        var golden = try GoldenBits(contentsOf: Self.file)
        let moved = found.filter { name, digest in
            golden.digests[name].map { $0[column] != digest && $0[column] != GoldenBits.none } ?? false
        }.keys.sorted()
        if Self.isRecording {
            #expect(
                moved.isEmpty || golden.version != project.resultsVersion,
                "\(moved): other bits under the same settings need another resultsVersion than \(golden.version)")
            golden.record(found, column: column, version: project.resultsVersion)
            try golden.write(to: Self.file)
        } else {
            #expect(golden.version == project.resultsVersion, "the version has grown: write the file anew")
            #expect(moved == [], "if this is on purpose, raise resultsVersion and write the file anew")
            #expect(golden.digests.keys.sorted() == found.keys.sorted())
            #expect(found.allSatisfy { golden.digests[$0.key]?[column] == $0.value }, "some runs have no digest yet")
        }
    }
}

/// What the file says.
private struct GoldenBits {
    /// Where a digest is not known.
    static let none = "-"
    /// The engine's results version that the digests belong to.
    var version: Int
    /// Two digests a run, by its name.
    var digests: [String: [String]] = [:]

    init(contentsOf file: URL) throws {
        let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        version = lines.first.flatMap { Int($0[$0.endIndex - 1]) } ?? 0
        for words in lines.dropFirst() { digests[String(words[0])] = words.dropFirst().map(String.init) }
    }

    /// Takes digests over; those of another version that were made with other instructions no longer count.
    mutating func record(_ found: [String: String], column: Int, version: Int) {
        if version != self.version { digests = [:] }
        self.version = version
        digests = digests.filter { found[$0.key] != nil }
        for (name, digest) in found { digests[name, default: [Self.none, Self.none]][column] = digest }
    }

    func write(to file: URL) throws {
        let lines = digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.joined(separator: " "))\n" }
        try Data(("results version \(version)\n" + lines.joined()).utf8).write(to: file)
    }
}
