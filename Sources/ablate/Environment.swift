import FoundationEssentials
import Projects
import Scheduling

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the surroundings say.
enum Environment {
    static let variables = ProcessInfo.processInfo.environment

    static let standardError = Terminal(descriptor: STDERR_FILENO, environment: variables)
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO, environment: variables)

    /// Folders with copies of public data sets: `ABLATE_MIRROR`, separated by colons.
    static var mirrors: [String] {
        (variables["ABLATE_MIRROR"] ?? "").split(separator: ":").map { Files.absolute(String($0)) }
    }

    /// The least time between two checkpoints of a run: `ABLATE_CHECKPOINT_SECONDS`, 5 without it.
    static var checkpointInterval: Duration {
        .seconds(variables["ABLATE_CHECKPOINT_SECONDS"].flatMap(Double.init).flatMap { (0...1e9).contains($0) ? $0 : nil } ?? 5)
    }

    /// As many workers as there are processors that this process may use.
    static var processorCount: Int {
        ProcessInfo.processInfo.activeProcessorCount
    }

    /// This executable.
    static var executable: String {
        #if os(Linux)
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        #endif
        return CommandLine.arguments.first ?? "ablate"
    }
}
