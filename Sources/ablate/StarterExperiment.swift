import Datasets
import Documents
import Scheduling
import Settings

/// A first experiment for a table, as the text of its file: every guess stands in it, to be looked at and changed.
struct StarterExperiment {
    /// How the file names the data set, such as `{csv: data/my.csv}`.
    let dataset: PlainValue
    let profile: DatasetProfile
    let suggestion: EncodingSuggestion

    /// Tables with more columns are written with "*".
    private static let mostColumns = 40

    var text: String {
        let target = suggestion.target.column
        if suggestion.target.encoding == .next { return runningText }
        return """
            # A first experiment, made by ablate init from \(size). Look at what it \
            guessed, then run it.
            title: \(flow("How well does a small network predict \(target)?"))

            dataset: \(dataset.flowText)
            inputs:
            \(inputs)
            target:
              \(flow(target)): \(self.target)
            split:                                            # the same rows for every variant and seed
              \(test)
              validation: {shuffle: true, seed: 2, fraction: 0.2\(stratify)}

            model:
            \(model)
            training:
              loss: \(loss)
              optimizer: adam
              batch_size: \(batchSize)
              epochs: \(epochs)
              early_stopping: {patience: \(max(epochs / 20, 5)), restore_best_weights: true}    # ends where val_loss no longer falls
              metrics: [\(metrics)]
            seeds: 5                                          # five runs of each variant: chance shows in their spread
            baselines: [\(baselines)]    # methods without a network, on the same rows
            \(selection)
            ablate:
            \(variants)

            """
    }

    private var model: String {
        image.map { convolutions(on: $0) } ?? "  mlp: {hidden: [32, 32], activation: relu, output: \(output)}"
    }

    private var variants: String {
        guard let image else {
            return """
                  narrow: {model.mlp.hidden: [4]}
                  no-hidden-layer: {model.mlp.hidden: []}
                """
        }
        return """
              shifted: {training.augment.shift: \(max(min(image.height, image.width) / 10, 1))}    # a little elsewhere in every epoch
              no-convolution: {model: {mlp: {hidden: [32], activation: relu, output: \(output)}}}
            """
    }

    // MARK: - Parts

    private var inputs: String {
        let columns = suggestion.inputs.columns
        var lines: [String] = []
        if image != nil {
            lines.append("  \"*\": \(keys(of: columns[0]))")
        } else if columns.count > Self.mostColumns,
            columns.allSatisfy({ $0.encoding == columns[0].encoding && $0.missing == columns[0].missing })
        {
            lines.append("  \"*\": \(keys(of: columns[0]))    # every column that is not named")
        } else if columns.count > Self.mostColumns, !columns.contains(where: \.isText) {
            let isFilled = columns.allSatisfy { $0.missing == .error }
            for column in columns where column.encoding.name == "date" { lines.append("  \(flow(column.column)): \(keys(of: column))") }
            lines.append(
                "  \"*\": {encode: auto, scale: standard\(isFilled ? "" : ", missing: most_frequent")}    # numbers as they are, others one-hot"
            )
        } else {
            // A column that has the name of a key can only be meant by all that are not named.
            for column in columns {
                lines.append("  \(column.column == "drop" ? "\"*\"" : flow(column.column)): \(keys(of: column))")
            }
        }
        if !suggestion.dropped.isEmpty {
            lines += reasons
            lines.append("  drop: \(PlainValue.list(suggestion.dropped.map { .text($0.column) }).flowText)")
        }
        return lines.joined(separator: "\n")
    }

    /// Why columns are left out, one line for each reason.
    private var reasons: [String] {
        var reasons: [String] = []
        for one in suggestion.dropped where !reasons.contains(one.reason) { reasons.append(one.reason) }
        return reasons.map { reason in
            let names = suggestion.dropped.filter { $0.reason == reason }.map { flow($0.column) }
            return "  # \(names.prefix(10).joined(separator: ", "))\(names.count > 10 ? " and \(names.count - 10) more" : ""): \(reason)"
        }
    }

    /// At most so many; small tables need more for as many steps, and early stopping ends most runs before.
    private var epochs: Int { min(max(1_000_000 / max(profile.rowCount, 1), 30), image == nil ? 1000 : 100) }

    /// Small tables give few steps an epoch.
    private var batchSize: Int { profile.rowCount < 500 ? 8 : profile.rowCount < 2000 ? 16 : 32 }

    /// Errors in the target's own unit are easier to read than losses of scaled targets; where one class has most rows, all say it and are accurate.
    private var selection: String {
        switch suggestion.classCount {
        case nil: "select: {metric: val_mae}                         # in the unit of the target; smaller is better\n"
        case 2? where suggestion.isImbalanced: "select: {metric: val_roc_auc}                     # accuracy hardly tells of a rare class\n"
        case _ where suggestion.isImbalanced: "select: {metric: val_balanced_accuracy}           # accuracy hardly tells of rare classes\n"
        default: ""
        }
    }

    /// Where one class has most rows, accuracy alone says little.
    private var metrics: String {
        guard let count = suggestion.classCount else { return "mae" }
        guard suggestion.isImbalanced else { return "accuracy" }
        return count == 2 ? "accuracy, f1, roc_auc" : "accuracy, balanced_accuracy"
    }

    /// A linear method and a tree, as the target allows them; of texts, which are sparse, linear methods alone.
    private var baselines: String {
        if image != nil { return suggestion.classCount == nil ? "mean, ridge" : "majority, logistic" }
        let isSparse = suggestion.inputs.columns.contains(where: \.isText)
        let methods: [PlainMethod] =
            suggestion.classCount == nil
            ? [.mean, .ridge()] + (isSparse ? [] : [.boostedTrees()])
            : [.majority, .logistic(), isSparse ? .linearSVM() : .boostedTrees()]
        return methods.map(\.name).joined(separator: ", ")
    }

    private var target: String { keys(of: suggestion.target) }

    private var test: String {
        profile.ownTestCount > 0
            ? "# the data set has \(counted(profile.ownTestCount, "test row")) of its own"
            : "test: {shuffle: true, seed: 1, fraction: 0.2\(stratify)}"
    }

    private var stratify: String { suggestion.classCount == nil ? "" : ", stratify: true" }

    var output: String {
        switch suggestion.classCount {
        case nil: "linear"
        case 2: "sigmoid"
        default: "softmax"
        }
    }

    private var loss: String {
        switch suggestion.classCount {
        case nil: "mse"
        case 2: "binary_crossentropy"
        default: "categorical_crossentropy"
        }
    }

    /// A column's keys as a file has them, without those that have their defaults.
    private func keys(of column: ColumnSettings) -> String { ColumnSettings.schema.encode(column, for: .brief).flowText }

    private func flow(_ text: String) -> String { PlainValue.text(text).flowText }
}

extension ColumnSettings {
    fileprivate var isText: Bool { if case .multiHot = encoding { true } else { false } }
}
