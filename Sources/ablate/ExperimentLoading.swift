import Documents
import Experiments

/// Reads an experiment's file, with the changes of `-S` and, when given, the seeds 1 … `seeds`.
func loadExperiment(_ file: String, project: Project, settings: [String] = [], seeds: Int? = nil) throws -> Experiment {
    try Experiment.load(
        file, overrides: settings, seedCount: seeds, projectRoot: project.root, currentFolder: Files.currentFolder, read: Source.load)
}
