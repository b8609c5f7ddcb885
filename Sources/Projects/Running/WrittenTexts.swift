import Datasets
import RunStore
import Settings
import Training

extension WrittenText {
    private static let temperatures = [0.2, 0.5, 1]
    private static let length = 200

    /// What a trained network of running text writes at several temperatures after the first window of the test rows, else of those that validate or train: a
    /// pure function of the run. None for other networks, and for weights that are no numbers.
    static func all(of result: RunResult, _ settings: TrialSettings, on dataset: EncodedDataset, seed: Int) throws -> [WrittenText] {
        guard settings.target.encoding == .next, !result.isSpoilt, case .tokens(let numbers) = dataset.inputs,
            case .tokens(let tokens)? = dataset.summary.fitted.first?.fit,
            let row = [dataset.test, dataset.validation, dataset.train].lazy.compactMap(\.first).first,
            result.weights.allSatisfy({ $0.values.allSatisfy(\.isFinite) })
        else { return [] }
        let words = dataset.vocabulary
        let start = Array(numbers[Int(row) * tokens.length..<(Int(row) + 1) * tokens.length])
        let predictor = try Predictor(settings, data: dataset.summary, weights: result.weights)
        return try temperatures.map { temperature in
            let writing = TextWriting(length: length, temperature: temperature, seed: seed)
            let written = try predictor.writes(writing, after: start, firstWord: tokens.firstWord)
            return WrittenText(
                temperature: temperature, beginning: tokens.text(start, of: words),
                text: (tokens.tokens == .characters ? "" : " ") + tokens.text(written, of: words))
        }
    }
}
