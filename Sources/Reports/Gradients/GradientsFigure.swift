/// The sizes of gradients by epoch on a logarithmic scale: a panel a variant, one line per layer, coloured by how deep it stands.
struct GradientsFigure {
    private let norms: [GradientNorms]
    private let left: Int

    /// So many variants at most, in the experiment's order.
    private static let largestCount = 16

    /// Nil when no run measured gradients for two epochs.
    init?(_ comparison: Comparison) {
        let all = comparison.gradientNorms
        norms = Array(all.prefix(Self.largestCount))
        left = all.count - norms.count
        guard norms.contains(where: { $0.epochCount > 1 }) else { return nil }
    }

    var reportFigure: ReportFigure {
        let more = left > 0 ? ", the first \(norms.count) variants (\(left) more are left out)" : ""
        let caption = "Size of the gradient by layer and epoch\(more): one line per layer, mean over runs, logarithmic scale"
        return ReportFigure(path: "figures/gradients.svg", svg: panels.drawing.text(title: caption), caption: caption, data: data)
    }

    private var data: String {
        var data = FigureData(["variant", "layer", "epoch", "norm"])
        for norm in norms {
            for layer in norm.layers {
                for (epoch, value) in layer.norms.enumerated() {
                    data.append([norm.variant, layer.name, String(epoch + 1), FigureData.cell(value)])
                }
            }
        }
        return data.text
    }

    private var panels: LayerPanels {
        LayerPanels(
            panels: norms.map { ($0.variant, $0.layers.map { ($0.name, $0.norms) }) }, counted: "epoch",
            scale: { .powers($0.filter { $0 > 0 }, from: $1, to: $2) }, note: Self.zeros)
    }

    /// A logarithmic scale has no place for them.
    private static func zeros(in layers: [LayerPanels.Layer]) -> String? {
        let zeros = layers.filter { $0.values.allSatisfy { $0 == 0 } }
        guard !zeros.isEmpty else { return nil }
        return zeros.count == 1 ? "0 throughout: \(zeros[0].name)" : "0 throughout: \(zeros.count) of \(layers.count) layers"
    }
}
