import Documents
import Metrics
import Projects
import RunStore
import Scheduling
import Settings
import Training

/// Predictions as a table, or as JSON.
struct PredictionText {
    /// So many classes have a column of their own.
    private static let mostColumns = 8
    /// So many numbers of an answer are shown.
    private static let mostNumbers = 6
    /// So many classes of a single row are listed.
    private static let mostLines = 10

    let model: TrainedModel
    let predictions: VariantPredictions
    /// What the rows are called; nil counts them.
    let names: [String]?
    /// The windows of a table's rows that are asked; nil where each row is asked by itself.
    let windows: WindowSettings?
    private let answers: RunMeans
    /// What is given again of a table's columns; nil for other answers.
    private let reconstructions: Reconstructions?
    /// A number a row: how far what is given again lies from the inputs; nil for other answers.
    let errors: RunMeans?

    init(model: TrainedModel, predictions: VariantPredictions, names: [String]?, windows: WindowSettings? = nil) {
        (self.model, self.predictions, self.names, self.windows) = (model, predictions, names, windows)
        answers = RunMeans(predictions.byRun)
        reconstructions = model.reconstructions(predictions)
        errors = predictions.errors.map { RunMeans($0.map { $0.map { [$0] } }) }
    }

    private var means: [[Double]] { answers.means }
    private var spreads: [[Double]]? { answers.spreads }

    /// Whether one row is asked that has no name.
    var isSingle: Bool { means.count == 1 && names == nil && windows == nil }

    // MARK: - For people

    var table: String {
        let runs =
            predictions.runs.count == 1 ? "seed \(predictions.runs[0].seed)" : "mean of \(counted(predictions.runs.count, "run"))"
        let left = model.runs.count - predictions.runs.count
        let diverged = left > 0 ? ", without \(left) that diverged" : ""
        let lines: [String]
        switch predictions.kind {
        case .values: lines = reconstructions.map { linesByColumn(of: $0) } ?? valueLines
        case .severalLabels(let labels, let areProbabilities):
            let noun = areProbabilities ? "probability" : "score"
            lines = isSingle ? classLines(labels, noun) : labelLines(labels)
        case .classes(let classes, let areProbabilities):
            let noun = areProbabilities ? "probability" : "score"
            lines = isSingle ? classLines(classes, noun) : rowLines(classes, noun)
        }
        return "\(model.experiment), \(model.variant), \(runs)\(diverged): \(model.target)\n"
            + ((model.featureSteps.sentence.map { ["  " + $0] } ?? []) + lines + windowLines + thresholdLines).joined(separator: "\n")
            + "\n"
    }

    /// What class is said, where not that of the larger probability.
    private var thresholdLines: [String] {
        guard let threshold = predictions.threshold, case .classes(let classes, _) = predictions.kind else { return [] }
        let said = isSingle ? "; here: \(classes[predictions.predictedClass(means[0])])" : ""
        let mean = predictions.runs.count > 1 ? ", the mean of the runs' thresholds" : ""
        return ["  \(classes[threshold.positive]) is predicted above \(spoken(figure: threshold.probability))\(mean)\(said)"]
    }

    /// The column of standard deviations over the runs, where there are several.
    var spreadColumn: [(String, TextTable.Alignment)] { spreads == nil ? [] : [("±", .right)] }

    private func spread(_ row: Int, _ number: Int) -> [String] { spreads.map { [spoken(figure: $0[row][number])] } ?? [] }

    /// A number that is no probability: of very large ones as many digits as 32 bits have.
    static func told(_ value: Double) -> String { spoken(figure: value, decimals: 6) }

    func name(_ row: Int) -> String { names?[row] ?? String(number(row)) }

    /// The number of a row in its table, counted from 1; for a window that of the row that is foretold, or of the last that is given again.
    private func number(_ row: Int) -> Int {
        row + (windows.map { $0.length + (model.givesWindowsAgain ? 0 : $0.horizon) } ?? 1)
    }

    /// What the numbers of rows mean where windows are asked.
    private var windowLines: [String] {
        guard let windows else { return [] }
        if model.givesWindowsAgain { return ["  the row is the last of the \(grouped(windows.length)) that are given again"] }
        let place = windows.horizon == 1 ? "right behind" : "\(grouped(windows.horizon)) rows behind"
        let seen = windows.length == 1 ? "the row" : "the \(grouped(windows.length)) rows"
        let last = means.count + windows.length - 1
        return ["  the row is the one foretold, \(place) \(seen) that its answer is made from; the table has \(counted(last, "row"))"]
    }

    var rowColumn: (String, TextTable.Alignment) { ("row", names == nil ? .right : .left) }

    private var valueLines: [String] {
        var table = TextTable([rowColumn] + errorColumn + [(model.target, .right)] + spreadColumn)
        for (row, values) in means.enumerated() {
            let more = values.count > Self.mostNumbers ? ", …" : ""
            let shown = values.prefix(Self.mostNumbers).map(Self.told).joined(separator: ", ") + more
            table.add([name(row)] + error(row) + [shown] + (values.count == 1 ? spread(row, 0) : spreads.map { _ in [""] } ?? []))
        }
        let count = means.first?.count ?? 0
        return table.lines + errorLines
            + (count > Self.mostNumbers ? ["  the first \(Self.mostNumbers) of \(count) numbers; --json tells all"] : [])
    }

    // MARK: - Errors of what is given again

    var errorColumn: [(String, TextTable.Alignment)] { errors == nil ? [] : [("error", .right)] }

    func error(_ row: Int) -> [String] { errors.map { [spoken(figure: $0.means[row][0])] } ?? [] }

    /// What an error is; of a single row, how large it is.
    var errorLines: [String] {
        guard let errors else { return [] }
        let size = isSingle && !errors.means.isEmpty ? " \(spoken(figure: errors.means[0][0]))" : ""
        return ["  error\(size): the mean squared difference between the inputs, as the network sees them, and what it gives"]
    }

    private func classLines(_ classes: [String], _ noun: String) -> [String] {
        var table = TextTable([(model.target, .left), (noun, .right)] + spreadColumn)
        let answer = means[0]
        let order = answer.indices.sorted { (answer[$1], $0) < (answer[$0], $1) }
        for index in order.prefix(Self.mostLines) { table.add([classes[index], spoken(figure: answer[index])] + spread(0, index)) }
        let left = answer.count - Self.mostLines
        return table.lines + (left > 0 ? ["  and \(left) more"] : [])
    }

    private func rowLines(_ classes: [String], _ noun: String) -> [String] {
        let shown = classes.count <= Self.mostColumns ? classes : []
        var table = TextTable([rowColumn, (model.target, .left), (noun, .right)] + spreadColumn + shown.map { ($0, .right) })
        for (row, answer) in means.enumerated() {
            let best = predictions.predictedClass(answer)
            table.add(
                [name(row), classes[best], spoken(figure: answer[best])] + spread(row, best)
                    + (shown.isEmpty ? [] : answer.map { spoken(figure: $0) }))
        }
        return table.lines
    }

    /// The labels above a half of each row, and the numbers of all where these are few.
    private func labelLines(_ labels: [String]) -> [String] {
        let shown = labels.count <= Self.mostColumns ? labels : []
        var table = TextTable([rowColumn, (model.target, .left)] + shown.map { ($0, .right) })
        for (row, answer) in means.enumerated() {
            let said = Self.said(labels, answer)
            table.add(
                [name(row), said.isEmpty ? "(none)" : said.joined(separator: ", ")]
                    + (shown.isEmpty ? [] : answer.map { spoken(figure: $0) }))
        }
        return table.lines
    }

    private static func said(_ labels: [String], _ answer: [Double]) -> [String] { zip(labels, answer).filter { $0.1 > 0.5 }.map(\.0) }

    // MARK: - For machines

    var json: String {
        let columns = reconstructions.map { columnMembers(of: $0) }
        func error(_ numbers: [[Double]], _ row: Int) -> JSONValue? { numbers.indices.contains(row) ? .number(numbers[row][0]) : nil }
        let rows = means.enumerated().map { row, answer in
            var members = json(answer, deviations: spreads?[row])
            if let names { members["row"] = .string(names[row]) } else if windows != nil { members["row"] = .integer(number(row)) }
            if let columns { members.merge(columns[row]) { first, _ in first } }
            members["error"] = errors.flatMap { error($0.means, row) }
            members["error_deviation"] = errors?.spreads.flatMap { error($0, row) }
            return JSONValue.object(members)
        }
        var members: [String: JSONValue] = [
            "experiment": .string(model.experiment), "variant": .string(model.variant), "target": .string(model.target),
            "runs": .array(predictions.runs.map { .string($0.identity.hex) }), "predictions": .array(rows),
        ]
        if !model.featureSteps.isEmpty { members["through"] = .array(model.featureSteps.map(Self.json)) }
        members["threshold"] = predictions.threshold.map { .number($0.probability) }
        return JSONValue.object(members).prettyText + "\n"
    }

    /// What the rows went through.
    private static func json(_ step: FeatureStep) -> JSONValue {
        var members: [String: JSONValue] = ["experiment": .string(step.experiment), "variant": .string(step.variant)]
        switch step.making {
        case .layer(let name): members["layer"] = .string(name)
        case .components(let count): members["pca"] = .integer(count)
        }
        members["seed"] = step.seed.map { .integer($0) }
        members["run"] = step.run.map { .string($0.hex) }
        return .object(members)
    }

    private func json(_ answer: [Double], deviations: [Double]?) -> [String: JSONValue] {
        func value(_ numbers: [Double]) -> JSONValue { numbers.count == 1 ? .number(numbers[0]) : .array(numbers.map(JSONValue.number)) }
        let predicted: JSONValue
        let classes: [String]
        let areProbabilities: Bool
        switch predictions.kind {
        case .values:
            var members = ["value": value(answer)]
            members["standard_deviation"] = deviations.map(value)
            return members
        case .classes(let names, let areShares):
            (classes, areProbabilities) = (names, areShares)
            predicted = .string(names[predictions.predictedClass(answer)])
        case .severalLabels(let names, let areShares):
            (classes, areProbabilities) = (names, areShares)
            predicted = .array(Self.said(names, answer).map(JSONValue.string))
        }
        func byClass(_ numbers: [Double]) -> JSONValue {
            .object(Dictionary(zip(classes, numbers.map(JSONValue.number)), uniquingKeysWith: { first, _ in first }))
        }
        var members: [String: JSONValue] = [
            "predicted": predicted, areProbabilities ? "probabilities" : "scores": byClass(answer),
        ]
        members["standard_deviations"] = deviations.map(byClass)
        return members
    }
}
