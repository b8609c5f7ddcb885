import Foundation
import Testing

/// Whatever is killed at whatever moment, the same command goes on from there. `ABLATE_KILLS=300` makes more of it than every day's dozen.
@Suite(.serialized) struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["ABLATE_KILLS"].flatMap { Int($0) } ?? 12

    /// Two dozen runs of some milliseconds, and as many that take ten times as long.
    private static let experiment = """
        extends: tiny.yaml
        title: Many short runs to be killed
        training: {batch_size: 1, epochs: 300}
        seeds: 8
        ablate: {wide: {model.mlp.hidden: [8]}, long: {training.epochs: 6000}}

        """

    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        try project.write(Self.experiment, to: "experiments/many.yaml")
    }

    /// What is killed.
    private enum Target: CaseIterable { case scheduler, worker, all, oneOfTwoSchedulers }

    @Test func nothingIsLostRepeatedOrTorn() throws {
        #expect(try project.ablate("run", "many", "-j", "2", "--results", "calm").status == 0)
        var generator = SystemRandomNumberGenerator()
        var (kills, rounds) = (0, 0)
        var killsBy: [Target: Int] = [:]
        while kills < Self.kills {
            var settled: [String: Data] = [:]
            var isDone = false
            while !isDone {
                let target = kills < Self.kills ? Target.allCases.randomElement(using: &generator) : nil
                let workers = ["1", "2"].randomElement(using: &generator) ?? "1"
                // Checkpoints come as fast as they can, so that kills fall into them.
                let running = try (0..<(target == .oneOfTwoSchedulers ? 2 : 1)).map { _ in
                    try project.start("run", "many", "-j", workers, environment: ["ABLATE_CHECKPOINT_SECONDS": "0.005"])
                }
                var hit = false
                if let target {
                    usleep(UInt32.random(in: 0...250_000, using: &generator))
                    hit = strike(target, running[0], with: &generator)
                    if hit {
                        kills += 1
                        killsBy[target, default: 0] += 1
                    }
                }
                let results = try running.map { try $0.result() }
                try checkRecords(&settled)
                for (place, result) in results.enumerated() {
                    switch result.status {
                    case 0: isDone = true
                    case 128 + 9: #expect(hit && place == 0 && target != .worker)
                    case 1:
                        #expect(hit && target == .worker, "\(result.messages)")
                        #expect(result.messages.contains("the worker was ended by signal 9"), "\(result.messages)")
                    default: Issue.record("exit \(result.status): \(result.messages)")
                    }
                }
            }
            rounds += 1
            try checkAgainstCalmRuns()
            try FileManager.default.removeItem(at: project.folder.appendingPathComponent("results"))
        }
        print("\(kills) kills in \(rounds) rounds: \(killsBy.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))")
    }

    /// Kills it, when it is still there.
    private func strike(_ target: Target, _ running: Running, with generator: inout some RandomNumberGenerator) -> Bool {
        guard running.process.isRunning else { return false }
        let scheduler = running.process.processIdentifier
        let workers = running.children
        switch target {
        case .scheduler, .oneOfTwoSchedulers: return kill(scheduler, SIGKILL) == 0
        case .worker:
            guard let worker = workers.randomElement(using: &generator) else { return false }
            return kill(worker, SIGKILL) == 0
        case .all:
            for process in ([scheduler] + workers).shuffled(using: &generator) { kill(process, SIGKILL) }
            return true
        }
    }

    /// Every record can be read, and none that was finished has changed.
    private func checkRecords(_ settled: inout [String: Data]) throws {
        for run in project.runs(of: "many") {
            let path = "results/many/runs/\(run)/record.json"
            guard project.exists(path) else { continue }
            let data = try Data(contentsOf: project.folder.appendingPathComponent(path))
            guard let record = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
                Issue.record("torn: \(path)")
                continue
            }
            if let before = settled[run] { #expect(data == before, "\(path) was finished, and was written again") }
            if record["status"] as? String == "finished" { settled[run] = data }
        }
    }

    private func checkAgainstCalmRuns() throws {
        let runs = project.runs(of: "many", results: "calm")
        #expect(runs.count == 24)
        #expect(project.states(of: "many") == Dictionary(uniqueKeysWithValues: runs.map { ($0, "finished") }))
        for run in runs {
            func both(_ file: String) throws -> [Data] {
                try ["calm", "results"].map {
                    try Data(contentsOf: project.folder.appendingPathComponent("\($0)/many/runs/\(run)/\(file)"))
                }
            }
            for file in ["weights.safetensors", "predictions"] {
                let bytes = try both(file)
                #expect(bytes[0] == bytes[1], "\(run)/\(file)")
            }
            // Without the seconds, which no two runs share.
            let histories = try both("history.csv").map { data in
                String(decoding: data, as: UTF8.self).split(separator: "\n").map { $0.split(separator: ",").dropLast() }
            }
            #expect(histories[0] == histories[1], "\(run)/history.csv")
        }
        #expect(try project.text("results/many/report.md").contains("not finished") == false)
        #expect(try project.ablate("clean").status == 0)
        let left = FileManager.default.enumerator(atPath: project.folder.appendingPathComponent("results").path)
        for case let path as String in try #require(left) {
            #expect(!path.contains(".writing-") && !path.hasSuffix("/claim"), "\(path) was left")
        }
    }
}
