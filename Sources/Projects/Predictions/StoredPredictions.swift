import Datasets
import Documents
import Experiments
import Reports
import RunStore
import Settings
import Training

/// What finished runs have answered for validation and test rows, as a table: a line a run and row.
public struct StoredPredictions {
    /// Rows that a run answers for.
    public enum Part: String, CaseIterable, Sendable {
        /// Rows that validate in a run without folds.
        case validation
        /// Rows that test.
        case test
        /// Rows of the fold that validates: each row that trains in the others is answered once a seed (where folds test, once for each in which it does not).
        case folds
    }

    /// The columns: what tells the lines apart, `target`, `predicted`, and one for each output where these are of classes or labels.
    public let columns: [String]
    /// What is not in the table and might be looked for, in sentences.
    public let notes: [String]
    private let subjects: [Subject]
    private let parts: Set<Part>
    private let outputColumns: [String]
    private let hasFolds: Bool
    private let hasRepeats: Bool
    private let hasOuterFolds: Bool

    /// A variant with the runs that answer.
    fileprivate struct Subject {
        let variant: Variant
        let runs: [StoredRun]
        /// What the outputs stand for where a record does not say it; folds may scale a target each in its own way.
        let target: RecordedTarget
        /// The columns of its outputs.
        let outputs: [String]
        let names: RowNames?
    }

    /// Calls `body` with the lines of each run, in the order of variants, seeds and folds, and within a run as its parts have them. Values are in the target's own unit,
    /// classes by their names; row numbers count from 1, as a preview of the data does.
    public func forEachRun(_ body: ([[Condition.Value]]) throws -> Void) throws {
        for subject in subjects {
            for run in subject.runs {
                guard let predictions = try run.predictions() else { continue }
                var lines: [[Condition.Value]] = []
                let validating: Part = run.record.fold == nil ? .validation : .folds
                for (part, kind, name) in [(predictions.validation, validating, "validation"), (predictions.test, .test, "test")] {
                    guard let part, parts.contains(kind) else { continue }
                    let reader = AnswerReader(part, of: run, target: subject.target, settings: subject.variant.trial.settings)
                    for place in part.rows.indices {
                        let row = part.rows[place]
                        var line: [Condition.Value] = [
                            .text(subject.variant.name), .text(run.record.identity.hex), .text(kind.rawValue),
                        ]
                        if hasFolds { line.append(run.record.fold.map { .number(Double($0)) } ?? .none) }
                        if hasOuterFolds { line.append(run.record.outerFold.map { .number(Double($0)) } ?? .none) }
                        if hasRepeats { line.append(run.record.repetition.map { .number(Double($0)) } ?? .none) }
                        line += [.number(Double(run.record.seed)), .number(Double(row) + 1)]
                        if keyTitle != nil { line.append(subject.names?.name(of: row, in: name).map { .text($0) } ?? .none) }
                        let answer = reader.answer(at: place)
                        line += [answer.target, answer.predicted]
                        if outputColumns == subject.outputs {
                            line += answer.outputs
                        } else {
                            let own = Dictionary(zip(subject.outputs, answer.outputs), uniquingKeysWith: { first, _ in first })
                            line += outputColumns.map { own[$0] ?? .none }
                        }
                        lines.append(line)
                    }
                }
                try body(lines)
            }
        }
    }

    private var keyTitle: String? { subjects.compactMap(\.names?.title).first }

    fileprivate init(_ subjects: [Subject], parts: Set<Part>, notes: [String]) {
        (self.subjects, self.parts, self.notes) = (subjects, parts, notes)
        hasFolds = subjects.contains { $0.runs.contains { $0.record.fold != nil } }
        hasRepeats = subjects.contains { $0.runs.contains { $0.record.repetition != nil } }
        hasOuterFolds = subjects.contains { $0.runs.contains { $0.record.outerFold != nil } }
        var seen: Set<String> = []
        outputColumns = subjects.flatMap(\.outputs).filter { seen.insert($0).inserted }
        let key = subjects.compactMap(\.names?.title).first
        let fixed =
            ["variant", "run", "part"] + (hasFolds ? ["fold"] : []) + (hasOuterFolds ? ["outer_fold"] : []) + (hasRepeats ? ["repeat"] : [])
            + ["seed", "row"]
            + [key].compactMap(\.self) + ["target", "predicted"]
        // A class may be called as a column that is there already.
        columns = fixed + outputColumns.map { fixed.contains($0) ? "output \($0)" : $0 }
    }
}

extension StoredPredictions.Part {
    /// In words.
    fileprivate var spoken: String {
        switch self {
        case .validation: "validation rows without folds"
        case .test: "test rows"
        case .folds: "rows of folds"
        }
    }
}

// MARK: - What is asked for

extension Workspace {
    /// What the finished runs of an experiment's variants (all where none is named) have answered for rows of these parts (all that there are where none is named).
    /// Rows are called by the cells of the column `key`, which needs the table at hand, or by their files where each is one.
    ///
    /// Refuses unknown variants, and a question to which no run has an answer.
    public func storedPredictions(
        of experiment: Experiment, variants names: [String] = [], parts asked: [StoredPredictions.Part] = [], key: String? = nil
    ) throws -> StoredPredictions {
        let wanted = try names.map { try experiment.variant(named: $0).name }
        let survey = try survey(of: experiment)
        var notes: [String] = []
        var subjects: [StoredPredictions.Subject] = []
        var found: Set<StoredPredictions.Part> = []
        var (finishedCount, lost) = (0, 0)
        for variant in experiment.variants where wanted.isEmpty || wanted.contains(variant.name) {
            let planned = survey.runs.filter { $0.specification.variant == variant.name }
            let finished = planned.compactMap { run -> StoredRun? in
                if case .finished(let stored) = run.state { stored } else { nil }
            }
            finishedCount += finished.count
            if finished.count < planned.count {
                notes.append("\(variant.name): \(finished.count) of \(planned.count) runs are finished")
            }
            let able = finished.filter { !$0.record.removed.contains(.predictions) }
            lost += finished.count - able.count
            if able.count < finished.count {
                notes.append(
                    "\(variant.name): \(finished.count - able.count) of \(finished.count) finished runs have no predictions, as keep has it; to train again and keep them: "
                        + "ablate run \(experiment.name.shellWord) --only \(variant.name.shellWord) --again")
            }
            guard let first = able.first, let predictions = try first.predictions() else { continue }
            if predictions.validation != nil { found.insert(first.record.fold == nil ? .validation : .folds) }
            if predictions.test != nil { found.insert(.test) }
            let target = try target(of: able, variant, for: experiment)
            let width = (predictions.validation ?? predictions.test)?.width ?? 1
            subjects.append(
                StoredPredictions.Subject(
                    variant: variant, runs: able, target: target, outputs: target.outputColumns(width: width),
                    names: try rowNames(of: variant, content: first.record.digests.content, key: key, &notes)))
            if asked.isEmpty || asked.contains(.folds) { notes += try notesOnFolds(of: able, variant, for: experiment) }
        }
        guard finishedCount > 0 else {
            throw Refusal("\(experiment.name): no run is finished", help: "ablate run \(experiment.name.shellWord)")
        }
        guard lost < finishedCount else {
            throw Refusal("the finished runs of \(experiment.name) have no predictions", help: notes.last, cause: .failure)
        }
        if let lacking = asked.first(where: { !found.contains($0) }) {
            throw Refusal(
                "no run has answered \(lacking.spoken)",
                help: found.isEmpty
                    ? "the experiment has neither validation nor test rows"
                    : "there are: \(found.map(\.rawValue).sorted().joined(separator: ", "))")
        }
        return StoredPredictions(subjects, parts: asked.isEmpty ? found : Set(asked), notes: notes)
    }

    /// What the outputs stand for: as records say, else as the data set does.
    private func target(of runs: [StoredRun], _ variant: Variant, for experiment: Experiment) throws -> RecordedTarget {
        if let recorded = runs.compactMap(\.record.target).first { return recorded }
        let settings = variant.trial.settings
        return try RecordedTarget(summary(of: request(for: settings), content: runs[0].record.digests.content, for: experiment.name))
    }

    private func rowNames(of variant: Variant, content: String, key: String?, _ notes: inout [String]) throws -> RowNames? {
        do {
            return try data.rowNames(of: request(for: variant.trial.settings), column: key, content: content)
        } catch let error as DatasetError {
            guard key == nil else { throw error }
            let note = "rows are told by their numbers alone: \(error)"
            if !notes.contains(note) { notes.append(note) }
            return nil
        }
    }

    /// Which rows are not answered though folds validate by turns.
    private func notesOnFolds(of runs: [StoredRun], _ variant: Variant, for experiment: Experiment) throws -> [String] {
        guard let count = variant.trial.settings.split.folds else { return [] }
        let settings = variant.trial.settings
        let summary = try? summary(of: request(for: settings), content: runs[0].record.digests.content, for: experiment.name)
        let bySeed = Dictionary(grouping: runs, by: \.record.seed)
        return try bySeed.sorted { $0.key < $1.key }.compactMap { seed, runs in
            let title = "\(variant.name), seed \(seed)"
            let missing = Set(1...max(count, 1)).subtracting(runs.compactMap(\.record.fold)).sorted()
            guard missing.isEmpty else { return "\(title): no answers of \(missing.map(settings.split.foldName).joined(separator: ", "))" }
            guard let summary else { return nil }
            let answered = Set(try runs.flatMap { try $0.predictions()?.validation?.rows ?? [] }).count
            guard settings.split.innerFolds != nil else { return nil }
            let all = summary.trainCount + summary.validationCount + (settings.split.outerFolds == nil ? 0 : summary.testCount)
            return answered < all ? "\(title): \(all - answered) of \(all) rows never validate" : nil
        }
    }
}

extension Experiment {
    /// A variant by its name, or that of one that came to the same trial; refuses other names.
    func variant(named wanted: String) throws(Refusal) -> Variant {
        if let found = variants.first(where: { $0.name == wanted || $0.aliases.contains(wanted) }) { return found }
        throw Refusal(
            "\(name) has no variant \"\(wanted)\"",
            help: Suggestion.help(for: wanted, among: variants.map(\.name), called: "there are"))
    }
}

extension RecordedTarget {
    /// A column an output; none for a single number, which is the prediction itself.
    fileprivate func outputColumns(width: Int) -> [String] {
        switch self {
        case .classes(let names), .severalLabels(let names): names
        case .values: width == 1 ? [] : (1...width).map { "target \($0)" } + (1...width).map { "predicted \($0)" }
        case .inputs(let columns): ["error"] + columns.map { "target \($0.name)" } + columns.map { "predicted \($0.name)" }
        }
    }
}
