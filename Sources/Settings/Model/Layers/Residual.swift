import Documents

/// Layers around which what comes in is led past, and added to what they give.
public struct ResidualSettings: LayerKind {
    /// The layers of the block.
    public var layers: [LayerSettings]
    /// What is done to what is led past.
    public var projection: Projection

    /// What is done to what is led past the layers of a block.
    public enum Projection: Hashable, Sendable {
        /// Nothing where the layers keep the shape, else a trained product of the channels.
        case auto
        /// A trained product of the channels.
        case always
        /// Nothing: the layers must keep the shape.
        case never
    }

    /// A block.
    public init(_ layers: [LayerSettings], projection: Projection = .auto) { (self.layers, self.projection) = (layers, projection) }
}

// MARK: - What follows

extension ResidualSettings {
    /// Those of its layers, and the product.
    public static var hasParameters: Bool { true }
    /// Its layers do.
    public static var takesShapes: Bool { true }
    /// Whether all of its layers are.
    public var isLinear: Bool { layers.allSatisfy(\.kind.isLinear) }
    /// Whether one flows through all of its layers.
    public var hasGradient: Bool { layers.allSatisfy(\.kind.hasGradient) }
    /// Whether one of its layers is.
    public var isRandom: Bool { layers.contains { $0.kind.isRandom } }

    /// What streams of random numbers and weights call the layers, behind the block's own name.
    public var layerNames: [String] { layers.indices.map { "layer_\($0 + 1)" } }
}

// MARK: - In the file

extension ResidualSettings {
    /// `residual`.
    public static var key: String { "residual" }

    private static let usual = ResidualSettings([])

    private static let list = Schema<[LayerSettings]>.list(of: LayerSettings.schemaInBlocks, atLeast: 1, upTo: ModelSettings.mostLayers)

    private static let record = Record<ResidualSettings>(
        key,
        Field("layers", \.layers, list, doc: "The layers that what comes in is led past."),
        Field("projection", \.projection, Projection.schema, default: usual.projection, doc: "What is done to what is led past."),
        build: { ResidualSettings($0, projection: $1) })

    /// `residual: [layers]`, or `residual: {layers: [layers], projection: true}`.
    public static let written = Case<LayerSettings>(
        key,
        .either(
            list.mapped(to: { LayerSettings(kind: ResidualSettings($0)) }, from: { ($0.kind as? ResidualSettings)?.layers ?? [] }),
            record.joined(with: LayerSettings.name.joined(with: LayerSettings.trainable)).schema.mapped(
                to: { LayerSettings(name: $1.0, kind: $0, isFrozen: $1.1) },
                from: { ($0.kind as? ResidualSettings ?? usual, ($0.name, $0.isFrozen)) }),
            writing: { layer in
                (layer.kind as? ResidualSettings)?.projection == .auto && layer.name == nil && !layer.isFrozen ? 0 : 1
            }),
        doc: "Layers around which what comes in is led past, and added to what they give.", make: { $0 },
        get: { $0.kind is ResidualSettings ? $0 : nil })
}

extension ResidualSettings.Projection {
    static let schema = Schema<ResidualSettings.Projection>.either(
        .enumeration(
            "projection",
            Choosable(
                "auto", .auto, doc: "Nothing where the layers keep the shape, else a trained product of the channels, in steps that fit.")),
        Schema<Bool>.boolean.mapped(to: { $0 ? .always : .never }, from: { $0 == .always }),
        writing: { $0 == .auto ? 0 : 1 })
}
