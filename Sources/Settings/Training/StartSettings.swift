import Documents

/// The finished run, or the exported model, whose weights a run begins with, instead of drawn ones. Weights alone: the optimizer begins anew, and epochs count from 1.
public enum StartSettings: Hashable, Sendable {
    /// The run of an experiment's variant with the same seed and fold.
    case variant(String, experiment: String)
    /// One run for all seeds and folds, by its identity.
    case run(String)
    /// The folder of an exported model, seen from the project's: its run with the same seed and fold, or its only one.
    case model(String)

    /// The variant that is meant where none is named.
    static let usualVariant = "baseline"
}

// MARK: - In the file

extension StartSettings {
    package static let schema = Record<StartSettings>(
        "continue_from", exclusive: ["experiment", "run", "model"],
        Field(
            optional: "experiment", { if case .variant(_, let experiment) = $0 { experiment } else { nil } }, .text("experiment"),
            doc: "The experiment, by the name of its file; its run with the same seed and fold is taken."),
        Field(
            optional: "variant",
            { if case .variant(let variant, _) = $0, variant != usualVariant { variant } else { nil } }, .text("variant"),
            doc: "The experiment's variant; the baseline without it."),
        Field(
            optional: "run", { if case .run(let run) = $0 { run } else { nil } }, .text("run identity"),
            doc: "One run for all seeds and folds, by its identity or the beginning of it."),
        Field(
            optional: "model", { if case .model(let folder) = $0 { folder } else { nil } }, .text("folder"),
            misnomers: ["folder", "export"],
            doc:
                "The folder of a model that ablate export wrote, seen from the project's: its run with the same seed and fold, or its only one."
        ),
        build: { experiment, variant, run, model in
            if let run {
                .run(run)
            } else if let model {
                .model(model)
            } else {
                experiment.map { .variant(variant ?? usualVariant, experiment: $0) }
            }
        }
    ).schema
}
