import Documents

/// Which sizes of gradients are among the figures of an epoch.
public enum GradientNormSettings: Hashable, Sendable {
    /// None.
    case off
    /// Each layer's.
    case layers
    /// Each layer's, and for each recurrent layer those of the steps that it reads.
    case steps
}

// MARK: - In the file

extension GradientNormSettings {
    package static let schema = Schema<GradientNormSettings>.either(
        .enumeration(
            "gradient norm", Choosable("steps", .steps, doc: "By layer, and for each recurrent layer by the steps that it reads.")),
        Schema<Bool>.boolean.mapped(to: { $0 ? .layers : .off }, from: { $0 != .off }),
        writing: { $0 == .steps ? 0 : 1 })
}
