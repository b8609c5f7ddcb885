import Documents

/// A project's folder: the one that holds `experiments/`, found from the current folder upwards; beside it lie `data/` and `results/`.
public struct Project: Sendable {
    /// The folder's absolute path.
    public let root: String

    /// The folder of the experiments' files.
    public var experiments: String { root + "/experiments" }
    /// The folder of the catalogue, and of the cache of encoded data sets.
    public var data: String { root + "/data" }
    /// The folder of reports and runs.
    public var results: String { root + "/results" }

    /// The project in this folder; an absolute path, empty for the root of the file system.
    public init(root: String) {
        self.root = root
    }

    /// The experiments' files, `.yaml` and `.yml`, with their stems, in the order of the stems.
    public var files: [(name: String, path: String)] {
        Self.endings.flatMap { ending in
            Files.stems(in: experiments, ending: ending).map { (name: $0, path: Files.spoken("\(experiments)/\($0)\(ending)")) }
        }.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
    }

    /// What an experiment is called, and so the folder of its results: the stem of a file in `experiments/`; the path of any other file of the project, with
    /// a minus for every slash, so that a copy of a file keeps apart from it.
    ///
    /// Refuses a name that no folder of results can have, such as the `..` of a file `...yaml`.
    public func name(of file: String) throws(Refusal) -> String {
        let name = unchecked(nameOf: Files.absolute(file))
        guard !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 200,
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw Refusal(
                "\(Files.spoken(file).printableLine): an experiment is called as its file, and \"\(name.printableLine)\" cannot be the name of its folder of results",
                help:
                    "a name begins with another character than a full stop, has no control characters and at most 200 bytes; rename the file"
            )
        }
        return name
    }

    private func unchecked(nameOf path: String) -> String {
        for folder in [experiments, root] where path.hasPrefix(folder + "/") {
            let inside = path.dropFirst(folder.count + 1)
            guard let end = inside.lastIndex(of: "."), end > (inside.lastIndex(of: "/") ?? inside.startIndex) else { break }
            return String(inside[..<end].replacing("/", with: "-"))
        }
        return Files.stem(of: path)
    }

    private static let endings = [".yaml", ".yml"]

    /// The nearest project at or above a folder.
    public static func containing(_ folder: String) -> Project? {
        var folder = Files.absolute(folder)
        while true {
            if Files.isFolder(folder + "/experiments") { return Project(root: folder == "/" ? "" : folder) }
            guard folder != "/", !folder.isEmpty else { return nil }
            folder = Files.folder(of: folder)
        }
    }

    /// The project that the user stands in.
    public static func current() throws -> Project {
        guard let project = containing(Files.currentFolder) else {
            throw Refusal(
                "there is no folder experiments/ here or above (\(Files.currentFolder)); go to a project, or name a file by its path")
        }
        return project
    }

    /// An experiment's file and its project. Something with a slash or an ending is a path, anything else the stem of a file in `experiments/`.
    /// The project of a file that lies in none is the file's own folder.
    public static func locate(_ experiment: String) throws -> (file: String, project: Project) {
        if isPath(experiment) {
            if !Files.isFile(experiment), let project = containing(Files.currentFolder),
                let meant = project.files.first(where: { Files.absolute($0.path) == "\(project.experiments)/\(experiment)" })
            {
                throw Refusal("there is no file \(experiment) here", help: "did you mean \(meant.path)?")
            }
            let folder = Files.folder(of: Files.absolute(experiment))
            return (experiment, containing(folder) ?? Project(root: folder))
        }
        let project = try current()
        guard let file = project.files.first(where: { $0.name == experiment })?.path else {
            let known = project.files.map(\.name)
            throw Refusal(
                "there is no experiment \"\(experiment)\" in \(Files.spoken(project.experiments))",
                help: Suggestion.help(for: experiment, among: known, called: "there are"))
        }
        return (file, project)
    }

    /// Whether the user names an experiment by its path, not by its stem.
    public static func isPath(_ experiment: String) -> Bool {
        experiment.contains("/") || endings.contains { experiment.hasSuffix($0) }
    }
}
