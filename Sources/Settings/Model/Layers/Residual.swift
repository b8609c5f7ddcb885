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

    /// Whether all of its layers with something to train are, and no product is asked for.
    public var isFrozenWithin: Bool {
        projection != .always && layers.allSatisfy { $0.isFrozen || !type(of: $0.kind).hasParameters || $0.kind.isFrozenWithin }
    }
    /// With layers that have a count of units.
    public func resolved(targetWidth: Int) -> ResidualSettings {
        var counted = self
        for place in layers.indices { counted.layers[place].kind = layers[place].kind.resolved(targetWidth: targetWidth) }
        return counted
    }

    /// What streams of random numbers and weights call the layers, behind the block's own name.
    public var layerNames: [String] { layers.indices.map { "layer_\($0 + 1)" } }
}

extension ResidualSettings {
    /// The product that gives what is led past, of the shape `given` for an example, the shape `wanted`; nil where no step leads there.
    public func projectionLayer(from given: [Int], to wanted: [Int]) -> (any LayerKind)? {
        guard given.count == wanted.count, let width = wanted.last else { return nil }
        let steps = zip(given.dropLast(), wanted.dropLast()).compactMap(Self.stride)
        guard steps.count == given.count - 1 else { return nil }
        switch steps.count {
        case 0: return DenseSettings(units: .count(width))
        case 1: return Conv1DSettings(filters: width, kernelSize: 1, strides: steps[0])
        case 2: return Conv2DSettings(filters: width, kernelSize: Extent(1, 1), strides: Extent(steps[0], steps[1]))
        default: return nil
        }
    }

    /// The step that leaves so many of `given` places; nil where there is none.
    private static func stride(from given: Int, to wanted: Int) -> Int? {
        let step = max(given / max(wanted, 1), 1)
        return [step, step + 1].first { (given + $0 - 1) / $0 == wanted }
    }
}

// MARK: - In the file

extension ResidualSettings {
    /// `residual`.
    public static var key: String { "residual" }

    private static let usual = ResidualSettings([])

    /// `residual: [layers]`, or `residual: {layers: [layers], projection: true}`.
    public static let written = block(of: LayerSettings.schemaInBlocks)

    /// A block of such layers.
    static func block(of layer: Schema<LayerSettings>) -> Case<LayerSettings> {
        let list = Schema<[LayerSettings]>.list(of: layer, atLeast: 1, upTo: ModelSettings.mostLayers)
        let record = Record<ResidualSettings>(
            key,
            Field("layers", \.layers, list, doc: "The layers that what comes in is led past."),
            Field("projection", \.projection, Projection.schema, default: usual.projection, doc: "What is done to what is led past."),
            build: { ResidualSettings($0, projection: $1) })
        return Case<LayerSettings>(
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
