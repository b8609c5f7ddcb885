import Documents
import Experiments

extension Project {
    /// Reads an experiment's file, with changes such as `training.epochs=5` and, when given, the seeds 1 … `seeds`.
    public func experiment(_ file: String, settings: [String] = [], seeds: Int? = nil) throws -> Experiment {
        let name = try name(of: file)
        if let twin = files.first(where: { $0.name == name && Files.absolute($0.path) != Files.absolute(file) }) {
            throw Refusal(
                "\(Files.spoken(file)) and \(twin.path) are both called \(name), and would share \(name)/ of the results; rename one")
        }
        let folders = [root.isEmpty ? "/" : root, Files.folder(of: Files.absolute(file))].compactMap(Files.withoutLinks)
        return try Experiment.load(
            file, name: name, overrides: settings, seedCount: seeds, projectRoot: root, currentFolder: Files.currentFolder
        ) { path throws(Diagnostics) in
            // A file that is extended lies in the project, also behind links.
            if path != file, let real = Files.withoutLinks(path), !folders.contains(where: { real.hasPrefix($0 == "/" ? $0 : $0 + "/") }) {
                throw Diagnostics(
                    Diagnostic(
                        file: path, message: "it is a link to what lies outside the project", help: "extends takes files of the project"))
            }
            return try Source.load(path)
        }
    }
}
