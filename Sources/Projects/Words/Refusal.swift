/// Something that the user asked for and that cannot be done, without a place in a file.
public struct Refusal: Error {
    /// What is to blame.
    public enum Cause: Sendable, Hashable {
        /// What the user gave is wrong; nothing was started.
        case wrongInput
        /// Something that was under way failed.
        case failure
    }

    /// What was found.
    public let message: String
    /// What to do about it.
    public let help: String?
    /// What is to blame.
    public let cause: Cause

    /// What was found and what to do; by default the input is wrong.
    public init(_ message: String, help: String? = nil, cause: Cause = .wrongInput) {
        self.message = message
        self.help = help
        self.cause = cause
    }
}
