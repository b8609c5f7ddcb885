import Foundation
import Testing

/// Tables of features: where they are written, what is trained for them, and what is told of what is wrong with them.
@Suite struct FeatureTableTests {
    private let project: SampleProject

    init() throws { project = try .withFeatures() }

    private func path(_ relative: String) -> String { project.folder.appendingPathComponent(relative).path }

    private func table() throws -> String {
        try #require(try FileManager.default.contentsOfDirectory(atPath: path("data/cache/features")).first { $0.hasSuffix(".csv") })
    }

    private static let remedy = "tables of features are kept there: move it away, or name another data folder with --data\n"

    // MARK: - The folder

    @Test(arguments: ["data/cache", "data/cache/features"]) func nothingIsWrittenThroughALink(place: String) throws {
        try project.write("mine", to: "elsewhere/thesis.tex")
        if place != "data/cache" { try FileManager.default.createDirectory(atPath: path("data/cache"), withIntermediateDirectories: true) }
        #expect(symlink(path("elsewhere"), path(place)) == 0)
        let result = try project.ablate("run", "components", "-j", "1")
        #expect(result.status == 2)
        #expect(
            result.messages.hasSuffix(
                "ablate: error: \(place): is a symbolic link, expected a folder; links are not followed, for reading, writing or removal; "
                    + Self.remedy), "\(result.messages)")
        let there = try FileManager.default.subpathsOfDirectory(atPath: path("elsewhere"))
        #expect(!there.contains { $0.hasSuffix(".csv") || $0.hasSuffix(".sha256") }, "\(there)")
    }

    @Test func aFolderThatTheUserNamesMayBeALink() throws {
        #expect(try project.shell("mkdir disk && ln -s disk store && cp data/table.csv disk").status == 0)
        let result = try project.ablate("run", "components", "-j", "1", "--data", "store")
        #expect(result.status == 0, "\(result.messages)")
        #expect(project.exists("disk/cache/features"))
    }

    @Test(arguments: ["plan", "run", "validate"]) func aFolderInTheTablesPlaceIsToldInWords(command: String) throws {
        #expect(try project.ablate("plan", "components").status == 0)
        let table = try table()
        try project.remove("data/cache/features/\(table)")
        try project.write("mine", to: "data/cache/features/\(table)/thesis.tex")
        let result = try project.ablate(command, "components")
        #expect(result.status == 2)
        #expect(
            result.messages == "ablate: error: data/cache/features/\(table): is a folder, expected a regular file; " + Self.remedy,
            "\(result.messages)")
    }
}
