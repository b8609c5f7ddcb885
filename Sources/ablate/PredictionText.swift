import RunStore
import Scheduling
import Training

/// Predictions as a table, or as JSON.
struct PredictionText {
    /// So many classes have a column of their own.
    private static let mostColumns = 8
    /// So many classes of a single row are listed.
    private static let mostLines = 10

    let subject: PredictionSubject
    let target: String
    let answer: Predictor.Answer
    /// The mean over the runs, a row each.
    let answers: [[Double]]

    // MARK: - For people

    var table: String {
        let runs = subject.runs.count == 1 ? "seed \(subject.runs[0].record.seed)" : "mean of \(counted(subject.runs.count, "run"))"
        let lines: [String]
        switch answer {
        case .values: lines = valueLines
        case .classes(let names, let areProbabilities):
            let noun = areProbabilities ? "probability" : "score"
            lines = answers.count == 1 ? classLines(names, noun, answers[0]) : rowLines(names, noun)
        }
        return "\(subject.experiment), \(subject.variant), \(runs): \(target)\n" + lines.joined(separator: "\n") + "\n"
    }

    private var valueLines: [String] {
        var table = TextTable([("row", .right), (target, .right)])
        for (row, values) in answers.enumerated() {
            table.add([String(row + 1), values.map { spoken(figure: $0) }.joined(separator: ", ")])
        }
        return table.lines
    }

    private func classLines(_ names: [String], _ noun: String, _ answer: [Double]) -> [String] {
        var table = TextTable([(target, .left), (noun, .right)])
        let order = answer.indices.sorted { (answer[$1], $0) < (answer[$0], $1) }
        for index in order.prefix(Self.mostLines) { table.add([names[index], spoken(figure: answer[index])]) }
        let left = answer.count - Self.mostLines
        return table.lines + (left > 0 ? ["  and \(left) more"] : [])
    }

    private func rowLines(_ names: [String], _ noun: String) -> [String] {
        let shown = names.count <= Self.mostColumns ? names : []
        var table = TextTable([("row", .right), (target, .left), (noun, .right)] + shown.map { ($0, .right) })
        for (row, answer) in answers.enumerated() {
            let best = largest(answer)
            table.add(
                [String(row + 1), names[best], spoken(figure: answer[best])]
                    + (shown.isEmpty ? [] : answer.map { spoken(figure: $0) }))
        }
        return table.lines
    }

    private func largest(_ answer: [Double]) -> Int {
        answer.indices.reduce(0) { answer[$1] > answer[$0] ? $1 : $0 }
    }

    // MARK: - For machines

    var json: String {
        let predictions = answers.map { answer in
            switch self.answer {
            case .values:
                JSONValue.object(["value": answer.count == 1 ? .number(answer[0]) : .array(answer.map(JSONValue.number))])
            case .classes(let names, let areProbabilities):
                JSONValue.object([
                    "predicted": .string(names[largest(answer)]),
                    areProbabilities ? "probabilities" : "scores": .object(
                        Dictionary(zip(names, answer.map(JSONValue.number)), uniquingKeysWith: { first, _ in first })),
                ])
            }
        }
        return JSONValue.object([
            "experiment": .string(subject.experiment), "variant": .string(subject.variant), "target": .string(target),
            "runs": .array(subject.runs.map { .string($0.record.identity.hex) }), "predictions": .array(predictions),
        ]).prettyText + "\n"
    }
}
