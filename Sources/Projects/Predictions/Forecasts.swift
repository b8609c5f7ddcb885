import Datasets
import RunStore
import Settings
import Training

extension TrainedModel {
    /// The values of the next steps of a series, step by step for each run, which sees its own answers as if they had come. `end` is where a run's series ends;
    /// its encoder is the run's.
    public func forecast(steps: Int, from end: (FittedEncoder, RowEncoder, RunSplit) throws -> SeriesEnd) throws -> VariantPredictions {
        try VariantPredictions(of: runs, settings: settings, data: { encoder(of: $0).summary }) { predictor, split in
            let encoder = encoder(of: split)
            var series = try end(encoder, RowEncoder(encoder, format: format), split)
            return try (0..<steps).map { _ in
                let answer = try predictor.predictions(for: series.rows)[0]
                series.append(answer.first ?? .nan)
                return answer
            }
        }
    }

    /// What the first run writes after a text.
    public func text(_ writing: TextWriting, after beginning: String) throws -> (run: Run, text: String) {
        guard settings.target.encoding == .next, let run = runs.first else {
            throw Refusal(
                "\(experiment), \(variant): it was not trained on running text, so it cannot go on with one", help: "leave out --length")
        }
        let encoder = encoders[run.encoder]
        guard case .tokens(let tokens)? = encoder.inputs.first?.fit, let column = encoder.inputs.first?.column,
            case .tokens(let start) = try RowEncoder(encoder, format: format).encode([column: beginning]).inputs
        else { throw Refusal("its inputs are no sequences of words") }
        guard let predictor = try VariantPredictions.predictor(run, settings: settings, data: encoder.summary) else {
            throw Refusal(
                "training diverged in the run \(run.identity.hex.prefix(8)), so there are no weights to write with", cause: .failure)
        }
        let written = try predictor.writes(writing, after: start, firstWord: tokens.firstWord)
        return (run, tokens.text(written, of: encoder.vocabulary))
    }

    private func encoder(of split: RunSplit) -> FittedEncoder {
        let run = runs.first { RunSplit(of: $0, settings) == split }
        return encoders[run?.encoder ?? 0]
    }
}
