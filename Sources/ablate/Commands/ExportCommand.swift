import ArgumentParser
import Projects
import Scheduling

/// `ablate export`: a trained model by itself.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a trained model into a folder of its own: weights, encoders, settings and a card.",
        discussion: """
            All finished seeds and folds of the variant go into the folder, and their mean answers, as in ablate predict; --seed and --run choose. \
            ablate predict FOLDER needs no data set and no project.
            Examples: ablate export wine-baseline -o wine-model; ablate export wine-capacity --variant wide --seed 1 --onnx -o wide
            """)

    @Argument(help: "The first digits (4 or more) of a run's identity, or an experiment, or experiment:variant (baseline unless named).")
    var subject: String

    @Option(help: ArgumentHelp("The variant, where it is not named behind a colon.", valueName: "variant"))
    var variant: String?

    @Option(help: "Only the run of this seed (with folds: those).")
    var seed: Int?

    @Option(name: .customLong("run"), help: ArgumentHelp("Only the run whose identity begins so.", valueName: "digits"))
    var runDigits: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
    var output: String

    @Flag(help: "Write model.onnx too; refused where the network or an encoding has no ONNX operators.")
    var onnx = false

    @Flag(help: "Replace the exported model that is in the folder.")
    var force = false

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        if variant != nil, subject.contains(":") { throw ValidationError("name the variant once: behind the colon, or with --variant") }
    }

    func run() throws {
        let path = Files.absolute(output)
        try ModelFolder.check(path, replaces: force)
        var subject = try PredictionSubject(named: variant.map { "\(self.subject):\($0)" } ?? self.subject) {
            Workspace($0, folders, takesRecordedFeatures: true)
        }
        Output.warn(subject.warnings)
        Output.warn(subject.workspace.notesOnFeatures)
        if subject.runsWithoutWeights > 0 {
            Output.message("\(counted(subject.runsWithoutWeights, "run")) more are left out: the weights were removed, as keep has it\n")
        }
        try subject.keep(seed: seed, run: runDigits)
        let model = try subject.model()
        let network = onnx ? try model.onnx() : nil
        let card = ModelCard(
            model, source: subject.source, ranges: try subject.dataset(RunSplit(of: model.runs[0], model.settings)).trainedRanges,
            estimates: subject.estimates, hasONNX: onnx)
        try ModelFolder.write(model, card: card.text, onnx: network, to: path, replaces: force)
        let what = "\(model.experiment), \(model.variant), \(counted(model.runs.count, "run"))"
        let spoken = Files.spoken(path)
        if case .features = model.settings.dataset {
            Output.message("note: the model takes \(model.settings.dataset.spoken); it does not hold what makes them of rows\n")
        }
        Output.result("\(what): \(spoken) is written; ablate predict \(Self.named(spoken).shellWord) --csv FILE asks it\n")
    }

    /// A folder's name that no experiment can have.
    private static func named(_ path: String) -> String { path.contains("/") ? path : "./\(path)" }
}
