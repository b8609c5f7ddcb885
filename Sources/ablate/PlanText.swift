import Experiments
import Projects
import Reports
import RunStore
import Scheduling
import Settings

/// A plan in words: a line for the whole, a table of variants, what is left to train.
struct PlanText {
    let prepared: PreparedExperiment
    let workers: Int

    init(_ prepared: PreparedExperiment, workers: Int) {
        self.prepared = prepared
        self.workers = workers
    }

    var text: String {
        ([heading] + prerequisites + table.lines + repeats + failures + lost + [rest] + stages + disk).joined(separator: "\n") + "\n"
    }

    private var heading: String {
        let experiment = prepared.experiment
        let shown = Set(prepared.runs.map(\.planned.variant)).count
        let split = experiment.baseline.trial.settings.split
        let folds =
            (split.outerFolds.map { " x \(counted($0, "outer fold"))" } ?? "")
            + (split.foldsOfRepeat.map { " x \(counted($0, "fold"))" } ?? "")
        let repeats = split.repeats > 1 ? " x \(counted(split.repeats, "repeat"))" : ""
        let size =
            "\(counted(shown, "variant")) x \(seeds)\(folds)\(repeats)\(split.refit ? ", and one on all rows a seed" : "") = \(counted(prepared.runs.count, "run"))"
        guard let data = prepared.variants.first?.data, let dataset = prepared.variants.first?.variant.trial.settings.dataset else {
            return "\(experiment.name): \(size)"
        }
        let parts = [(data.trainCount, "train"), (data.validationCount, "validation"), (data.testCount, "test")].filter { $0.0 > 0 }
        let rows = parts.map { "\(Scheduling.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
        return "\(experiment.name): \(size) on \(dataset.spoken) (\(rows))"
    }

    /// For example `4 seeds`, or `4 to 9 seeds` where variants have different ones.
    private var seeds: String {
        let counts = Dictionary(grouping: prepared.runs, by: \.planned.variant).values.map { Set($0.map(\.planned.seed)).count }
        guard let least = counts.min(), let most = counts.max() else { return counted(0, "seed") }
        return least == most ? counted(most, "seed") : "\(least) to \(counted(most, "seed"))"
    }

    private var table: TextTable {
        var table = TextTable([
            ("variant", .left), ("what changes", .left), ("parameters", .right), ("runs", .right), ("state", .left), ("about", .right),
        ])
        let byVariant = Dictionary(grouping: prepared.runs, by: \.planned.variant)
        let missing = Dictionary(grouping: prepared.missing, by: \.planned.variant)
        for (index, fitted) in prepared.variants.enumerated() {
            guard let runs = byVariant[index] else { continue }
            let left = missing[index]?.count ?? 0
            let changes = fitted.variant.toldChanges.joined(separator: ", ")
            table.add([
                fitted.variant.name, changes.isEmpty ? "–" : changes, Scheduling.grouped(fitted.trial.parameters), String(runs.count),
                summary(of: runs.map(\.state)), left == 0 ? "–" : spoken(seconds: Double(left) * prepared.seconds(of: fitted)),
            ])
        }
        return table
    }

    /// How many variants and points are not in the table, because they come to a trial that is.
    private var repeats: [String] {
        let shown = prepared.experiment.variants.filter { !$0.equals.isEmpty }
        guard !shown.isEmpty else { return [] }
        let examples = shown.prefix(3).map { variant in
            variant.equals.count == 1 && variant.equals[0] != variant.name
                ? "\(variant.equals[0]) is \(variant.name)" : "\(variant.equals.count) are \(variant.name)"
        }
        let count = shown.reduce(0) { $0 + $1.equals.count }
        let more = shown.count > examples.count ? ", …" : ""
        return [
            "\(Scheduling.grouped(count)) more \(count == 1 ? "comes" : "come") to a trial that stands here: \(examples.joined(separator: ", "))\(more)"
        ]
    }

    /// What other experiments train first.
    private var prerequisites: [String] {
        prepared.prerequisites.map { needed in
            "first: \(counted(needed.runs.count, "run")) of \(needed.experiment), \(needed.variant), "
                + (needed.judges ? "which judge what these make" : "whose weights these start from")
        }
    }

    private var rest: String {
        guard !prepared.missing.isEmpty else {
            return prepared.running.isEmpty
                ? "nothing to train" : "nothing to train but what other processes train: \(counted(prepared.running.count, "run"))"
        }
        return "to train: \(counted(prepared.missing.count, "run")), about \(spoken(seconds: secondsLeft)) on \(counted(workers, "worker"))"
    }

    /// How much of the disk all of it takes, and what is not kept.
    private var disk: [String] {
        guard !prepared.missing.isEmpty else { return [] }
        let (weights, predictions) = prepared.shares
        let kept = [("weights", weights), ("predictions", predictions)].filter { $0.1 != .all }.map { name, share in
            share == .none ? "no \(name)" : "\(name) of the baseline and of the best variant alone"
        }
        let rest = kept.isEmpty ? "" : "; kept are \(kept.joined(separator: ", "))"
        return ["on disk in the end: about \(spoken(bytes: prepared.diskBytes))\(rest)"]
    }

    /// How files that were removed come back.
    private var lost: [String] {
        for run in prepared.runs {
            guard case .finished(let stored) = run.state, !stored.record.removed.isEmpty else { continue }
            let name = prepared.experiment.name.shellWord
            return ["to have a variant's weights and predictions again: ablate run \(name) --only VARIANT --again"]
        }
        return []
    }

    /// How long what is missing takes on these workers.
    var secondsLeft: Double {
        makespan(of: prepared.missing.map { prepared.seconds(of: prepared.variants[$0.planned.variant]) }, workers: workers)
    }

    /// Where the first failure's log lies.
    private var failures: [String] {
        for run in prepared.runs {
            if case .failed(_, let stored) = run.state { return ["log of \(run.title): \(Files.spoken(stored.folder.logFile))"] }
        }
        return []
    }

    /// `finished`, or `3 finished, 2 new`, with what made runs stale or fail.
    private func summary(of states: [RunState]) -> String {
        var words: [(word: String, states: [RunState])] = []
        for state in states {
            let word = word(for: state)
            if let place = words.firstIndex(where: { $0.word == word }) {
                words[place].states.append(state)
            } else {
                words.append((word, [state]))
            }
        }
        let told = words.map { $0.word + (ClaimText($0.states)?.text ?? "") }
        if words.count == 1, !words[0].word.hasPrefix("failed") { return told[0] }
        return zip(words, told).map { "\($0.states.count) \($1)" }.joined(separator: ", ")
    }

    private func word(for state: RunState) -> String {
        switch state {
        case .new, .damaged, .unusable: return state.word
        case .finished(let run):
            let home = run.record.experiment
            let place = home == prepared.experiment.name ? "" : " in \(Self.clipped(home))"
            let lack = run.record.removed.isEmpty ? "" : " without \(run.record.removed.spoken)"
            return "finished\(place)\(lack)"
        case .failed(let message, _): return "failed: \(Self.clipped(Self.cause(of: message)))"
        case .interrupted(let place): return place.map { "interrupted at epoch \($0)" } ?? "interrupted"
        case .running(let claim): return claim?.isElsewhere == true ? "running on \(claim?.holder?.host ?? "another machine")" : "running"
        case .stale(let changes):
            guard let first = changes.first else { return "stale" }
            return "stale: \(Self.clipped(first.description))\(changes.count > 1 ? " and \(changes.count - 1) more" : "")"
        }
    }

    /// What went wrong, without the path it went wrong at: that differs from run to run.
    private static func cause(of message: String) -> String {
        let line = String(message.prefix { $0 != "\n" })
        guard let colon = line.firstRange(of: ": "), line[..<colon.lowerBound].contains("/") else { return line }
        let rest = String(line[colon.upperBound...])
        guard rest.hasPrefix("cannot "), let second = rest.firstRange(of: ": ") else { return rest }
        return String(rest[second.upperBound...])
    }

    private static func clipped(_ text: String) -> String {
        let line = text.prefix { $0 != "\n" }
        return line.count > 60 ? line.prefix(59) + "…" : String(line)
    }
}
