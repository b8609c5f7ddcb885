import Projects
import RunStore
import Scheduling

/// One run in words: the facts of its record, then its history.
struct RunText {
    private let run: StoredRun

    init(_ run: StoredRun) {
        self.run = run
    }

    var text: String {
        (facts + figures + history).joined(separator: "\n") + "\n"
    }

    private var facts: [String] {
        let record = run.record
        var table = TextTable([("run", .left), (record.identity.hex, .left)])
        table.add(["experiment", record.experiment])
        table.add(["variant", record.variant])
        table.add(["seed", String(record.seed)])
        if let fold = record.foldWords { table.add(["fold", fold]) }
        var state = run.state
        if state == "running", let claim = run.claim {
            state += (claim.holder.map { " on \($0.host)" } ?? "") + (ClaimText(claims: [claim])?.text ?? "")
        }
        if case .failed(let message) = record.status { state += ": \(message)" }
        let damage = record.status == .finished ? run.damage(checking: .contents) : nil
        if let damage {
            state = "damaged: \(Files.spoken(damage.description)); it is trained again by: ablate run"
        } else if run.isDiverged {
            state += ": the loss was not finite, so training ended before its last epoch"
        } else if let stopped = record.stopped {
            state += " (\(stopped))"
        }
        if damage == nil, let (layer, trouble) = record.pretrainingTrouble {
            state += "; \(layer), trained by itself before, "
            switch trouble {
            case .diverged(let pass): state += "had diverged from pass \(grouped(pass)) on"
            case .worsened(let first, let last):
                state += "had an error of \(spoken(figure: first)) after the first pass and of \(spoken(figure: last)) after the last"
            }
        }
        if !record.removed.isEmpty { state += ", its \(record.removed.spoken) removed (keep)" }
        table.add(["state", state])
        if let parameters = record.parameters { table.add(["parameters", grouped(parameters)]) }
        if let timings = record.timings {
            table.add(["time", "\(spoken(seconds: timings.total)), \(spoken(seconds: timings.train)) of it training"])
            table.add(["peak memory", "\(grouped(timings.peakMemory / 1_000_000)) MB"])
        }
        table.add(["began", record.createdTime])
        if let ended = record.endedTime { table.add(["ended", ended]) }
        table.add(["made by", "\(record.provenance.host), \(record.provenance.processor)"])
        table.add([
            "versions",
            (record.provenance.versions.map { "\($0) \($1)" }.sorted() + ["results \(record.resultsVersion)"]).joined(separator: ", "),
        ])
        table.add(["commit", commit])
        let changes = record.provenance.changes.map { "-S \($0.shellWord)" }
        if !changes.isEmpty { table.add(["asked with", changes.joined(separator: " ")]) }
        if let random { table.add(["random numbers", random]) }
        table.add(["data", "\(record.digests.content), encoded \(record.digests.encoding.prefix(16))"])
        table.add(["folder", Files.spoken(run.folder.path)])
        if record.status == .finished, record.files.values.contains(where: { $0.digest == nil }) {
            table.add(["digests", "none, the record is of version 1: damage that leaves a file's length alone is not noticed"])
        }
        return table.lines
    }

    private var commit: String {
        guard let commit = run.record.provenance.commit else { return "unknown, the project is not under git" }
        switch run.record.provenance.isClean {
        case true?: return commit + ", without uncommitted changes"
        case false?: return commit + ", with uncommitted changes"
        case nil: return commit + "; whether there were uncommitted changes is unknown"
        }
    }

    private var random: String? {
        run.record.provenance.random.map { random in
            let streams = random.streams.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { "\($0.key) \($0.value)" }
            return "\(random.generator), seed \(run.record.seed), streams \(streams.joined(separator: ", "))"
        }
    }

    private var figures: [String] {
        guard !run.record.figures.isEmpty else { return [] }
        var table = TextTable([("figure", .left), ("value", .right)])
        for (name, value) in run.record.figures.sorted(by: { $0.key < $1.key }) { table.add([name, spoken(figure: value)]) }
        return [""] + table.lines
    }

    private var history: [String] {
        guard let history = try? run.history() else { return [] }
        var table = TextTable(history.columns.map { ($0, .right) })
        let shown = history.rows.count > Self.mostEpochs ? Self.mostEpochs / 2 : history.rows.count
        let rows = history.rows.prefix(shown) + (shown < history.rows.count ? history.rows.suffix(shown) : [])
        for row in rows {
            table.add(zip(history.columns, row).map { $0 == "epoch" ? String(Int(exactly: $1) ?? 0) : spoken(figure: $1) })
        }
        var lines = table.lines
        if rows.count < history.rows.count {
            let left = history.rows.count - rows.count
            lines.insert("… \(counted(left, "epoch")) left out; all are in \(Files.spoken(run.folder.historyFile))", at: 1 + shown)
        }
        return [""] + lines
    }

    /// Of longer histories the first and the last epochs are shown.
    private static let mostEpochs = 1000
}
