import ArgumentParser
import Experiments
import Projects
import RunStore

/// `ablate compare`: what differs between two runs, variants or experiments.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Shows side by side what differs between two runs, variants or experiments.",
        discussion: """
            A run is named by the first digits (4 or more) of its identity, a variant as experiment:variant; an experiment alone stands for its baseline, and two \
            experiments are compared variant by variant as well. Differences are the second minus the first, paired by seed and fold.
            """)

    @Argument(help: "A run, a variant or an experiment.")
    var first: String

    @Argument(help: "What it is compared with.")
    var second: String

    @Flag(help: "Show all settings, also those that are the same.")
    var all = false

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let workspace = Workspace(try Project.current(), folders, takesRecordedFeatures: true)
        let (one, other) = (try workspace.group(named: first), try workspace.group(named: second))
        var text = ComparisonText(one, other, showsAll: all).text
        if let left = one.experiment, let right = other.experiment {
            let shared = left.variants.dropFirst().filter { variant in right.variants.contains { $0.name == variant.name } }
            let pairs = shared.compactMap { variant -> (RunGroup, RunGroup)? in
                guard let one = try? workspace.group(of: variant.name, in: left),
                    let other = try? workspace.group(of: variant.name, in: right)
                else { return nil }
                return (one, other)
            }
            text += ComparisonText.variants(pairs, metric: left.selection.metric)
        }
        Output.warn(workspace.notesOnFeatures)
        Output.result(text)
    }
}
