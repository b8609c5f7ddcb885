import Datasets
import NeuralNetworks
import Settings

/// The way to train a trial, prepared on the examples of a run.
///
/// - Parameter isShuffled: whether the rows are reordered every epoch.
func procedure(
    for trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, isShuffled: Bool
) throws -> any TrainingProcedure {
    let training = trial.settings.training
    if training.loss.kind == .contrastiveDivergence, let machine = BoltzmannMachine(trial.network) {
        return try ContrastiveTraining(machine, of: trial, on: dataset, seed: seed, limit: limit, isShuffled: isShuffled)
    }
    if let pretrain = training.pretrain {
        return try PretrainedTraining(pretrain, of: trial, on: dataset, seed: seed, limit: limit, isShuffled: isShuffled)
    }
    return try SupervisedTraining(trial, on: dataset, seed: seed, limit: limit, isShuffled: isShuffled)
}
