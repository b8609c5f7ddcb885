import Documents
import RunStore
import Settings

/// What a reader must know before trusting the figures: independent findings, put together.
extension Comparison {
    func warningsSection(_ warnings: [String]) -> String? {
        warnings.isEmpty ? nil : "## Warnings\n\n" + warnings.map { "- " + $0 }.joined(separator: "\n")
    }

    var warningSentences: [String] {
        seedWarnings + stoppingWarnings + absenceWarnings + divergenceWarnings + pretrainingWarnings + factorWarnings + lossWarnings
            + scaleWarnings
            + addedLossWarnings + parameterWarnings
            + judgedImageWarnings + overfittingWarnings
            + storeWarningSentences
            + finalists.flatMap { $0.absenceWarnings + $0.divergenceWarnings + $0.pretrainingWarnings }.map { "Finalists: \($0)" }
    }

    private var seedWarnings: [String] {
        switch experiment.seeds.count {
        case 1: ["Only one seed: another may give different figures and another ranking."]
        case 2...4: ["Only \(experiment.seeds.count) seeds: the standard deviation is itself uncertain; 5 or more estimate it better."]
        default: []
        }
    }

    /// Where early stopping looks at the fold that it is to be judged by, the figure is the best of many.
    private var stoppingWarnings: [String] {
        let stopped = results.filter { result in
            let settings = result.variant.trial.settings
            return settings.split.folds != nil && settings.training.earlyStopping?.monitor.hasPrefix("val_") == true
        }
        guard !stopped.isEmpty else { return [] }
        let names = stopped.count == results.count ? "" : " (\(enumeration(stopped.map(\.code), limit: Self.mostNames)))"
        let advice =
            baseline.variant.trial.settings.split.test == nil ? "split.test keeps rows that choose nothing." : "Test rows choose nothing."
        return [
            "The rows of each fold choose the epoch at which its run ends\(names), by early stopping, and then judge it: validation figures are better than "
                + "those of new rows would be. \(advice)"
        ]
    }

    /// So many variants are named in sentences of their own.
    private static let mostSentences = 20

    /// The sentences of the first variants, and how many more there would be.
    func limited(_ sentences: [String], more: String) -> [String] {
        guard sentences.count > Self.mostSentences else { return sentences }
        let count = sentences.count - Self.mostSentences
        return sentences.prefix(Self.mostSentences) + ["\(grouped(count)) more \(count == 1 ? "variant" : "variants") also \(more)."]
    }

    private var absenceWarnings: [String] {
        let sentences = results.compactMap { result -> String? in
            guard !result.absent.isEmpty else { return nil }
            let planned = result.runs.count + result.absent.count
            let states = Dictionary(grouping: result.absent) { $0.state.word }.sorted { $0.key < $1.key }
            let counts = states.map { "\($0.value.count) \($0.key)" }
            let failure = result.absent.compactMap { run, state in
                if case .failed(let message, _) = state { "seed \(run.seed) failed: \(message)" } else { nil }
            }.first
            let detail = failure.map { "; \($0.split(separator: "\n").first.map(String.init) ?? $0)".asMarkdown } ?? ""
            return "\(result.code): \(result.runs.count) of \(planned) runs are finished (\(enumeration(counts)))\(detail)."
        }
        return limited(sentences, more: "lack finished runs")
    }

    private var divergenceWarnings: [String] {
        let sentences = results.compactMap { result -> String? in
            let diverged = result.runs.filter(\.isDiverged)
            let epochs = diverged.map(\.history.rows.count)
            guard let first = epochs.min(), let last = epochs.max() else { return nil }
            let seeds = Set(diverged.map(\.specification.seed)).sorted().map(String.init)
            let place = first == last ? "epoch \(grouped(first))" : "epochs \(grouped(first)) to \(grouped(last))"
            let spoilt = diverged.count(where: \.isSpoilt)
            let rest =
                switch spoilt {
                case diverged.count: "means leave \(spoilt == 1 ? "this run" : "these runs") out"
                case 0: "the weights of an earlier epoch were kept"
                default: "means leave those out that kept no weights of an earlier epoch"
                }
            return "\(result.code) diverged: training was stopped in \(place), where the loss was no longer finite, with "
                + "\(seeds.count == 1 ? "seed" : "seeds") \(enumeration(seeds, limit: 20)); \(rest)."
        }
        return limited(sentences, more: "diverged")
    }

    private var factorWarnings: [String] {
        let mixed = results.dropFirst().compactMap { result -> (name: String, topics: String)? in
            guard result.variant.origin == .ablate else { return nil }
            let topics = changes(of: result).topics
            return topics.count > 1 ? (result.code, enumeration(topics.sorted().map(\.asMarkdown))) : nil
        }
        let texts = Dictionary(grouping: mixed, by: \.topics).sorted { $0.key < $1.key }
            .map { "\(names($0.value.map(\.name), limit: 20)) (\($0.key))" }
        guard !texts.isEmpty else { return [] }
        if hasManyVariants {
            return [
                "Several settings differ from the baseline at once in \(grouped(mixed.count)) variants, such as \(texts[0]), so the difference cannot be attributed to one of them."
            ]
        }
        return [
            "Several settings differ from the baseline at once, so the difference cannot be attributed to one of them: \(texts.joined(separator: "; "))."
        ]
    }

    /// Losses of different formulas are different figures: the variants that minimize another loss function or penalty than the baseline.
    var withOtherLosses: [String] {
        let base = lossFormula(of: baseline)
        // Many points of a sweep have one loss and one network.
        var known: [LossSource: Bool] = [:]
        return results.dropFirst().filter { result in
            let source = LossSource(result.variant.trial.settings)
            let isOther = known[source] ?? (lossFormula(of: result) != base)
            known[source] = isOther
            return isOther
        }.map(\.code)
    }

    private var lossWarnings: [String] {
        let others = withOtherLosses
        guard !others.isEmpty else { return [] }
        let advice = figure.quantity == "loss" ? " Variants are compared by loss here: select a metric that is the same for all." : ""
        return [
            "Another loss function or penalty than the baseline's is minimized in \(names(others, limit: 20)): "
                + "the losses are not comparable.\(advice)"
        ]
    }

    /// What layers add to the loss by example is not known of stored outputs, and every example gets its mean.
    private var addedLossWarnings: [String] {
        guard figure.quantity == "loss" else { return [] }
        let adding = results.filter { result in
            NetworkDescription(result.variant.trial).layers.contains { layer in
                layer.settings.contains { key, value in
                    key.hasSuffix("activity_regularizer") || key.hasSuffix("contractive_regularizer")
                        || key.hasSuffix("kl_weight") && value != "0"
                }
            }
        }
        guard !adding.isEmpty else { return [] }
        return [
            "Layers of \(names(adding.map(\.code), limit: 20)) add to the loss what differs from example to example: intervals of the loss do not "
                + "see how much."
        ]
    }

    /// The name of what is made small, its settings that change its value, and the penalties in it. Labels as integers are the same formula.
    private func lossFormula(of result: VariantResult) -> [String] {
        let settings = try? JSONValue(parsing: result.variant.trial.canonical)
        let loss = settings?["training"]?["loss"]?.flattened.filter { !$0.key.hasSuffix("from_logits") && $0.key != "" } ?? [:]
        let kind = settings?["training"]?["loss"].map { $0.string ?? $0.object?.keys.first ?? "" } ?? ""
        guard result.variant.trial.settings.training.loss.kind.isTold else { return [kind] }
        let values = loss.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.plainText)" }
        let penalties = Set(
            NetworkDescription(result.variant.trial).layers.flatMap { layer in
                layer.settings.filter { $0.key.hasSuffix("regularizer") || $0.key == "kl_weight" }.map { "\($0.key) \($0.value)" }
            })
        return [kind.replacing("sparse_", with: "")] + values + penalties.sorted()
    }

    /// What a loss's formula follows from.
    private struct LossSource: Hashable {
        let loss: LossSettings
        let model: ModelSettings

        init(_ settings: TrialSettings) { (loss, model) = (settings.training.loss, settings.model) }
    }

    /// Other changes of the images that validate and test are another task.
    private var judgedImageWarnings: [String] {
        let names = results.dropFirst().filter {
            $0.variant.trial.settings.training.augmentValidation != baseline.variant.trial.settings.training.augmentValidation
        }.map(\.code)
        guard !names.isEmpty else { return [] }
        return [
            "Judged on images that are changed otherwise than the baseline's, so that differences from it are also those of the task: "
                + "\(enumeration(names, limit: Self.mostNames))."
        ]
    }

    /// A network of another size differs in more than the setting's name. Where other layers are frozen, what is counted is what trains, and that says it already.
    private var parameterWarnings: [String] {
        guard let base = baseline.runs.first?.record.parameters, base > 0 else { return [] }
        let ratios = results.dropFirst().compactMap { result -> (name: String, ratio: Double)? in
            guard let own = result.runs.first?.record.parameters,
                result.variant.trial.settings.training.freeze == baseline.variant.trial.settings.training.freeze
            else { return nil }
            let ratio = Double(own) / Double(base)
            return ratio >= 2 || ratio <= 0.5 ? (result.code, ratio) : nil
        }
        guard let smallest = ratios.map(\.ratio).min(), let largest = ratios.map(\.ratio).max() else { return [] }
        func text(_ ratio: Double) -> String {
            // Two decimals would tell nothing of less than half a hundredth.
            let decimals = ratio < 0.005 && ratio > 0 ? -Digits.exponent(of: ratio) : ratio < 1 ? 2 : ratio < 9.95 ? 1 : 0
            return Digits(decimals: decimals).text(ratio)
        }
        let extremes = smallest == largest ? text(smallest) : "\(text(smallest)) to \(text(largest))"
        let sizes =
            hasManyVariants
            ? " in \(grouped(ratios.count)) variants: \(extremes) times" : ": \(sizes(ratios.map { ($0.name, text($0.ratio)) }))"
        let beyondTenfold = ratios.filter { $0.ratio > 10 || $0.ratio < 0.1 }.map(\.name)
        return ["The number of parameters also differs from the baseline's\(sizes)."]
            + (beyondTenfold.isEmpty
                ? []
                : [
                    "More than ten times the baseline's parameters, or less than a tenth: \(enumeration(beyondTenfold, limit: Self.mostNames)). Size alone may explain the difference."
                ])
    }

    /// Each size with the variants that have it.
    private func sizes(_ ratios: [(name: String, ratio: String)]) -> String {
        var groups: [(ratio: String, names: [String])] = []
        for (name, ratio) in ratios {
            if let place = groups.firstIndex(where: { $0.ratio == ratio }) {
                groups[place].names.append(name)
            } else {
                groups.append((ratio, [name]))
            }
        }
        let texts = groups.prefix(8).map { "\($0.ratio) times (\(enumeration($0.names, limit: 12)))" }
        let more = groups.count > 8 ? ["and \(groups.count - 8) more sizes"] : []
        return (texts + more).joined(separator: ", ")
    }

    private var overfittingWarnings: [String] {
        let overfitted = results.compactMap { result -> String? in
            guard let start = turn(of: result)?.start,
                // Weights from before do not suffer from what came after.
                let kept = result.runs.compactMap(\.record.keptEpoch).max(), kept >= start
            else { return nil }
            return hasVariants ? "\(result.code) (epoch \(start))" : "epoch \(start)"
        }
        let unsettled = [unsettledSentence].compactMap(\.self)
        guard !overfitted.isEmpty else { return unsettled }
        return unsettled + [
            "Weights were kept from after the start of overfitting by the \(monitoredWords): \(names(overfitted, limit: 8))."
        ]
    }

    private var storeWarningSentences: [String] {
        storeWarnings.map { warning in
            switch warning {
            case .damaged(let file), .unusable(let file): "A stored run was left out: \(file.fileAndReason.asMarkdown)."
            case .damagedPlainMethods(let file): "The figures of the plain methods were left out: \(file.fileAndReason)."
            }
        }
    }
}

extension DamagedFile {
    /// The end of the path from the run's folder on: what lies before is another on every machine.
    var fileAndReason: String {
        let start = path.split(separator: "/").suffix(2).joined(separator: "/")
        return description.replacing(path, with: start)
    }
}
