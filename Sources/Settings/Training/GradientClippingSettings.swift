import Documents

/// A bound on gradients before they are used.
public enum GradientClippingSettings: Hashable, Sendable {
    /// Each number is held within ± this.
    case value(Double)
    /// Each parameter's gradient is scaled down to this L2 norm.
    case norm(Double)
    /// All gradients are scaled down together to this L2 norm.
    case globalNorm(Double)
}

// MARK: - In the file

extension GradientClippingSettings {
    package static let schema = Schema<GradientClippingSettings>.choice(
        "gradient bound",
        Case(
            "value", limit, doc: "Each number is held within ± this.", make: { .value($0) },
            get: { if case .value(let limit) = $0 { limit } else { nil } }),
        Case(
            "norm", limit, doc: "Each parameter's gradient is scaled down to this L2 norm.", make: { .norm($0) },
            get: { if case .norm(let limit) = $0 { limit } else { nil } }),
        Case(
            "global_norm", limit, doc: "All gradients are scaled down together to this L2 norm.", make: { .globalNorm($0) },
            get: { if case .globalNorm(let limit) = $0 { limit } else { nil } }))

    private static let limit = Schema<Double>.number(.above(0).inSinglePrecision)
}
