import Documents
import FoundationEssentials
import RunStore

/// What a record tells of its run, by name: facts such as `variant`, `seconds` and `host`, final figures such as `val_accuracy`, and settings by
/// their paths, in which the word of a choice may be left out: `training.optimizer.learning_rate`.
public struct RunFacts: Sendable {
    /// A fact that every record may have.
    public struct Fact: Sendable {
        /// What it is called.
        public let name: String
        /// What it says, for the help.
        public let meaning: String
        let value: @Sendable (StoredRun) -> Condition.Value
    }

    /// All facts, in the order in which people read them.
    public static let all: [Fact] = [
        Fact(name: "run", meaning: "its identity") { .text($0.record.identity.hex) },
        Fact(name: "experiment", meaning: "the experiment that trained it") { .text($0.record.experiment) },
        Fact(name: "variant", meaning: "its variant there") { .text($0.record.variant) },
        Fact(name: "seed", meaning: "its seed") { .number(Double($0.record.seed)) },
        Fact(name: "fold", meaning: "the fold that validates") { $0.record.fold.map { .number(Double($0)) } ?? .none },
        Fact(name: "outer_fold", meaning: "the fold that tests, where folds do by turns") {
            $0.record.outerFold.map { .number(Double($0)) } ?? .none
        },
        Fact(name: "repeat", meaning: "the repeat that the fold is of; folds count over all repeats") {
            $0.record.repetition.map { .number(Double($0)) } ?? .none
        },
        Fact(name: "state", meaning: "finished, diverged, failed, interrupted, running or damaged") { .text($0.state) },
        Fact(name: "parameters", meaning: "trained numbers") { $0.record.parameters.map { .number(Double($0)) } ?? .none },
        Fact(name: "kept_epoch", meaning: "the epoch whose weights are kept") { $0.record.keptEpoch.map { .number(Double($0)) } ?? .none },
        Fact(name: "stopped", meaning: "why it ended before its last epoch") { $0.record.stopped.map { .text($0) } ?? .none },
        Fact(name: "seconds", meaning: "the whole run") { $0.record.timings.map { .number($0.total) } ?? .none },
        Fact(name: "train_seconds", meaning: "training alone") { $0.record.timings.map { .number($0.train) } ?? .none },
        Fact(name: "peak_memory", meaning: "its worker's, in bytes") { $0.record.timings.map { .number(Double($0.peakMemory)) } ?? .none },
        Fact(name: "created", meaning: "when it began, such as 2026-01-31T12:00:00.000Z") { .text($0.record.createdTime) },
        Fact(name: "ended", meaning: "when it ended") { $0.record.endedTime.map { .text($0) } ?? .none },
        Fact(name: "host", meaning: "the machine") { .text($0.record.provenance.host) },
        Fact(name: "processor", meaning: "its processor") { .text($0.record.provenance.processor) },
        Fact(name: "instructions", meaning: "the instruction set") {
            $0.record.provenance.versions["instructions"].map { .text($0) } ?? .none
        },
        Fact(name: "commit", meaning: "the project's commit") { $0.record.provenance.commit.map { .text($0) } ?? .none },
        Fact(name: "clean", meaning: "whether the project's files were as committed") {
            $0.record.provenance.isClean.map { .boolean($0) } ?? .none
        },
        Fact(name: "removed", meaning: "weights or predictions that were not kept") {
            $0.record.removed.isEmpty ? .none : .text($0.record.removed.spoken)
        },
        Fact(name: "running_on", meaning: "the machine that trains it now") { $0.liveClaim?.holder.map { .text($0.host) } ?? .none },
        Fact(name: "running_since", meaning: "since when") { $0.liveClaim?.sinceTime.map { .text($0) } ?? .none },
        Fact(name: "last_heard", meaning: "how many seconds ago its process was last heard of") {
            $0.liveClaim.map { .number($0.secondsSinceHeardOf.rounded()) } ?? .none
        },
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Where a name leads to, found once for all runs.
    enum Source: Sendable {
        case fact(Fact)
        case figure(String)
        case setting(SettingPath)
    }

    private let sources: [String: Source]

    /// Finds what `names` lead to in these runs: a fact, a figure or a setting of one of them at least; else a setting by the end of its path, such as
    /// `batch_size`, where only one ends so.
    ///
    /// - Throws: ``UnknownName`` for the first name that leads nowhere, or to several settings.
    public init(_ names: [String], in runs: [StoredRun]) throws(UnknownName) {
        var sources: [String: Source] = [:]
        for name in names where sources[name] == nil { sources[name] = try Self.source(of: name, in: runs) }
        self.sources = sources
    }

    private static func source(of name: String, in runs: [StoredRun]) throws(UnknownName) -> Source {
        if let fact = byName[name] { return .fact(fact) }
        if runs.contains(where: { $0.record.figures[name] != nil }) { return .figure(name) }
        let path = SettingPath(name)
        if let path, runs.contains(where: { path.value(in: $0.record.settings) != nil }) { return .setting(path) }
        // Runs of one experiment have few different sets of paths.
        let paths = Set(runs.lazy.map(\.record.settings).uniqueShapes.flatMap { $0.flattened.keys })
        let endings = paths.filter { $0.hasSuffix("." + name) }
        let ending = (endings.isEmpty ? Self.choices(above: paths, in: runs).filter { $0.hasSuffix("." + name) } : endings).sorted()
        if let one = commonPath(of: ending), let found = SettingPath(one) { return .setting(found) }
        let known = Self.all.map(\.name) + Set(runs.flatMap(\.record.figures.keys)).sorted()
        throw UnknownName(name: name, meant: ending, known: known, paths: paths.sorted())
    }

    /// The paths of choices, such as `training.optimizer`: below each stands the one word that was chosen, with what belongs to it.
    private static func choices(above paths: Set<String>, in runs: [StoredRun]) -> Set<String> {
        let above = Set(paths.flatMap { path in path.indices.filter { path[$0] == "." }.map { String(path[..<$0]) } })
        return above.filter { path in
            guard let path = SettingPath(path) else { return false }
            return runs.contains { run in
                if case .object(let members)? = path.value(in: run.record.settings) { members.count == 1 } else { false }
            }
        }
    }

    /// The only path, or the one that they all are without the word of a choice: `training.optimizer.learning_rate`.
    private static func commonPath(of paths: [String]) -> String? {
        guard let first = paths.first else { return nil }
        if paths.count == 1 { return first }
        func shortened(_ path: String) -> Set<String> {
            let parts = path.split(separator: ".")
            return Set(
                parts.indices.dropFirst().dropLast().filter { !parts[$0].contains("[") }.map { left in
                    parts.indices.filter { $0 != left }.map { parts[$0] }.joined(separator: ".")
                })
        }
        let common = paths.dropFirst().reduce(shortened(first)) { $0.intersection(shortened($1)) }
        return common.count == 1 ? common.first : nil
    }

    /// The value that a run has behind a name, `none` where it has none; nil for a name that was not asked for at the beginning.
    public func value(_ name: String, of run: StoredRun) -> Condition.Value? {
        switch sources[name] {
        case .fact(let fact)?: fact.value(run)
        case .figure(let figure)?: run.record.figures[figure].map { .number($0) } ?? Condition.Value.none
        case .setting(let path)?: path.value(in: run.record.settings).map(\.conditionValue) ?? Condition.Value.none
        case nil: nil
        }
    }
}

extension StoredRun {
    /// Who trains the run now; a run with an end is not asked.
    fileprivate var liveClaim: Claim? { record.status == .running ? claim : nil }
}

extension Claim {
    /// How long ago it was last renewed, at least none: the clock of the disk may go ahead of this machine's.
    public var secondsSinceHeardOf: Double { max(0, Date().timeIntervalSince(heardOf)) }
}

/// A name that leads nowhere, or to several settings.
public struct UnknownName: Error, Sendable {
    /// The name.
    public let name: String
    /// The settings whose paths end so.
    public let meant: [String]
    let known: [String]
    let paths: [String]

    /// What is wrong.
    public var message: String {
        meant.isEmpty ? "no run has anything called \"\(name.shortened)\"" : "\"\(name)\" may be several settings"
    }

    /// What to do.
    public var help: String {
        if !meant.isEmpty { return meant.prefix(6).joined(separator: ", ") + (meant.count > 6 ? ", …" : "") }
        if let near = Suggestion.nearest(to: name, among: known + paths) { return "did you mean \"\(near)\"?" }
        return "known: \(known.joined(separator: ", ")), and settings by their paths, such as training.batch_size"
    }
}

extension Sequence<JSONValue> {
    /// Trees of different paths; of those with equal paths the first.
    fileprivate var uniqueShapes: [JSONValue] {
        var seen: Set<[String]> = []
        var last: [String]?
        return filter { tree in
            let paths = tree.flattened.keys.sorted()
            if paths == last { return false }
            last = paths
            return seen.insert(paths).inserted
        }
    }
}
