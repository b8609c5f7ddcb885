import ArgumentParser
import Experiments
import RunStore
import Scheduling

/// `ablate clean`: removes runs that no experiment needs.
struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean", abstract: "Removes stale, failed and interrupted runs, and files that were left half-written.",
        discussion: "Finished runs that some experiment of the project asks for stay, and so does everything that is being trained.")

    @Argument(help: "Experiments, by their names; all when none is given.")
    var experiments: [String] = []

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only say what would be removed.")
    var dryRun = false

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let project = try Project.current()
        let workspace = Workspace(project, folders)
        // A run that one experiment has made may be used by another: what any of them asks for stays.
        var keeping: Set<RunIdentity> = []
        for name in Files.stems(in: project.experiments, ending: ".yaml") {
            let experiment = try loadExperiment(Files.spoken("\(project.experiments)/\(name).yaml"), project: project)
            keeping.formUnion(try workspace.specifications(of: experiment).map(\.identity))
        }
        let known = workspace.experimentsWithRuns
        for name in experiments where !known.contains(name) { throw Refusal("\(name) has no runs in \(workspace.results)") }
        var bytes = 0
        var count = 0
        for name in experiments.isEmpty ? known : experiments {
            let garbage = workspace.store.garbage(in: name, keeping: keeping)
            let removed = dryRun ? garbage : try workspace.store.remove(garbage)
            for item in removed {
                Output.result("\(dryRun ? "would remove" : "removed") \(Files.spoken(item.path)) (\(item.kind.spoken))\n")
                bytes += item.bytes
                count += 1
            }
        }
        Output.message(count == 0 ? "nothing to remove\n" : "\(grouped(bytes / 1000)) kB in \(counted(count, "place"))\n")
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
        }
    }
}
