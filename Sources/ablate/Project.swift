import Documents

/// A project's folder: the one that holds `experiments/`, found from the current folder upwards; beside it lie `data/` and `results/`.
struct Project {
    /// The folder's absolute path.
    let root: String

    var experiments: String { root + "/experiments" }
    var data: String { root + "/data" }
    var results: String { root + "/results" }

    /// The nearest project at or above a folder.
    static func containing(_ folder: String) -> Project? {
        var folder = Files.absolute(folder)
        while true {
            if Files.isFolder(folder + "/experiments") { return Project(root: folder == "/" ? "" : folder) }
            guard folder != "/", !folder.isEmpty else { return nil }
            folder = Files.folder(of: folder)
        }
    }

    /// The project that the user stands in.
    static func current() throws -> Project {
        guard let project = containing(Files.currentFolder) else {
            throw Refusal(
                "there is no folder experiments/ here or above (\(Files.currentFolder)); go to a project, or name a file by its path")
        }
        return project
    }

    /// An experiment's file and its project. Something with a slash or an ending is a path, anything else the stem of a file in `experiments/`.
    /// The project of a file that lies in none is the file's own folder.
    static func locate(_ experiment: String) throws -> (file: String, project: Project) {
        if experiment.contains("/") || experiment.hasSuffix(".yaml") || experiment.hasSuffix(".yml") {
            let folder = Files.folder(of: Files.absolute(experiment))
            return (experiment, containing(folder) ?? Project(root: folder))
        }
        let project = try current()
        let file = "\(project.experiments)/\(experiment).yaml"
        guard Files.isFile(file) else {
            let known = Files.stems(in: project.experiments, ending: ".yaml")
            throw Refusal(
                "there is no experiment \"\(experiment)\" in \(Files.spoken(project.experiments))",
                help: Suggestion.help(for: experiment, among: known, called: "there are"))
        }
        return (Files.spoken(file), project)
    }
}
