import ArgumentParser
import Datasets
import Documents
import Processes
import Projects
import Scheduling

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `ablate init`: writes a first experiment.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a first experiment file, from a table's own columns when one is given.",
        discussion: "Without a table it is about the red wines that come with the project. An existing file is never overwritten.")

    @Argument(
        help:
            "A table (CSV, TSV or lines of JSON, also compressed), lines of text with labels, a NumPy file, running text, images in the IDX format, or texts or pictures by class."
    )
    var table: String?

    @Option(help: "The column to predict; the last one unless said.")
    var target: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write (experiments/ and the table's name unless said).", valueName: "file"))
    var output: String?

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let project = Project.containing(Files.currentFolder) ?? Project(root: Files.currentFolder)
        let data = Workspace(project, folders).data
        let view: SourceView
        let dataset: PlainValue
        if let table {
            guard let source = RawSource(userPath: table) else { throw Refusal("\(table): No such file or directory") }
            view = try SourceView(source, in: data)
            dataset = view.dataset(in: project)
        } else {
            view = try SourceView(.catalogue(data.entry(named: "wine")), in: data)
            dataset = .text("wine")
        }
        let suggestion = try EncodingSuggestion(view.profile, target: target)
        let starter = StarterExperiment(dataset: dataset, profile: view.profile, suggestion: suggestion)
        let path = Files.absolute(output ?? "\(project.experiments)/\(name).yaml")
        try Self.write(starter.text, to: path)
        view.tellNotes()
        tellNotices(view.profile.notices)
        let left = suggestion.dropped.isEmpty ? "" : "\(counted(suggestion.dropped.count, "column")) left out, the file says why; "
        Output.result("\(Files.spoken(path)) is written; \(left)look at it, then: ablate run \(shortName(of: path, in: project))\n")
    }

    /// The experiment's name, of the table's letters and digits.
    private var name: String {
        guard let table else { return "first" }
        let stem = (table.split(separator: "/").last ?? "table").prefix { $0 != "." }
        let letters = stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let trimmed = String(letters).split(separator: "-").joined(separator: "-")
        return trimmed.isEmpty ? "table" : trimmed
    }

    private func shortName(of path: String, in project: Project) -> String {
        Files.folder(of: path) == project.experiments && path.hasSuffix(".yaml") ? Files.stem(of: path) : Files.spoken(path)
    }

    private static func write(_ text: String, to path: String) throws {
        let folder = Files.folder(of: path)
        if !Files.isFolder(folder), mkdir(folder, 0o755) != 0 { throw refusal(folder, errno) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw Refusal("\(Files.spoken(path)) already exists and is not overwritten", help: "name another file with --output")
            }
            throw refusal(path, errno)
        }
        defer { close(descriptor) }
        guard writeAll(text.utf8, to: descriptor) else { throw refusal(path, errno) }
    }

    private static func refusal(_ path: String, _ code: Int32) -> Refusal {
        Refusal("\(Files.spoken(path)): \(String(cString: strerror(code)))")
    }
}

extension SourceView {
    /// How an experiment file names the data: the path from the project's folder, and what is to be said of its format.
    fileprivate func dataset(in project: Project) -> PlainValue {
        let (kind, path, settings): (String, String, [PlainValue.Member]) =
            switch source {
            case .catalogue(let entry): ("", entry.name, [])
            case .csv(let path, let format, _): (format.isJSONLines ? "jsonl" : "csv", path, found)
            case .lines(let path, let format): ("lines", path, format.label == .last ? [.init("label", .text("last"))] : [])
            case .numpy(let path): ("numpy", path, [])
            case .folder(let path): ("folder", path, [])
            case .text(let path): ("text", path, [])
            case .images(let path): ("images", path, [])
            case .idx(let files): ("idx", files.images, [])
            }
        let spoken = project.spoken(path)
        if case .idx(let files) = source { return .map([.init(kind, files.settings(in: project))]) }
        let value: PlainValue = settings.isEmpty ? .text(spoken) : .map([.init("path", .text(spoken))] + settings)
        return .map([.init(kind, value)])
    }
}

extension IDXFiles {
    fileprivate func settings(in project: Project) -> PlainValue {
        let files = [("images", images), ("labels", labels), ("test_images", testImages), ("test_labels", testLabels)]
        return .map(files.compactMap { key, path in path.map { .init(key, .text(project.spoken($0))) } })
    }
}

extension Project {
    /// A path as an experiment file names it: from the project's folder, where it lies there.
    fileprivate func spoken(_ path: String) -> String {
        let absolute = Files.absolute(path)
        return absolute.hasPrefix(root + "/") ? String(absolute.dropFirst(root.count + 1)) : absolute
    }
}
