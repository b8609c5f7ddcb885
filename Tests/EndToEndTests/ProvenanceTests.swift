import Foundation
import Testing

/// What a record says of where its run comes from.
@Suite struct ProvenanceTests {
    private let project: SampleProject

    init() throws { project = try SampleProject() }

    private func record(of seed: Int, _ variant: String = "baseline") throws -> [String: Any] {
        for run in project.runs(of: "tiny") {
            let data = try Data(contentsOf: project.folder.appendingPathComponent("results/tiny/runs/\(run)/record.json"))
            guard let record = try JSONSerialization.jsonObject(with: data) as? [String: Any] else { continue }
            if record["seed"] as? Int == seed, record["variant"] as? String == variant { return record }
        }
        throw CocoaError(.fileNoSuchFile)
    }

    private func shown(_ record: [String: Any]) throws -> [String: String] {
        let lines = try project.ablate("show", String((record["identity"] as? String ?? "").prefix(8))).output.split(separator: "\n")
        let cells = lines.map { $0.drop { $0 == " " } }.compactMap { line in
            line.firstRange(of: "  ").map { (String(line[..<$0.lowerBound]), line[$0.upperBound...]) }
        }
        return Dictionary(cells.map { ($0, $1.trimmingCharacters(in: .whitespaces)) }, uniquingKeysWith: { first, _ in first })
    }

    private func git(_ words: String) throws {
        let result = try project.shell("git -c user.name=a -c user.email=a@example.org \(words)")
        #expect(result.status == 0, "\(result.messages)")
    }

    @Test func recordsSayWhetherFilesWereAsCommitted() throws {
        try git("init -q .")
        try git("add experiments data/table.csv")
        try git("commit -q -m first")
        // What the program itself makes is no change, also where git is not told to leave it out.
        #expect(try project.ablate("run", "tiny", "--seeds", "1").status == 0)
        #expect(try project.ablate("run", "tiny", "--seeds", "2").status == 0)
        for seed in 1...2 { #expect(try record(of: seed)["clean"] as? Bool == true) }
        let commit = try #require(try record(of: 1)["commit"] as? String)
        #expect(commit.count == 40)
        #expect(try shown(record(of: 1))["commit"] == commit + ", without uncommitted changes")
        #expect(try !project.ablate("report", "tiny", "--seeds", "2").output.contains("uncommitted"))

        try project.write("title: not yet committed\n", to: "experiments/new.yaml")
        #expect(try project.ablate("run", "tiny", "--seeds", "3").status == 0)
        #expect(try record(of: 3)["clean"] as? Bool == false)
        #expect(try shown(record(of: 3))["commit"] == commit + ", with uncommitted changes")
        let listed = try project.ablate("list", "tiny", "--where", "clean == false", "--columns", "seed", "--format", "csv")
        #expect(listed.output == "seed\n3\n3\n", "\(listed)")
        let report = try project.ablate("report", "tiny", "--seeds", "3").output
        #expect(report.contains("| \(commit.prefix(12)) and \(commit.prefix(12)) with uncommitted changes |"), "\(report)")
    }

    /// A project may be a folder of something larger.
    @Test func theCommitIsThatOfTheFoldersAbove() throws {
        let inner = "project"
        for path in ["data/table.csv", "experiments/tiny.yaml"] { try project.write(project.text(path), to: "\(inner)/\(path)") }
        try git("init -q .")
        try git("add .")
        try git("commit -q -m first")
        try project.write("changed", to: "elsewhere.txt")
        let result = try project.shell("cd \(inner) && $ablate run tiny --seeds 1 && $ablate list tiny --columns commit,clean --format csv")
        #expect(result.status == 0 && result.output.contains(",true\n"), "\(result)")
    }

    @Test func withoutGitThatIsUnknown() throws {
        #expect(try project.ablate("run", "tiny", "--seeds", "1").status == 0)
        let record = try record(of: 1)
        #expect(record["clean"] == nil && record["commit"] == nil)
        #expect(try shown(record)["commit"] == "unknown, the project is not under git")
        try project.write("ref: refs/heads/main\n", to: ".git/HEAD")
        try project.write(String(repeating: "c", count: 40) + "\n", to: ".git/refs/heads/main")
        #expect(try project.ablate("run", "tiny", "--seeds", "2", environment: ["PATH": "/nonexistent"]).status == 0)
        #expect(try shown(self.record(of: 2))["commit"]?.hasSuffix("; whether there were uncommitted changes is unknown") == true)
    }

    @Test func recordsSayByWhatAndWhenRunsWereMade() throws {
        #expect(try project.ablate("run", "tiny", "--seeds", "1").status == 0)
        let record = try record(of: 1)
        let random = record["random"] as? [String: Any]
        #expect(random?["generator"] as? String == "Philox4x32-10")
        #expect(random?["streams"] as? [String: Int] == ["init": 1, "shuffle": 2, "dropout": 3, "augment": 4, "noise": 9, "gibbs": 10])
        for key in ["host", "processor", "versions", "created", "ended", "data", "settings", "results_version", "seed", "timings"] {
            #expect(record[key] != nil, "\(key)")
        }
        let facts = try shown(record)
        #expect(facts["random numbers"] == "Philox4x32-10, seed 1, streams init 1, shuffle 2, dropout 3, augment 4, noise 9, gibbs 10")
        for name in ["began", "ended", "made by", "versions", "data", "time", "peak memory"] { #expect(facts[name] != nil, "\(name)") }
        #expect(facts["versions"]?.contains("instructions ") == true)
    }
}
