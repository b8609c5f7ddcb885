import ArgumentParser
import Projects

extension ExitCode {
    /// A run, or a claim, failed.
    static let runFailed = ExitCode(1)
    /// The input is wrong; nothing was started.
    static let wrongInput = ExitCode(2)
    /// The user stopped it.
    static let interrupted = ExitCode(130)

    /// The code that tells what is to blame for a refusal.
    init(_ cause: Refusal.Cause) {
        switch cause {
        case .wrongInput: self = .wrongInput
        case .failure: self = .runFailed
        }
    }
}
