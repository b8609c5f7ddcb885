/// A layer of a network that was fitted to its data.
public struct LayerFacts: Sendable {
    /// What it is, such as `conv2d`.
    public let kind: String
    /// The shape that it gives for an example.
    public let shape: [Int]
    /// Its numbers.
    public let parameters: Int
    /// Multiplications for one example on the way forward.
    public let multiplications: Double

    /// A layer.
    public init(kind: String, shape: [Int], parameters: Int, multiplications: Double) {
        self.kind = kind
        self.shape = shape
        self.parameters = parameters
        self.multiplications = multiplications
    }
}

extension Comparison {
    /// The networks of the baseline and of the best variant, layer by layer; nil where all layers are those that see numbers in a row.
    var layersSection: String? {
        let shown = best == 0 ? [0] : [0, best]
        let tables = shown.compactMap { index -> String? in
            guard let layers = layers[results[index].name], layers.contains(where: { $0.shape.count > 1 }) else { return nil }
            return (shown.count > 1 ? results[index].code + ":\n\n" : "") + Self.table(of: layers).text
        }
        guard !tables.isEmpty else { return nil }
        return details("Layers", tables + ["Multiplications for one example, forward; training takes about three times as many."])
    }

    private static func table(of layers: [LayerFacts]) -> MarkdownTable {
        var table = MarkdownTable([.init("layer"), .init("gives"), .init("parameters", .right), .init("multiplications", .right)])
        for layer in layers {
            let shape = layer.shape.map(String.init).joined(separator: " × ")
            table.rows.append([
                layer.kind.asMarkdown, shape, layer.parameters == 0 ? "–" : grouped(layer.parameters),
                layer.multiplications == 0 ? "–" : grouped(Int(layer.multiplications)),
            ])
        }
        table.rows.append([
            "together", "", grouped(layers.reduce(0) { $0 + $1.parameters }), grouped(Int(layers.reduce(0) { $0 + $1.multiplications })),
        ])
        return table
    }
}
