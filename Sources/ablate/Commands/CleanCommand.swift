import ArgumentParser
import Experiments
import Projects
import RunStore
import Scheduling

/// `ablate clean`: removes runs that no experiment needs.
struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean", abstract: "Removes stale, failed and interrupted runs, and files that killed processes left.",
        discussion: """
            Finished runs that some experiment of the project asks for stay, and so does everything that is being trained. A run is stale while \
            its experiment's file asks for the same variant, seed and fold with other settings or data, and has no finished run for them yet. Other \
            finished runs that no file in experiments/ asks for, such as those of -S, are listed, and removed with --unlisted alone. While a file \
            cannot be judged, what it may ask for stays, too. Half-written files, \
            checkpoints in the folders of finished runs, and plain methods of other settings go too. So do tables of features in \
            data/cache/features whose run has gone; those that no file in experiments/ asks for are listed, and removed with --unlisted \
            alone. Only files that ablate writes are removed; anything else among them is told and left, and so are runs that cannot be \
            read or that a later version wrote.
            """)

    @Argument(help: "Experiments, by their names; all when none is given.")
    var experiments: [String] = []

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only say what would be removed.")
    var dryRun = false

    @Flag(help: "Also remove finished runs that no file in experiments/ asks for.")
    var unlisted = false

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let project = try Project.current()
        let workspace = Workspace(project, folders)
        let store = workspace.store
        try workspace.checkResults()
        let wanted = try WantedRuns(of: workspace)
        var code: ExitCode?
        // What is wrong with one file keeps nobody from clearing away what is left of others.
        for problem in wanted.problems { code = Verdict.pronounce(problem, outcome: "") }
        if code != nil { Output.message("ablate: warning: what these files may ask for stays as it is\n") }
        let known = workspace.experimentsWithRuns
        for name in experiments where !known.contains(name) { throw Refusal("\(name) has no runs in \(workspace.results)") }
        var bytes = 0
        var count = 0
        var (left, leftTables) = (0, 0)
        var gone: Set<RunIdentity> = []
        if experiments.isEmpty {
            tell(store.linksInRoot)
            for item in try dryRun ? store.garbageInRoot() : store.remove(store.garbageInRoot(), keeping: []).removed {
                tell(item, item.kind.spoken)
                bytes += item.bytes
                count += 1
            }
        }
        for name in experiments.isEmpty ? known : experiments {
            let (garbage, others) = store.garbage(in: name, keeping: wanted.identities)
            tell(others)
            let stale = wanted.stalePaths(in: name, store: store)
            let hasFile = wanted.experiments.contains(name)
            let isUnlisted = { (item: Garbage) in
                item.kind == .staleRun && !stale.contains(item.path) || item.kind == .stalePlainMethods && !hasFile
            }
            if !unlisted {
                for item in garbage where isUnlisted(item) && item.kind == .staleRun {
                    Output.result("kept \(Files.spoken(item.path)) (\(Self.unlistedWords))\n")
                    left += 1
                }
            }
            let chosen = garbage.filter { unlisted || !isUnlisted($0) }
            let (removed, foreign) = try dryRun ? (chosen, []) : store.remove(chosen, keeping: wanted.identities)
            for item in removed {
                tell(item, isUnlisted(item) ? Self.unlistedWords : item.kind.spoken)
                bytes += item.bytes
                count += 1
                if let run = item.run { gone.insert(run) }
            }
            tell(foreign)
        }
        if experiments.isEmpty {
            let (garbage, others) = workspace.featureGarbage(keeping: wanted, gone: gone)
            tell(others)
            if !unlisted {
                for item in garbage where item.kind == .unlisted {
                    Output.result("kept \(Files.spoken(item.path)) (\(Self.unlistedWords))\n")
                    leftTables += 1
                }
            }
            let chosen = garbage.filter { unlisted || $0.kind != .unlisted }
            for item in try dryRun ? chosen : workspace.remove(chosen) {
                tell(item.path, item.kind.spoken)
                bytes += item.bytes
                count += 1
            }
        }
        Output.message(count == 0 ? "nothing to remove\n" : "\(grouped(bytes / 1000)) kB in \(counted(count, "place"))\n")
        let kept = [left > 0 ? counted(left, "finished run") : nil, leftTables > 0 ? counted(leftTables, "feature table") : nil].compactMap(
            \.self)
        if !kept.isEmpty {
            Output.message("\(kept.joined(separator: " and ")) kept; --unlisted removes what no file in experiments/ asks for\n")
        }
        if let code { throw code }
    }

    private func tell(_ item: Garbage, _ reason: String) { tell(item.path, reason) }

    private func tell(_ path: String, _ reason: String) {
        Output.result("\(dryRun ? "would remove" : "removed") \(Files.spoken(path)) (\(reason))\n")
    }

    /// Some of them; in a folder of another program there may be many.
    private func tell(_ left: [LeftAlone]) {
        for item in left.prefix(Self.mostTold) { Output.message("ablate: warning: \(Files.spoken(item.description))\n") }
        if left.count > Self.mostTold { Output.message("ablate: warning: and \(left.count - Self.mostTold) more like these\n") }
    }

    private static let mostTold = 10
    fileprivate static let unlistedWords = "asked for by no file in experiments/"
}

extension FeatureGarbage.Kind {
    /// Why it is garbage, in a few words.
    fileprivate var spoken: String {
        switch self {
        case .temporaryFile: "half-written file"
        case .ofGoneRun: "features of a run that has gone"
        case .unlisted: CleanCommand.unlistedWords
        }
    }
}

extension Garbage.Kind {
    /// Why it is garbage, in two words.
    fileprivate var spoken: String {
        switch self {
        case .temporaryFile: "half-written file"
        case .staleRun: "stale run"
        case .interruptedRun: "interrupted run"
        case .failedRun: "failed run"
        case .damagedRun: "damaged run"
        case .leftOver: "left over in a finished run"
        case .stalePlainMethods: "stale plain methods"
        }
    }
}
