import Datasets
import Settings

/// The way to train a trial, prepared on the examples of a run.
///
/// - Parameter isShuffled: whether the rows are reordered every epoch.
func procedure(
    for trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, isShuffled: Bool
) throws -> any TrainingProcedure {
    try SupervisedTraining(trial, on: dataset, seed: seed, limit: limit, isShuffled: isShuffled)
}
