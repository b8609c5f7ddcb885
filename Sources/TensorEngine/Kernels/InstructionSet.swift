import CVector

/// The instructions that kernels are compiled for: bits follow them, so figures compare within one set.
///
/// `make MARCH=x86-64-v3` builds for AVX2 on any machine; without it the processor that builds decides. oneDNN, which would choose for itself
/// by the processor and by the environment, is held to the same set.
public enum InstructionSet: String, Sendable, CaseIterable {
    /// What every processor of the kind has: SSE2, or NEON.
    case baseline
    /// AVX2 with fused multiplication and addition.
    case avx2 = "AVX2"
    /// AVX-512 with its byte, double-word and short-vector instructions.
    case avx512 = "AVX-512"

    /// That of this build.
    public static var built: InstructionSet {
        let bits = cvector_built_for()
        if bits & Self.avx512Bits == Self.avx512Bits { return .avx512 }
        return bits & Self.avx2Bits == Self.avx2Bits ? .avx2 : .baseline
    }

    /// Whether the processor at hand has every instruction that this build may use.
    public static var isAtHand: Bool {
        cvector_built_for() & ~cvector_processor_has() == 0
    }

    /// The bits of `cvector_built_for` that stand for AVX2 and FMA.
    private static let avx2Bits: UInt32 = 0b11
    /// Those of AVX-512 F, BW, DQ and VL.
    private static let avx512Bits: UInt32 = 0b111_1000
}
