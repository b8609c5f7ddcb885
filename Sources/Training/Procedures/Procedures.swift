import Datasets
import NeuralNetworks
import Settings

/// The way to train a trial, prepared on the examples of a run.
///
/// - Parameter start: whether the rows are reordered every epoch, and what judges made examples; its weights are for the run to restore.
func procedure(
    for trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, from start: RunStart
) throws -> any TrainingProcedure {
    let training = trial.settings.training
    if let pair = trial.pair { return try AdversarialTraining(trial, pair, on: dataset, seed: seed, limit: limit, from: start) }
    if training.loss.kind == .contrastiveDivergence, let machine = BoltzmannMachine(trial.network) {
        return try ContrastiveTraining(machine, of: trial, on: dataset, seed: seed, limit: limit, isShuffled: start.isShuffled)
    }
    if let pretrain = training.pretrain {
        return try PretrainedTraining(pretrain, of: trial, on: dataset, seed: seed, limit: limit, isShuffled: start.isShuffled)
    }
    return try SupervisedTraining(trial, on: dataset, seed: seed, limit: limit, isShuffled: start.isShuffled)
}
