import Documents

/// The numbers of an example under another shape of as many, the last axis fastest.
public struct ReshapeSettings: LayerKind {
    /// Sizes without the batch, such as `[28, 28, 1]`.
    public var shape: [Int]

    /// A layer that gives examples of this shape.
    public init(_ shape: [Int]) { self.shape = shape }
}

extension ReshapeSettings {
    /// It takes any shape.
    public static var takesShapes: Bool { true }
    /// Nothing is computed.
    public var isTransparent: Bool { true }

    /// `reshape`.
    public static var key: String { "reshape" }

    /// `reshape: [28, 28, 1]`.
    public static let written = Case<LayerSettings>(
        key, Schema<[Int]>.list(of: .integer(DenseSettings.widths), atLeast: 1, upTo: 8),
        doc: "The same numbers under another shape of as many, such as [28, 28, 1].", make: { LayerSettings(kind: ReshapeSettings($0)) },
        get: { ($0.kind as? ReshapeSettings)?.shape })
}
