import ArgumentParser
import Datasets
import Projects
import Scheduling

/// `ablate data`: the data sets of the catalogue.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Lists, shows, fetches and verifies data sets.",
        subcommands: [DataListCommand.self, DataPreviewCommand.self, DataFetchCommand.self, DataVerifyCommand.self])
}

/// `ablate data list`.
struct DataListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the catalogue.")

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let workspace = Workspace(try .current(), folders)
        var table = TextTable([("data set", .left), ("rows", .right), ("what it is", .left), ("licence", .left)])
        for entry in try workspace.entries([]) { table.add([entry.name, grouped(entry.rows), entry.title, entry.licence]) }
        Output.result(table.lines.joined(separator: "\n") + "\n")
    }
}

/// `ablate data fetch`.
struct DataFetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Fetches data sets: from the mirrors that ABLATE_MIRROR names, else from their public addresses.")

    @Argument(help: "Names of the catalogue; all when none is given.")
    var names: [String] = []

    @Option(
        name: .customLong("from"), help: "A file that you have by hand, such as from behind a login: it is kept when its content is right.")
    var file: String?

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        if file != nil, names.count != 1 { throw ValidationError("--from goes with the name of one data set") }
    }

    func run() throws {
        let workspace = Workspace(try .current(), folders)
        var failed = false
        for entry in try workspace.entries(names) {
            do {
                if let file { try workspace.data.fetch(entry, from: file) }
                try workspace.data.fetch(entry) { tellProgress($0) }
                Output.result("\(entry.name): present, its content is right\n")
            } catch {
                failed = true
                let code = Verdict.pronounce(error)
                if code == .interrupted { throw code }
            }
        }
        if failed { throw ExitCode.wrongInput }
    }
}

/// `ablate data verify`.
struct DataVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compares the content of data sets with the digests of the catalogue. Nothing is fetched.")

    @Argument(help: "Names of the catalogue; all when none is given.")
    var names: [String] = []

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let workspace = Workspace(try .current(), folders)
        var failed = false
        for entry in try workspace.entries(names) {
            do {
                let isThere = try workspace.data.verify(entry)
                Output.result("\(entry.name): \(isThere ? "right" : "not fetched")\n")
                if !isThere, !names.isEmpty { failed = true }
            } catch {
                failed = true
                _ = Verdict.pronounce(error)
            }
        }
        if failed { throw ExitCode.runFailed }
    }
}

extension Workspace {
    /// The entries of these names, or all.
    fileprivate func entries(_ names: [String]) throws -> [CatalogueEntry] {
        guard !data.catalogue.names.isEmpty else { throw data.noCatalogue }
        return try (names.isEmpty ? data.catalogue.names : names).map { try data.entry(named: $0) }
    }
}
