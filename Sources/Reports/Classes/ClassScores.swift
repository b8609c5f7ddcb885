import Metrics
import RunStore
import Settings

/// What probabilities the runs of a variant give: of the positive one of two classes, or of the class that they say among more, and whether it came true.
struct ClassScores {
    /// The examples of one run.
    struct Run {
        var probabilities: [Double] = []
        var isTrue: [Bool] = []
        /// Σ of what an example adds to the Brier score.
        var brierSum = 0.0

        /// See ``BrierScore``.
        var brierScore: Double { brierSum / Double(isTrue.count) }

        var bins: CalibrationBins {
            var bins = CalibrationBins()
            for (probability, isTrue) in zip(probabilities, isTrue) { bins.add(probability: probability, isTrue: isTrue) }
            return bins
        }
    }

    let part: FigureName.Part
    /// The positive one of two classes; nil for more.
    let positive: String?
    let runs: [Run]

    /// Nil where no run has stored probabilities of classes. Test examples, else validation examples.
    init?(_ result: VariantResult) {
        let settings = result.variant.trial.settings
        guard case .classes(let names)? = result.runs.compactMap(\.record.target).first else { return nil }
        let stored = result.runs.filter { !$0.isSpoilt }.compactMap { try? $0.stored.predictions() }
        let hasTest = stored.contains { $0.test != nil }
        let parts = stored.compactMap { hasTest ? $0.test : $0.validation }.filter { !$0.rows.isEmpty && $0.targets.count == $0.rows.count }
        guard let first = parts.first, settings.givesProbabilities(outputs: first.width), max(first.width, 2) == names.count else {
            return nil
        }
        part = hasTest ? .test : .validation
        let positive = settings.target.positiveNumber(among: names)
        self.positive = names.count == 2 ? names[positive] : nil
        let meaning = settings.training.loss.outputMeaning
        runs = parts.filter { $0.width == first.width }.map { part in
            var run = Run()
            for (place, target) in part.targets.enumerated() {
                guard let label = Int(exactly: target), names.indices.contains(label) else { continue }
                let scores = meaning.scoresByClass(part.outputs[place * part.width..<(place + 1) * part.width])
                let said = names.count == 2 ? positive : scores.placeOfLargest
                run.probabilities.append(scores[said])
                run.isTrue.append(label == said)
                let squares = names.indices.reduce(0.0) { sum, index in
                    let distance = scores[index] - (index == label ? 1 : 0)
                    return sum + distance * distance
                }
                run.brierSum += names.count == 2 ? squares / 2 : squares
            }
            return run
        }
        guard runs.contains(where: { $0.probabilities.contains(where: \.isFinite) }) else { return nil }
    }

    /// The examples of all runs.
    var bins: CalibrationBins {
        var bins = CalibrationBins()
        for run in runs { bins.add(run.bins) }
        return bins
    }

    /// Examples of a run, on average.
    var examples: Int { runs.reduce(0) { $0 + $1.isTrue.count } / runs.count }
}
