import ArgumentParser
import Datasets
import Documents
import RunStore
import Scheduling

/// Something that the user asked for and that cannot be done, without a place in a file.
struct Refusal: Error {
    let message: String
    let help: String?
    let exitCode: ExitCode

    /// What was found and what to do; by default the input is wrong.
    init(_ message: String, help: String? = nil, exitCode: ExitCode = .wrongInput) {
        self.message = message
        self.help = help
        self.exitCode = exitCode
    }
}

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
            return refusal.exitCode
        case let error as StoreError:
            say(error.description)
            return .runFailed
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

    /// The error in words, for a log or a record.
    static func words(of error: any Error) -> String {
        switch error {
        case let findings as Diagnostics: findings.rendered()
        case let refusal as Refusal: refusal.message.printable
        default: "\(error)".printable
        }
    }

    private static func say(_ text: String) {
        Output.message("ablate: error: \(text)\n")
    }
}
