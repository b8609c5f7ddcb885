import Projects
import Reports
import RunStore
import Settings

extension PreparedExperiment {
    /// What the options ask for. `results` moves the store elsewhere.
    init(
        _ options: ExperimentOptions, _ folders: FolderOptions, results: String? = nil, checking: Checking, isOnlyTried: Bool = false,
        takesRecordedFeatures: Bool = false
    ) throws {
        let (file, project) = try Project.locate(options.experiment)
        let workspace = Workspace(project, folders, takesRecordedFeatures: takesRecordedFeatures)
        try self.init(
            file: file, settings: options.settings, only: options.only, seeds: options.seeds, workspace: workspace,
            store: results.map { RunStore(root: $0) } ?? workspace.store, checking: checking, isOnlyTried: isOnlyTried)
    }

    /// Tells what must be known of the data, and damaged files.
    func tellWarnings() {
        tellNotices(variants.flatMap(\.notices).map(\.sentence))
        for name in absentData {
            Output.message("\(Files.spoken(name)) is not available: finished runs are found by the data that their records name\n")
        }
        Output.warn(warnings + plainMethodWarnings)
    }

    /// Writes the report and says where it is, or prints it when it is an `excerpt`. Answers how many of the runs that were asked for are not
    /// finished.
    func tellReport(excerpt: ReportExcerpt?, as format: ReportFormat = .markdown) throws -> Int {
        guard let excerpt else {
            let (written, news) = try writeReport(as: format)
            Output.warn(news.warnings)
            let path = Files.spoken(written)
            Output.result(Environment.standardOutput.isLive ? "→ \(path)\n" : "\(path)\n")
            return news.unfinished
        }
        let ownCommand = (["ablate"] + CommandLine.arguments.dropFirst()).map(\.shellWord).joined(separator: " ")
        let (text, news) = try self.excerpt(excerpt, as: format, command: ownCommand)
        Output.warn(news.warnings)
        Output.result(text)
        return news.unfinished
    }
}

extension Workspace {
    /// A project with its folders, as the options may have moved them.
    init(_ project: Project, _ folders: FolderOptions, isOffline: Bool = false, takesRecordedFeatures: Bool = false) {
        self.init(
            project, data: folders.data, results: folders.results, mirrors: Environment.mirrors, isOffline: isOffline,
            takesRecordedFeatures: takesRecordedFeatures, progress: { tellProgress($0) })
    }
}
