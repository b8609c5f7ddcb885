import Foundation
import Testing

/// Runs are known by what their data hold, and get no other data than they are known by.
struct DataIdentityTests {
    private static let table =
        "a,b,c\n" + (0..<60).map { "\($0 * 7 % 13),\($0 * 5 % 11),\($0 * 3 % 4 < 2 ? "u" : "v")\n" }.joined()

    private static func experiment(_ dataset: String, epochs: Int = 1) -> String {
        """
        dataset: \(dataset)
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {c: {encode: label}}
        split: {validation: {folds: 3}}
        model: {mlp: {hidden: [3], activation: relu, output: sigmoid}}
        training: {loss: binary_crossentropy, epochs: \(epochs)}
        baselines: [majority, nearest_neighbours]

        """
    }

    private static func project() throws -> SampleProject {
        let project = try SampleProject()
        try project.write(table, to: "data/d.csv")
        try project.write(experiment("{csv: data/d.csv}"), to: "experiments/e.yaml")
        return project
    }

    @Test(arguments: ["data/same.csv", "./data/d.csv", "../PROJECT/data/d.csv", "ABSOLUTE/elsewhere/x.txt"])
    func theSameBytesUnderAnotherNameAreNotTrainedAgain(path: String) throws {
        let project = try Self.project()
        #expect(try project.ablate("run", "e", "-j", "1").status == 0)
        let path = path.replacing("PROJECT", with: project.folder.lastPathComponent).replacing("ABSOLUTE", with: project.folder.path)
        for copy in ["data/same.csv", "elsewhere/x.txt"] { try project.write(Self.table, to: copy) }
        try project.write(Self.experiment("{csv: \(path)}"), to: "experiments/e.yaml")
        let plan = try project.ablate("plan", "e")
        #expect(plan.output.hasSuffix("nothing to train\n"), "\(plan.output)")
        try project.write(Self.table.replacing("0,0,u", with: "0,1,u"), to: "data/d.csv")
        try project.write(Self.experiment("{csv: data/d.csv}"), to: "experiments/e.yaml")
        let changed = try project.ablate("plan", "e")
        #expect(changed.output.contains(" stale: data content "), "\(changed.output)")
    }

    /// A fold's runs are asked with the encoders of the fold: for its own validation rows they answer what its record says.
    @Test func aFoldAnswersByItsOwnEncoders() throws {
        let project = try SampleProject()
        let rows = (0..<60).map { (row: Int) -> (x: Int, y: Int) in (row * row, 3 * row * row + row % 5) }
        try project.write("x,y\n" + rows.map { "\($0.x),\($0.y)\n" }.joined(), to: "data/d.csv")
        try project.write(
            """
            dataset: {csv: data/d.csv}
            inputs: {x: {encode: numeric, scale: standard}}
            target: {y: {encode: numeric, scale: standard}}
            split: {validation: {folds: 3}}
            model: {mlp: {hidden: [3], activation: tanh, output: linear}}
            training: {loss: mse, epochs: 3, metrics: [mae]}

            """, to: "experiments/e.yaml")
        #expect(try project.ablate("run", "e", "-j", "1").status == 0)
        #expect(try project.runs(of: "e").count == 3)
        for run in project.runs(of: "e") {
            let record = try #require(
                try JSONSerialization.jsonObject(with: Data(project.text("results/e/runs/\(run)/record.json").utf8)) as? [String: Any])
            let fold = try #require(record["fold"] as? Int)
            let figure = try #require((record["figures"] as? [String: Any])?["val_mae"] as? Double)
            let answer = try project.ablate("predict", String(run.prefix(8)), "--csv", "data/d.csv", "--json")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
            let values = try #require(json["predictions"] as? [[String: Double]]).compactMap { $0["value"] }
            let validating = (fold - 1) * 20..<fold * 20
            let errors = validating.map { abs(values[$0] - Double(rows[$0].y)) }
            let error = errors.reduce(0, +) / 20
            #expect(abs(error - figure) < 1e-3 * figure, "fold \(fold): \(error), \(figure)")
        }
    }

    /// What a fit takes in beyond the rows that train is told before anything runs, and in the report.
    @Test(arguments: [("folds", "all rows that train in some fold"), ("all", "from all rows"), ("train", nil)])
    func rowsThatAFitTakesInAreTold(fit: String, words: String?) throws {
        let project = try Self.project()
        try project.write(
            Self.experiment("{csv: data/d.csv}").replacing("scale: standard", with: "scale: standard, fit: \(fit)"),
            to: "experiments/e.yaml")
        let run = try project.ablate("run", "e", "-j", "1")
        let report = try project.text("results/e/report.md")
        for text in [run.messages, report] {
            #expect(text.contains("by which") == (words != nil))
            if let words { #expect(text.contains(words)) }
        }
    }

    /// Rows to train are those of the plan, though the file has been written since, and plain methods have the same.
    @Test func aRunAnswersWithTheDataItWasTrainedOn() throws {
        let project = try Self.project()
        #expect(try project.ablate("run", "e", "-j", "1").status == 0)
        let run = try #require(project.runs(of: "e").first).prefix(8)
        let answer = try project.ablate("predict", String(run), "--row", "a=3,b=2")
        try project.write("torn,", to: "data/d.csv")
        let again = try project.ablate("predict", String(run), "--row", "a=3,b=2")
        #expect(again.status == 0 && again.output == answer.output, "\(again.messages)")
        try FileManager.default.removeItem(at: project.folder.appendingPathComponent("data/cache"))
        let refused = try project.ablate("predict", String(run), "--row", "a=3,b=2")
        #expect(refused.status != 0)
        #expect(refused.messages.contains("the data are not those that the run \(run) was trained on"), "\(refused.messages)")
        #expect(refused.messages.contains("their content has changed"))
    }

    /// A script writes the table all the time, whole, in part and with other rows: each run that finishes has the bits of its identity.
    @Test func runsBesideAWriterHaveTheBitsOfTheirIdentity() throws {
        let project = try Self.project()
        try project.write(Self.table, to: "one.csv")
        try project.write(Self.table.replacing(",u", with: ",w"), to: "other.csv")
        func weights(_ results: String) throws -> [String: Data] {
            Dictionary(
                uniqueKeysWithValues: try project.runs(of: "e", results: results).compactMap { run in
                    let file = project.folder.appendingPathComponent("\(results)/e/runs/\(run)/weights.safetensors")
                    return FileManager.default.fileExists(atPath: file.path) ? (run, try Data(contentsOf: file)) : nil
                })
        }
        for name in ["one", "other"] {
            try project.write(project.text("\(name).csv"), to: "data/d.csv")
            #expect(try project.ablate("run", "e", "-j", "1", "--results", "clean").status == 0)
        }
        let clean = try weights("clean")
        #expect(clean.count == 6)
        let written = try project.shell(
            """
            ( while [ ! -e stop ]; do cp one.csv data/d.csv; head -c 200 one.csv > data/d.csv; cp other.csv data/x; mv data/x data/d.csv; sleep 0.003; done ) &
            for i in 1 2 3 4 5 6; do rm -rf data/cache; $ablate run e -j 2 --results disturbed; echo "status $?"; done; touch stop; wait
            """)
        #expect(
            written.output.split(separator: "\n").filter { $0.hasPrefix("status") && !["status 0", "status 1", "status 2"].contains($0) }
                .isEmpty)
        // Whatever was left in the cache, the runs that it gives are those of the content.
        try project.write(project.text("one.csv"), to: "data/d.csv")
        #expect(try project.ablate("run", "e", "-j", "1", "--results", "disturbed").status == 0)
        let found = try weights("disturbed").filter { clean[$0.key] != nil }
        #expect(found.count >= 3)
        for (run, bytes) in found { #expect(clean[run] == bytes) }
    }

    /// Zeros in the cached rows change no figure, nor those of plain methods, which are kept.
    @Test func damagedRowsAreSeenByAllWhoReadThem() throws {
        let project = try Self.project()
        #expect(try project.ablate("run", "e", "-j", "1", "--results", "one").status == 0)
        let folder = project.folder.appendingPathComponent("data/cache/encoded")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            var bytes = try Data(contentsOf: folder.appendingPathComponent(name))
            bytes.replaceSubrange(bytes.count - 900..<bytes.count - 400, with: [UInt8](repeating: 0, count: 500))
            try bytes.write(to: folder.appendingPathComponent(name))
        }
        // No worker opens the rows when every run is finished: the methods are alone with them.
        #expect(try project.shell("cp -r one other; rm other/e/runs/baselines-*").status == 0)
        #expect(try project.ablate("run", "e", "-j", "1", "--results", "other").status == 0)
        let methods = try project.shell("cmp one/e/runs/baselines-*.json other/e/runs/baselines-*.json")
        #expect(methods.status == 0, "\(methods.output)\(methods.messages)")
    }
}
