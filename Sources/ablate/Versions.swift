import TensorEngine

/// The versions that a record names, and the instructions that decide its bits.
enum Versions {
    /// The program's own.
    static let ablate = "0.1.0"

    /// The compiler's.
    static var swift: String {
        #if compiler(>=6.4)
        "6.4 or newer"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }

    static var all: [String: String] {
        ["ablate": ablate, "instructions": InstructionSet.built.rawValue, "swift": swift]
    }
}
