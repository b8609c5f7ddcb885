import Settings

// Layers in few words, and layers of any kind compared.

extension LayerKind where Self == DenseSettings {
    package static func dense(_ settings: DenseSettings) -> DenseSettings { settings }

    package static func dense(
        _ units: Int, _ activation: Activation = .linear, initializer: Initializer = .glorotUniform
    ) -> DenseSettings {
        DenseSettings(units: .count(units), activation: activation, kernelInitializer: initializer)
    }
}

extension LayerKind where Self == ActivationSettings {
    package static func activation(_ activation: Activation) -> ActivationSettings { ActivationSettings(activation) }
}

extension LayerKind where Self == DropoutSettings {
    package static func dropout(rate: Double) -> DropoutSettings { DropoutSettings(rate: rate) }
}

extension LayerKind where Self == BatchNormalizationSettings {
    package static func batchNormalization(momentum: Double = 0.99, epsilon: Double = 0.001) -> BatchNormalizationSettings {
        BatchNormalizationSettings(momentum: momentum, epsilon: epsilon)
    }
}

extension LayerKind where Self == LayerNormalizationSettings {
    package static func layerNormalization() -> LayerNormalizationSettings { LayerNormalizationSettings() }
}

package func == (one: any LayerKind, other: any LayerKind) -> Bool { AnyHashable(one) == AnyHashable(other) }

package func != (one: any LayerKind, other: any LayerKind) -> Bool { !(one == other) }
