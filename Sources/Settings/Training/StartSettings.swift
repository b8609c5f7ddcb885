import Documents

/// The finished run, or the exported model, whose weights a run begins with, instead of drawn ones. Weights alone: the optimizer begins anew, and epochs count from 1.
public struct StartSettings: Hashable, Sendable {
    /// Whose weights they are.
    public var source: StartSource
    /// The layers that get them; the others' weights are drawn.
    public var layers: LayerChoice

    /// All weights of a run, or those of some layers.
    public init(_ source: StartSource, layers: LayerChoice = .all) {
        self.source = source
        self.layers = layers
    }
}

extension StartSettings {
    /// Which weights are taken, by name: those of a run with the weights `there`, for a network with the weights `here`.
    public func weights(of there: [String], for here: [String], in model: ModelSettings) -> Set<String> {
        func layer(_ weight: String) -> Substring { weight.prefix { $0 != "/" } }
        switch layers {
        case .all: return Set(there).union(here)
        // The last one there is taken off, whatever stands here.
        case .allButLast: return Set(there.filter { layer($0) != ModelSettings.outputName })
        case .named:
            let names = model.layerNames
            let chosen = Set(model.places(of: layers).places.map { names[$0] })
            return Set((there + here).filter { chosen.contains(String(layer($0))) })
        }
    }
}

/// Where the weights lie that a run begins with.
public enum StartSource: Hashable, Sendable {
    /// The run of an experiment's variant with the same seed and fold.
    case variant(String, experiment: String)
    /// One run for all seeds and folds, by its identity.
    case run(String)
    /// The folder of an exported model, seen from the project's: its run with the same seed and fold, or its only one.
    case model(String)

    /// The variant that is meant where none is named.
    public static let usualVariant = "baseline"
}

// MARK: - In the file

extension StartSettings {
    private static let experiment = Field<StartSettings, String?>(
        optional: "experiment", { if case .variant(_, let experiment) = $0.source { experiment } else { nil } }, .text("experiment"),
        doc:
            "The experiment, by the name of its file; its run with the same seed and fold is taken, and trained first where it is not finished."
    )
    private static let variant = Field<StartSettings, String?>(
        optional: "variant",
        { if case .variant(let variant, _) = $0.source, variant != StartSource.usualVariant { variant } else { nil } },
        .text("variant"), doc: "The experiment's variant; the baseline without it.")
    private static let run = Field<StartSettings, String?>(
        optional: "run", { if case .run(let run) = $0.source { run } else { nil } }, .text("run identity"),
        doc: "One run for all seeds and folds, by its identity or the beginning of it.")

    package static let schema = Record<StartSettings>(
        "continue_from", exclusive: ["experiment", "run", "model"],
        experiment, variant, run,
        Field(
            optional: "model", { if case .model(let folder) = $0.source { folder } else { nil } }, .text("folder"),
            misnomers: ["folder", "export"],
            doc:
                "The folder of a model that ablate export wrote, seen from the project's: its run with the same seed and fold, or its only one."
        ),
        Field(
            optional: "layers", { $0.layers == .all ? nil : $0.layers }, LayerChoice.schema,
            doc:
                "The layers that take their weights from there, all unless written: all-but-last, or a list of names; the others' are drawn. A layer of "
                + "the same place and shapes must stand there."),
        build: { experiment, variant, run, model, layers in
            let source: StartSource? =
                if let run { .run(run) } else if let model {
                    .model(model)
                } else {
                    experiment.map { .variant(variant ?? StartSource.usualVariant, experiment: $0) }
                }
            return source.map { StartSettings($0, layers: layers ?? .all) }
        }
    ).schema
}

extension StartSettings {
    /// A run that is asked for its answers.
    package static let judgeSchema = Record<StartSettings>(
        "judge", exclusive: ["experiment", "run"],
        experiment, variant, run,
        build: { experiment, variant, run in
            let source = run.map { StartSource.run($0) } ?? experiment.map { .variant(variant ?? StartSource.usualVariant, experiment: $0) }
            return source.map { StartSettings($0) }
        }
    ).schema
}

extension TrainingSettings {
    /// The run that must be there before one of these can be trained: whose weights it begins with, or that judges it.
    public var neededRun: StartSettings? { continueFrom ?? judge }
}
