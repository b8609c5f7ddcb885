import ArgumentParser
import Datasets
import Documents
import Projects
import RunStore

/// The one place where errors of all modules become words on standard error and an exit code.
enum Verdict {
    /// Prints the error and answers the exit code that it stands for. `outcome` says what follows from errors in a file.
    static func pronounce(_ error: any Error, outcome: String = "nothing was started") -> ExitCode {
        switch error {
        case let code as ExitCode:
            return code
        case let findings as Diagnostics:
            show(findings, outcome: outcome)
            return .wrongInput
        case let finding as Diagnostic:
            show(Diagnostics(finding), outcome: outcome)
            return .wrongInput
        case let refusal as Refusal:
            say(refusal.message + (refusal.help.map { "; \($0)" } ?? ""))
            return ExitCode(refusal.cause)
        case let wanted as FeaturesWanted:
            return pronounce(Refusal(wanted), outcome: outcome)
        case let error as StoreError:
            say(error.description)
            return .runFailed
        case let file as DamagedFile:
            say(file.description)
            return .runFailed
        case DatasetError.interrupted:
            Output.message("interrupted\n")
            return .interrupted
        case let error as DatasetError:
            say(error.description)
            return .wrongInput
        case let errors as DatasetErrors:
            for error in errors.all { say(error.description) }
            return .wrongInput
        default:
            let code = Ablate.exitCode(for: error)
            let text = Ablate.fullMessage(for: error)
            if code.isSuccess {
                Output.result(text.hasSuffix("\n") ? text : text + "\n")
                return .success
            }
            let head = "Error: "
            Output.message("\(text.hasPrefix(head) ? "ablate: error: \(text.dropFirst(head.count))" : text)\n")
            return .wrongInput
        }
    }

    /// Prints findings about files as they are.
    static func show(_ findings: Diagnostics, outcome: String? = "nothing was started") {
        Output.styled(findings.rendered(outcome: outcome, color: Environment.standardError.hasColours))
    }

    private static func say(_ text: String) {
        Output.message("ablate: error: \(text)\n")
    }
}
