import Settings

// Layers in few words, and layers of any kind compared.

extension LayerKind where Self == DenseSettings {
    /// A dense layer.
    package static func dense(_ settings: DenseSettings) -> DenseSettings { settings }

    /// A dense layer of so many units.
    package static func dense(
        _ units: Int, _ activation: Activation = .linear, initializer: Initializer = .glorotUniform
    ) -> DenseSettings {
        DenseSettings(units: .count(units), activation: activation, kernelInitializer: initializer)
    }
}

extension LayerKind where Self == ActivationSettings {
    /// An activation by itself.
    package static func activation(_ activation: Activation) -> ActivationSettings { ActivationSettings(activation) }
}

extension LayerKind where Self == DropoutSettings {
    /// A dropout.
    package static func dropout(rate: Double) -> DropoutSettings { DropoutSettings(rate: rate) }
}

extension LayerKind where Self == BatchNormalizationSettings {
    /// A batch normalization.
    package static func batchNormalization(momentum: Double = 0.99, epsilon: Double = 0.001) -> BatchNormalizationSettings {
        BatchNormalizationSettings(momentum: momentum, epsilon: epsilon)
    }
}

extension LayerKind where Self == LayerNormalizationSettings {
    /// A layer normalization.
    package static func layerNormalization() -> LayerNormalizationSettings { LayerNormalizationSettings() }
}

/// Whether two layers are of one kind with the same settings.
package func == (one: any LayerKind, other: any LayerKind) -> Bool { one.erased == other.erased }

/// Whether they are not.
package func != (one: any LayerKind, other: any LayerKind) -> Bool { !(one == other) }
