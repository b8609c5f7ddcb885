import Settings

// Layers in few words, and layers of any kind compared.

extension LayerKind where Self == DenseSettings {
    public static func dense(_ settings: DenseSettings) -> DenseSettings { settings }

    public static func dense(
        _ units: Int, _ activation: Activation = .linear, initializer: Initializer = .glorotUniform
    ) -> DenseSettings {
        DenseSettings(units: .count(units), activation: activation, kernelInitializer: initializer)
    }
}

extension LayerKind where Self == ActivationSettings {
    public static func activation(_ activation: Activation) -> ActivationSettings { ActivationSettings(activation) }
}

extension LayerKind where Self == DropoutSettings {
    public static func dropout(rate: Double) -> DropoutSettings { DropoutSettings(rate: rate) }
}

extension LayerKind where Self == BatchNormalizationSettings {
    public static func batchNormalization(momentum: Double = 0.99, epsilon: Double = 0.001) -> BatchNormalizationSettings {
        BatchNormalizationSettings(momentum: momentum, epsilon: epsilon)
    }
}

extension LayerKind where Self == LayerNormalizationSettings {
    public static func layerNormalization() -> LayerNormalizationSettings { LayerNormalizationSettings() }
}

public func == (one: any LayerKind, other: any LayerKind) -> Bool { AnyHashable(one) == AnyHashable(other) }

public func != (one: any LayerKind, other: any LayerKind) -> Bool { !(one == other) }
