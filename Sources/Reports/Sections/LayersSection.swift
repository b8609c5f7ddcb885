/// A layer of a network that was fitted to its data.
public struct LayerFacts: Hashable, Sendable {
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
    /// The networks of the baseline and, where it has another, of the best variant, layer by layer; nil where all layers are those that see numbers in a row.
    var layersSection: String? {
        let isSame = layers(results[0].name) == layers(results[best].name)
        let shown = isSame ? [0] : [0, best]
        let tables = shown.compactMap { index -> String? in
            let layers = layers(results[index].name)
            guard layers.contains(where: { $0.shape.count > 1 }) else { return nil }
            let names = isSame ? [0, best].map { results[$0].code } : [results[index].code]
            return (best == 0 ? "" : names.joined(separator: " and ") + ":\n\n") + Self.table(of: layers).text
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
