import Metrics
import RunStore
import Settings

/// What the runs of a variant say of the examples of one part: which class, and how surely.
struct Classification {
    /// One example, its scores averaged over the runs that have it.
    struct Example {
        /// The number in the data set, from 0.
        let row: Int32
        let label: Int
        /// The class of the highest mean score, or by the mean of the runs' thresholds.
        let predicted: Int
        /// The mean probability of ``predicted``; nil when scores are no probabilities.
        let probability: Double?
    }

    let part: FigureName.Part
    let names: [String]
    /// Every run's examples counted.
    let confusion: ConfusionCounts
    /// In the order of rows.
    let examples: [Example]
    let runs: Int
    /// Files that could not be read.
    let damaged: [DamagedFile]

    /// Nil when there are no stored predictions, or these are of no classes. Test examples, else validation examples.
    init?(_ result: VariantResult) {
        let settings = result.variant.trial.settings
        let target = result.runs.compactMap(\.record.target).first
        switch target {
        case .values?, .severalLabels?, .inputs?: return nil
        case .classes?, nil: break
        }
        guard target != nil || settings.target.encoding.isOfClasses else { return nil }
        var damaged: [DamagedFile] = []
        var stored: [(predictions: Predictions, threshold: ClassThreshold?)] = []
        for run in result.runs {
            do throws(DamagedFile) {
                if let predictions = try run.stored.predictions() { stored.append((predictions, run.stored.threshold(settings))) }
            } catch {
                damaged.append(error)
            }
        }
        let hasTest = stored.contains { $0.predictions.test != nil }
        let parts = stored.compactMap { predictions, threshold in
            (hasTest ? predictions.test : predictions.validation).map { (part: $0, threshold: threshold) }
        }.filter { !$0.part.rows.isEmpty && $0.part.targets.count == $0.part.rows.count }
        guard let first = parts.first?.part, parts.allSatisfy({ $0.part.width == first.width }) else { return nil }
        let classes = max(first.width, 2)
        if case .classes(let recorded)? = target, recorded.count == classes {
            names = recorded
        } else {
            // Records of earlier versions keep no names.
            names = (0..<classes).map { "class \($0)" }
        }
        part = hasTest ? .test : .validation
        runs = parts.count
        self.damaged = damaged
        let meaning = settings.training.loss.outputMeaning
        let areProbabilities = settings.givesProbabilities(outputs: first.width)
        var confusion = ConfusionCounts(classes: classes)
        var sums: [Int32: (label: Int, count: Int, scores: [Double])] = [:]
        for (part, threshold) in parts {
            for (place, row) in part.rows.enumerated() {
                guard let label = Int(exactly: part.targets[place]), (0..<classes).contains(label) else { continue }
                let outputs = part.outputs[place * part.width..<(place + 1) * part.width]
                confusion.add(true: label, predicted: meaning.predictedClass(outputs, at: threshold))
                let scores = meaning.scoresByClass(outputs)
                var sum = sums[row] ?? (label, 0, [Double](repeating: 0, count: classes))
                sum.count += 1
                for index in scores.indices { sum.scores[index] += scores[index] }
                sums[row] = sum
            }
        }
        guard confusion.examples > 0 else { return nil }
        self.confusion = confusion
        let threshold = ClassThreshold.mean(of: parts.compactMap(\.threshold))
        examples = sums.sorted { $0.key < $1.key }.map { row, sum in
            let predicted = threshold?.predictedClass(sum.scores.map { $0 / Double(sum.count) }) ?? sum.scores.placeOfLargest
            return Example(
                row: row, label: sum.label, predicted: predicted,
                probability: areProbabilities ? sum.scores[predicted] / Double(sum.count) : nil)
        }
    }
}

extension StoredRun {
    /// Where it tells two classes apart, where not by the larger probability.
    func threshold(_ settings: TrialSettings) -> ClassThreshold? {
        guard let probability = settings.training.threshold?.value(in: record.figures), case .classes(let names)? = record.target else {
            return nil
        }
        return ClassThreshold(of: settings.target.positiveNumber(among: names), above: probability)
    }
}
