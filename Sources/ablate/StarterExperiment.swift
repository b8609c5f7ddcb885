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
        return """
            # A first experiment, made by ablate init from \(counted(profile.rowCount, "row")) of \(counted(profile.columns.count, "column")). Look at what it \
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
              mlp: {hidden: [32, 32], activation: relu, output: \(output)}
            training:
              loss: \(loss)
              optimizer: adam
              batch_size: 32
              epochs: \(epochs)
              metrics: [\(suggestion.classCount == nil ? "mae" : "accuracy")]
            seeds: 3                                          # three runs of each variant: what is luck shows in their spread
            baselines: [\(baselines)]    # methods without a network, on the same rows

            ablate:
              narrow: {model.mlp.hidden: [4]}
              no-hidden-layer: {model.mlp.hidden: []}

            """
    }

    // MARK: - Parts

    private var inputs: String {
        let columns = suggestion.inputs.columns
        var lines: [String] = []
        if columns.count > Self.mostColumns, columns.allSatisfy({ $0.encoding == columns[0].encoding && $0.missing == columns[0].missing })
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

    /// Small tables need more epochs for as many steps.
    private var epochs: Int { min(max(30_000 / max(profile.rowCount, 1), 20), 200) }

    /// A linear method and a tree, as the target and the inputs allow them.
    private var baselines: String {
        let isSparse = suggestion.inputs.columns.contains(where: \.isText)
        let methods: [PlainMethod] =
            suggestion.classCount == nil
            ? [.mean, .ridge()] + (isSparse ? [] : [.boostedTrees()])
            : [.majority, .logistic()] + (isSparse ? [] : [.boostedTrees()])
        return methods.map(\.name).joined(separator: ", ")
    }

    private var target: String { keys(of: suggestion.target) }

    private var test: String {
        profile.ownTestCount > 0
            ? "# the data set has \(counted(profile.ownTestCount, "test row")) of its own"
            : "test: {shuffle: true, seed: 1, fraction: 0.2\(stratify)}"
    }

    private var stratify: String { suggestion.classCount == nil ? "" : ", stratify: true" }

    private var output: String {
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
