import FoundationEssentials
import TensorEngine

/// The versions that a record names, and what else decides its bits: the instructions of the build and, where the environment sets it, how the C library
/// chooses among its mathematical functions. What oneDNN and OpenMP would take from the environment does not count: the engine overrules it.
public enum Versions {
    /// The program's own.
    public static let ablate = "0.1.0"

    /// The compiler's.
    public static var swift: String {
        #if compiler(>=6.4)
        "6.4 or newer"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }

    /// All of them, by name.
    public static var all: [String: String] {
        var all = ["ablate": ablate, "instructions": InstructionSet.built.rawValue, "swift": swift]
        all["GLIBC_TUNABLES"] = ProcessInfo.processInfo.environment["GLIBC_TUNABLES"]
        return all
    }
}
