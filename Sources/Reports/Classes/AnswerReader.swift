import Documents
import Metrics
import RunStore
import Settings

/// Reads what a run answered for the examples of one part, in the target's own words and unit.
package struct AnswerReader {
    private let part: Predictions.Part
    private let target: RecordedTarget
    private let meaning: OutputMeaning
    private let threshold: ClassThreshold?
    private let targetWidth: Int
    private let separator: String

    /// One answer.
    package struct Answer {
        /// The class, the labels with their separator, or the value; `none` where there are several values.
        package let target: Condition.Value
        /// The same that the network says.
        package let predicted: Condition.Value
        /// A number for each class or label; of several values the targets, then the answers; of inputs given again their mean squared error as a network sees them,
        /// then the inputs and the answers; else nothing.
        package let outputs: [Condition.Value]
    }

    /// The answers of a run with these settings; its outputs stand for what its record says, else for `target`.
    package init(_ part: Predictions.Part, of run: StoredRun, target: RecordedTarget, settings: TrialSettings) {
        (self.part, meaning) = (part, settings.training.loss.outputMeaning)
        self.target = run.record.target ?? target
        threshold = run.threshold(settings)
        targetWidth = part.rows.isEmpty ? 1 : part.targets.count / part.rows.count
        separator = if case .parts(let separator) = settings.target.encoding { separator } else { "|" }
    }

    /// The answer for the example at a place of the part.
    package func answer(at place: Int) -> Answer {
        let outputs = part.outputs[place * part.width..<(place + 1) * part.width]
        let targets = part.targets[place * targetWidth..<(place + 1) * targetWidth]
        switch target {
        case .classes(let names):
            func name(_ label: Int?) -> Condition.Value {
                label.flatMap { names.indices.contains($0) ? .text(names[$0]) : nil } ?? .none
            }
            return Answer(
                target: name(targets.first.flatMap { Int(exactly: $0) }), predicted: name(meaning.predictedClass(outputs, at: threshold)),
                outputs: meaning.scoresByClass(outputs).map(Self.number))
        case .severalLabels(let names):
            let values = meaning.values(outputs)
            func list(_ has: (Int) -> Bool) -> Condition.Value {
                .text(names.indices.filter(has).map { names[$0] }.joined(separator: separator))
            }
            return Answer(
                target: list { $0 < targets.count && targets[targets.startIndex + $0] != 0 },
                predicted: list { $0 < values.count && values[$0] > meaning.threshold }, outputs: values.map(Self.number))
        case .values(let shift, let divisor, let logarithm):
            let unit = TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)
            func own(_ value: Double) -> Condition.Value { Self.number(unit.original(value)) }
            let (answers, truths) = (meaning.values(outputs).map(own), targets.map { own(Double($0)) })
            guard answers.count == 1 else { return Answer(target: .none, predicted: .none, outputs: truths + answers) }
            return Answer(target: truths.first ?? .none, predicted: answers[0], outputs: [])
        case .inputs(let columns):
            let answers = meaning.values(outputs)
            let error =
                zip(answers, targets).reduce(0) { $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1)) } / Double(max(columns.count, 1))
            return Answer(
                target: .none, predicted: .none,
                outputs: [Self.number(error)] + zip(columns, targets).map { Self.number($0.unit.original(Double($1))) }
                    + zip(columns, answers).map { Self.number($0.unit.original($1)) })
        }
    }

    /// As many digits as 32 bits have.
    private static func number(_ value: Double) -> Condition.Value { .number(Double("\(Float(value))") ?? value) }
}

extension RecordedColumn {
    /// What takes its scale back.
    var unit: TargetUnit { TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm) }
}
