import Documents

/// An activation by itself.
public struct ActivationSettings: LayerKind {
    /// What is applied.
    public var activation: Activation

    /// A layer that only applies an activation.
    public init(_ activation: Activation) { self.activation = activation }
}

extension ActivationSettings {
    /// What is applied.
    public var lastActivation: Activation? { activation }
    /// Under `linear`.
    public var isTransparent: Bool { activation == .linear }

    /// `activation`.
    public static var key: String { "activation" }

    /// `activation: relu`.
    public static let written = Case<LayerSettings>(
        key, Activation.schema, doc: "An activation by itself.", make: { LayerSettings(kind: ActivationSettings($0)) },
        get: { ($0.kind as? ActivationSettings)?.activation })
}
