import Experiments
import Settings

extension VariantChanges {
    /// Settings of training that are told whole, in words: with which weights a run begins, which of them stay, how images are changed.
    private static let worded: [(path: String, topic: String, text: @Sendable (TrainingSettings) -> String)] = [
        ("training.continue_from", "start", { $0.continueFrom.map { "starts from \($0.words)" } ?? "starts from random weights" }),
        ("training.freeze", "frozen layers", { $0.freeze.map { "frozen: \($0.words)" } ?? "nothing frozen" }),
        ("training.augment", "augmentation", { $0.augment.map { "augmented (\($0.words))" } ?? "not augmented" }),
        (
            "training.augment_validation", "augmentation of validation",
            { $0.augmentValidation.map { "validation augmented (\($0.words))" } ?? "validation not augmented" }
        ),
    ]

    /// What changes say of training so, once a setting however many of its keys they change, and the changes that are left.
    static func wordedParts(_ changes: [Change], of variant: Variant) -> (parts: [Part], others: [Change]) {
        let training = variant.trial.settings.training
        var others = changes
        var parts: [Part] = []
        for (path, topic, text) in worded {
            let count = others.count
            others.removeAll { $0.path == path || $0.path.hasPrefix(path + ".") }
            if others.count < count { parts.append(Part(topic: topic, text: text(training))) }
        }
        return (parts, others)
    }
}

extension StartSettings {
    /// `mnist-low-digits (all but last)`.
    fileprivate var words: String {
        let whose =
            switch source {
            case .variant(StartSource.usualVariant, let experiment): experiment
            case .variant(let variant, let experiment): "\(variant) of \(experiment)"
            case .run(let run): "run \(run)"
            case .model(let folder): "the model in \(folder)"
            }
        return layers == .all ? whose : "\(whose) (\(layers.words))"
    }
}

extension LayerChoice {
    fileprivate var words: String {
        switch self {
        case .all: "all"
        case .allButLast: "all but last"
        case .named(let names): names.joined(separator: ", ")
        }
    }
}

extension AugmentationSettings {
    /// `shift 3, flip horizontal`.
    fileprivate var words: String {
        String(Self.schema.encode(self, for: .brief).flowText.dropFirst().dropLast()).replacing(": ", with: " ")
    }
}
