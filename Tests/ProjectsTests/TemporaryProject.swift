import Foundation
import Projects
import RunStore

/// A project in a temporary folder that goes with the value: a small table and an experiment of two variants and two seeds.
final class TemporaryProject {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString)").resolvingSymlinksInPath().path
        let rows = (0..<40).map { "\($0 * 7 % 40),\($0 * 3 % 40),\($0 * 2 - 5)\n" }
        try write("a,b,y\n" + rows.joined(), to: "data/table.csv")
        try write(Self.width, to: "experiments/width.yaml")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func write(_ text: String, to path: String) throws {
        let file = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    var project: Project { Project(root: folder) }

    var workspace: Workspace { Workspace(project) }

    /// The experiment, or the part of it that is asked for.
    func prepared(settings: [String] = [], only: [String] = [], seeds: Int? = nil) throws -> PreparedExperiment {
        try PreparedExperiment(
            file: "\(folder)/experiments/width.yaml", settings: settings, only: only, seeds: seeds, workspace: workspace,
            store: workspace.store, checking: .contents)
    }

    static let width = """
        title: Does width matter?
        dataset: {csv: data/table.csv}
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {y: {encode: numeric}}
        split: {validation: {first: 10}}
        model:
          mlp: {hidden: [4], activation: tanh, output: linear}
        training: {loss: mse, optimizer: adam, batch_size: 8, epochs: 3}
        seeds: 2
        ablate:
          wide: {model.mlp.hidden: [8]}

        """
}
