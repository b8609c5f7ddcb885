import ArgumentParser
import Documents
import Projects
import Scheduling
import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The command line. Every error of every command ends in `Verdict`, which knows the words and the exit code.
@main
struct Ablate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ablate", abstract: "Runs an experiment from one YAML file and reports what it found.",
        discussion: """
            An experiment is named by its path, or by its stem when it lies in experiments/.
            Exit codes: 0 done, 1 a run or a claim failed, 2 the input is wrong and nothing was started, 130 interrupted.
            """,
        version: Versions.ablate,
        subcommands: [
            InitCommand.self, ValidateCommand.self, PlanCommand.self, RunCommand.self, ReportCommand.self, CheckCommand.self,
            IndexCommand.self,
            ListCommand.self, ShowCommand.self, CompareCommand.self, PredictCommand.self, PredictionsCommand.self, TableCommand.self,
            ExportCommand.self, SchemaCommand.self, DataCommand.self,
            CleanCommand.self,
            WorkerCommand.self,
        ])

    static func main() {
        checkArguments()
        // A closed pipe is an error of the write, told or not told there.
        signal(SIGPIPE, SIG_IGN)
        var outcome = "nothing was started"
        do {
            try checkProcessor()
            try checkCommand()
            var command = try parseAsRoot()
            if command is CleanCommand { outcome = "nothing was removed" }
            if command is ShowCommand || command is ListCommand || command is CompareCommand || command is PredictionsCommand
                || command is TableCommand
            {
                outcome = ""
            }
            try command.run()
        } catch {
            leave(with: Verdict.pronounce(error, outcome: outcome))
        }
    }

    /// Kernels that the processor does not know would end the program with a signal.
    private static func checkProcessor() throws {
        guard InstructionSet.isAtHand else {
            throw Refusal(
                "this ablate is built for \(InstructionSet.built.rawValue), which this processor lacks",
                help: "build it on this machine, or with make MARCH=x86-64-v3")
        }
    }

    /// The program's own name is always among the words of a command line. On Linux they are read from /proc.
    private static func checkArguments() {
        guard CommandLine.arguments.isEmpty else { return }
        Output.message(
            "ablate: error: the command line cannot be read, because /proc is not mounted; mount it first: mount -t proc proc /proc\n")
        leave(with: .wrongInput)
    }

    /// A word that is no command gets the nearest one for an answer.
    private static func checkCommand() throws {
        var commands = configuration.subcommands
        for word in CommandLine.arguments.dropFirst() {
            guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
            guard let command = commands.first(where: { $0.configuration.commandName == word }) else {
                let names = commands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
                throw Refusal("unknown command \"\(word)\"", help: Suggestion.help(for: word, among: names, called: "commands"))
            }
            commands = command.configuration.subcommands
        }
    }
}

private func leave(with code: ExitCode) -> Never {
    exit(code.rawValue)
}
