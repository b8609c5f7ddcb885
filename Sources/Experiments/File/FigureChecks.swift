import Documents
import Settings

extension ExperimentReader {
    /// Reports figures that training watches and the trial does not have.
    mutating func checkFigures(of variant: Variant) {
        let training = variant.trial.settings.training
        check(training.earlyStopping?.monitor, at: "training.early_stopping.monitor", of: variant)
        check(training.reduceOnPlateau?.monitor, at: "training.reduce_on_plateau.monitor", of: variant)
        checkPlateau(of: variant)
    }

    /// A schedule sets the learning rate at every step, so that nothing would be left of what a plateau lowered.
    private mutating func checkPlateau(of variant: Variant) {
        let training = variant.trial.settings.training
        guard training.reduceOnPlateau != nil, training.optimizer.learningRate.isSchedule,
            let place = variant.locate("training.reduce_on_plateau")
        else { return }
        decoding.report(
            "reduce_on_plateau cannot lower a learning rate that follows a schedule", at: place,
            help: "make learning_rate a number, or leave reduce_on_plateau out")
    }

    private mutating func check(_ monitor: String?, at path: String, of variant: Variant) {
        guard let monitor else { return }
        let figures = Figures(of: variant.trial.settings)
        let known = figures.watchable
        guard !known.contains(monitor), let place = variant.locate(path) else { return }
        if monitor.hasPrefix(Figures.gradientNormPrefix) {
            decoding.report("training cannot watch the size of a gradient", at: place, help: Self.gradientHelp)
            return
        }
        guard !figures.atTheEnd.contains(monitor) else {
            decoding.report("\(monitor) comes once, at the end, and cannot be watched", at: place, help: Self.help(known))
            return
        }
        guard !reportIndifferent(monitor, of: figures, at: place, known: known) else { return }
        let isValidation = monitor.hasPrefix("val_") && !variant.trial.settings.hasValidation
        decoding.unknown(
            "figure", monitor, known: known, at: place, help: isValidation ? "there are no validation rows: add split.validation" : nil)
    }

    /// Reports a figure that has no better way, or that a judge would give; false where it is neither.
    private mutating func reportIndifferent(_ figure: String, of figures: Figures, at place: Place, known: [String]) -> Bool {
        if (figures.all + figures.gaps).contains(figure), !Figures.tellsGoodFromBad(figure) {
            decoding.report("\(figure) does not tell good from bad, so it chooses nothing", at: place, help: Self.help(known))
            return true
        }
        if OwnFigure.ofJudges.contains(where: { $0.name == figure }) {
            decoding.report("\(figure) is what a judge finds, and there is none", at: place, help: "write training.judge: {experiment: …}")
            return true
        }
        return false
    }

    private static func help(_ known: [String]) -> String { "known figures: " + known.joined(separator: ", ") }

    private static let gradientHelp = "it may stand under reference; write a figure such as val_loss here"

    /// Reports a figure that curves are to be judged by and no variant has. One that another file asks for is not missed here, where there may be
    /// no validation rows at all.
    mutating func checkMonitor(of curves: CurveSettings?, among variants: [Variant], in tree: Node) {
        guard let curves, let written = tree["curves"]?["monitor"], written.place.source.name == file else { return }
        let known = Set(variants.flatMap { Figures(of: $0.trial.settings).everyEpoch }).filter { $0.hasPrefix("val_") }
        guard !known.contains(curves.monitor) else { return }
        let help =
            known.isEmpty
            ? "there are no validation rows: add split.validation"
            : "overfitting shows on validation, in "
                + known.sorted().joined(separator: ", ")
        decoding.report("no validation figure of every epoch is called \"\(curves.monitor)\"", at: written.place, help: help)
    }

    /// What chooses a winner: as written, or validation accuracy, or validation loss; without validation rows the test figure.
    mutating func selection(_ written: SelectHeader?, in tree: Node, baseline: Variant, isSweep: Bool) -> Selection? {
        let settings = baseline.trial.settings
        let figures = Figures(of: settings)
        let hasValidation = settings.hasValidation
        if isSweep && !hasValidation {
            decoding.report(
                "a sweep needs validation rows to choose by", at: tree.entries?.first { $0.key == "sweep" }?.keyPlace ?? tree.place,
                help: "add split.validation; test figures never choose a winner")
            return nil
        }
        let allowed = figures.choosing.filter { !hasValidation || !$0.hasPrefix("test_") }
        guard let written else {
            if settings.training.loss.kind.demands.isAdversarial {
                let figure = settings.training.judge == nil ? "loss" : OwnFigure.classScore
                return Selection(metric: figure, goal: Goal(of: figure))
            }
            let metric = settings.training.metrics.first(where: \.isShareOfHits)?.figure ?? "loss"
            let figure = (hasValidation ? "val_" : "test_") + metric
            return Selection(metric: figure, goal: Goal(of: figure))
        }
        guard allowed.contains(written.metric) else {
            let place = tree.deepest(along: SettingPath([.key("select"), .key("metric")]), as: .any).node.place
            let isTest = hasValidation && written.metric.hasPrefix("test_") && figures.atTheEnd.contains(written.metric)
            if isTest {
                let figure = written.metric.replacing("test_", with: "val_")
                decoding.report("test figures never choose a winner", at: place, help: "write \(figure)")
            } else if written.metric.hasPrefix(Figures.gradientNormPrefix) {
                decoding.report("the size of a gradient never chooses a winner", at: place, help: Self.gradientHelp)
            } else if !reportIndifferent(written.metric, of: figures, at: place, known: allowed) {
                decoding.unknown("figure", written.metric, known: allowed, at: place)
            }
            return nil
        }
        return Selection(metric: written.metric, goal: written.goal ?? Goal(of: written.metric), margin: written.margin)
    }

    /// The printed figures; names of variants that were dropped for an equal one stand for that one.
    mutating func references(_ written: [Keyed<[Keyed<Node>]>], among variants: [Variant], asked: [AskedRow]) -> [Reference] {
        guard !written.isEmpty else { return [] }
        let names = Dictionary(
            variants.flatMap { variant in ([variant.name] + variant.aliases).map { ($0, variant) } },
            uniquingKeysWith: { first, _ in first })
        return written.flatMap { entry -> [Reference] in
            guard let variant = names[entry.key] else {
                // A variant that could not be read has its own error.
                if decoding.findings.errorCount == 0, let place = entry.place {
                    let known = variants.flatMap { [$0.name] + $0.aliases }
                    decoding.unknown("variant", entry.key, known: known, at: place)
                }
                return []
            }
            return entry.value.flatMap { figure in
                if figure.key.hasPrefix(AskedRow.figurePrefix) { return answer(figure, of: variant, asked: asked) }
                return figure.key == Reference.confusion ? confusion(figure, of: variant) : references(figure, to: variant)
            }
        }
    }

    /// What the notes print as the answer for a row.
    private mutating func answer(_ figure: Keyed<Node>, of variant: Variant, asked: [AskedRow]) -> [Reference] {
        guard asked.contains(where: { $0.figure == figure.key }) else {
            decoding.unknown("figure", figure.key, known: asked.map(\.figure), at: figure.place ?? figure.value.place)
            return []
        }
        guard let value = number(figure.value, named: figure.key) else { return [] }
        return [Reference(variant: variant.name, figure: figure.key, value: value)]
    }

    /// A printed confusion matrix: a list for each true class, of the examples that were taken for each class.
    private mutating func confusion(_ figure: Keyed<Node>, of variant: Variant) -> [Reference] {
        let place = figure.place ?? figure.value.place
        if case .numeric = variant.trial.settings.target.encoding {
            decoding.report("confusion needs classes, the target \"\(variant.trial.settings.target.column)\" is numeric", at: place)
            return []
        }
        let rows = figure.value.items?.compactMap(\.items) ?? []
        guard rows.count >= 2, rows.count == figure.value.items?.count, rows.allSatisfy({ $0.count == rows.count }) else {
            decoding.report(
                "confusion must be a list for each class, as long as there are classes", at: figure.value.place,
                help: "such as [[90, 10], [20, 80]], the true classes one below the other")
            return []
        }
        return rows.enumerated().flatMap { label, counts in
            counts.enumerated().compactMap { predicted, count in
                decoding.inside("confusion[\(label)][\(predicted)]") {
                    Schema<Int>.integer(.atLeast(0, upTo: 1_000_000_000)).decode(count, &$0)
                }
                .map {
                    Reference(variant: variant.name, figure: Reference.confusion(label: label, predicted: predicted), value: Double($0))
                }
            }
        }
    }

    private mutating func references(_ figure: Keyed<Node>, to variant: Variant) -> [Reference] {
        let place = figure.place ?? figure.value.place
        let parts = figure.key.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        let figures = Figures(of: variant.trial.settings)
        guard figures.comparable.contains(name) else {
            let isGradient = name.hasPrefix(Figures.gradientNormPrefix) && figures.gradientNorms.isEmpty
            decoding.unknown(
                "figure", name, known: figures.comparable, at: place.part(offset: 0, length: name.unicodeScalars.count),
                help: isGradient ? "write training.gradient_norms: true" : nil)
            return []
        }
        let ofEpochs = figures.comparableByEpoch
        let epochs = variant.trial.settings.training.epochs
        let value = figure.value
        if let items = value.items {
            guard parts.count == 1, items.count <= epochs, ofEpochs.contains(name) else {
                decoding.report(
                    "\(figure.key) cannot be a list of \(items.count)", at: value.place,
                    help: "a list gives the figures of epochs 1, 2, … and \(variant.name) has \(epochs)")
                return []
            }
            return items.enumerated().compactMap { index, item in
                number(item, named: "\(name)[\(index)]").map { Reference(variant: variant.name, figure: name, epoch: index + 1, value: $0) }
            }
        }
        var epoch: Int?
        if parts.count == 2 {
            guard let number = Int(parts[1]), (1...epochs).contains(number), ofEpochs.contains(name) else {
                let help =
                    ofEpochs.contains(name) ? "\(variant.name) has epochs 1 to \(epochs)" : "\(name) comes once, at the end"
                decoding.report("there is no \(figure.key)", at: place, help: help)
                return []
            }
            epoch = number
        }
        guard let number = number(value, named: figure.key) else { return [] }
        return [Reference(variant: variant.name, figure: name, epoch: epoch, value: number)]
    }

    private mutating func number(_ node: Node, named name: String) -> Double? {
        decoding.inside(name) { Schema<Double>.number().decode(node, &$0) }
    }
}
