import Documents
import Experiments
import Settings

/// Reads an experiment's file, with the changes of `-S` and, when given, the seeds 1 … `seeds`.
func loadExperiment(_ file: String, project: Project, settings: [String] = [], seeds: Int? = nil) throws -> Experiment {
    let name = try project.name(of: file)
    if let twin = project.files.first(where: { $0.name == name && Files.absolute($0.path) != Files.absolute(file) }) {
        throw Refusal("\(Files.spoken(file)) and \(twin.path) are both called \(name), and would share \(name)/ of the results; rename one")
    }
    let folders = [project.root.isEmpty ? "/" : project.root, Files.folder(of: Files.absolute(file))].compactMap(Files.withoutLinks)
    return try Experiment.load(
        file, name: name, overrides: settings, seedCount: seeds, projectRoot: project.root, currentFolder: Files.currentFolder
    ) { path throws(Diagnostics) in
        // A file that is extended lies in the project, also behind links.
        if path != file, let real = Files.withoutLinks(path), !folders.contains(where: { real.hasPrefix($0 == "/" ? $0 : $0 + "/") }) {
            throw Diagnostics(
                Diagnostic(file: path, message: "it is a link to what lies outside the project", help: "extends takes files of the project")
            )
        }
        return try Source.load(path)
    }
}
