import Documents
import Projects
import RunStore

/// A plan for programs. The version of its form grows when a member changes its meaning or goes; members may be added.
extension PlanText {
    private static var version: Int { 1 }

    /// The plan as a JSON object: `version`, `experiment`, `workers`, `to_train` (a count), `seconds` (an estimate),
    /// `disk_bytes` (an estimate for all runs once they are finished), `keep`, `first` (runs of other
    /// experiments that these start from and that are trained before), and `runs` in their order.
    var json: String {
        let missing = Set(prepared.missing.map(\.specification.identity))
        let runs = prepared.runs.map { run -> JSONValue in
            let variant = prepared.variants[run.planned.variant]
            var members: [String: JSONValue] = [
                "run": .string(run.specification.identity.hex), "variant": .string(variant.variant.name),
                "seed": .integer(run.planned.seed),
                "state": .string(run.state.word), "parameters": .integer(variant.trial.parameters),
                "to_train": .bool(missing.contains(run.specification.identity)), "seconds": .number(prepared.seconds(of: variant)),
                "changes": .object(
                    Dictionary(variant.variant.changes.map { ($0.path, .string($0.text)) }, uniquingKeysWith: { first, _ in first })),
            ]
            members["fold"] = run.planned.fold.map(JSONValue.integer)
            members.merge(Self.details(of: run.state)) { own, _ in own }
            return .object(members)
        }
        let plan: [String: JSONValue] = [
            "version": .integer(Self.version), "experiment": .string(prepared.experiment.name), "workers": .integer(workers),
            "to_train": .integer(missing.count), "seconds": .number(secondsLeft),
            "disk_bytes": .number(prepared.diskBytes),
            "keep": .object([
                "weights": .string(prepared.shares.weights.rawValue), "predictions": .string(prepared.shares.predictions.rawValue),
            ]),
            "first": .array(
                prepared.prerequisites.map { needed in
                    .object([
                        "experiment": .string(needed.experiment), "variant": .string(needed.variant),
                        "runs": .array(needed.runs.map(\.hex).sorted().map(JSONValue.string)),
                    ])
                }),
            "runs": .array(runs),
        ]
        return JSONValue.object(plan).prettyText + "\n"
    }

    private static func details(of state: RunState) -> [String: JSONValue] {
        switch state {
        case .new: [:]
        case .finished(let run):
            [
                "in": .string(run.record.experiment), "figures": .object(run.record.figures.mapValues(JSONValue.number)),
                "removed": .array(run.record.removed.sorted().map { .string($0.rawValue) }),
            ]
        case .stale(let changes): ["stale_since": .array(changes.map { .string($0.description) })]
        case .failed(let message, let run): ["error": .string(message), "log": .string(Files.spoken(run.folder.logFile))]
        case .interrupted(let place?): ["epoch": .integer(place.epoch), "epochs": .integer(place.epochs)]
        case .interrupted(nil): [:]
        case .running(let claim):
            [
                "host": claim?.holder.map { .string($0.host) } ?? .null,
                "process": claim?.holder.map { .integer($0.process) } ?? .null,
                "since": claim?.sinceTime.map(JSONValue.string) ?? .null,
                "heard_of": claim.map { .string($0.heardOfTime) } ?? .null,
            ]
        case .damaged(let file), .unusable(let file): ["error": .string(file.description)]
        }
    }
}
