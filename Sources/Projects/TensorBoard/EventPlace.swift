import Experiments
import FileSystem
import RunStore
import Settings
import TensorBoard

/// Where the files for TensorBoard go that a run is to have.
struct EventPlace: Codable, Sendable {
    /// The folder that TensorBoard is pointed to, an absolute path.
    let root: String
    /// Histograms of the weights every so many epochs; 0: never.
    let histograms: Int

    /// That of a variant's runs: the folder that the user named on the command line, else the one of the variant's settings; nil where there is neither.
    init?(_ variant: Variant, asked: String?, project: Project) {
        let settings = variant.trial.settings.training.tensorBoard
        guard let root = asked.map(Files.absolute) ?? settings.map({ "\(project.root)/\($0.folder)" }) else { return nil }
        self.root = root
        histograms = (settings ?? TensorBoardSettings(folder: root)).histograms
    }

    /// Opens what is there of a run: `ROOT/EXPERIMENT/VARIANT/seed-1`, and `fold-1` in it where there are folds.
    func events(of run: RunSpecification) throws(FileFault) -> RunEvents {
        let path = [run.experiment, run.variant, "seed-\(run.seed)"] + (run.fold.map { ["fold-\($0)"] } ?? [])
        return try RunEvents(in: root, path, identity: run.identity.hex)
    }
}
