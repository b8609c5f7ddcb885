/// The errors of layers that were trained by themselves, by pass: a panel a variant, one line per layer.
struct PretrainingFigure {
    static let name = "pretraining"

    private let errors: [PretrainingErrors]
    private let left: Int
    /// The largest error that the axis has a place for.
    private let limit: Double

    /// So many variants at most, in the experiment's order.
    private static let largestCount = 16
    /// Errors of a layer that went wrong are shown up to so many times the largest of those with which nothing did.
    private static let largestRatio = 10.0

    /// Nil where no layer has an error after two passes.
    init?(_ comparison: Comparison) {
        let all = comparison.results.compactMap(PretrainingErrors.init)
        errors = Array(all.prefix(Self.largestCount))
        left = all.count - errors.count
        limit = errors.filter { !$0.hasTrouble }.flatMap(\.finite).max().map { $0 * Self.largestRatio } ?? .infinity
        guard errors.flatMap(\.layers).contains(where: { $0.errors.count(where: \.isFinite) > 1 }) else { return nil }
    }

    var reportFigure: ReportFigure {
        let more = left > 0 ? ", the first \(errors.count) variants (\(left) more are left out)" : ""
        let caption =
            "Error of what each layer gives again, by pass over the train rows\(more): one line per layer, mean over runs"
            + (isLogarithmic ? ", logarithmic scale" : "") + leavingWords
        return ReportFigure(
            path: "figures/\(Self.name).svg", svg: panels.drawing.text(title: caption), caption: caption, note: note, data: data)
    }

    private var note: String {
        "The mean square of what a layer sees less what it gives again, of at most 1,000 train rows. Each layer sees what the one before it gives, so "
            + "that errors of different layers do not compare."
    }

    /// Which variants leave the picture.
    private var leavingWords: String {
        let names = errors.filter { $0.finite.contains { $0 > limit } }.map(\.variant)
        return names.isEmpty ? "" : "; \(enumeration(names, limit: 4)) \(names.count == 1 ? "leaves" : "leave") the picture"
    }

    private var data: String {
        var data = FigureData(["variant", "layer", "pass", "error"])
        for one in errors {
            for layer in one.layers {
                for (pass, error) in layer.errors.enumerated() {
                    data.append([one.variant, layer.name, String(pass + 1), FigureData.cell(error)])
                }
            }
        }
        return data.text
    }

    private var isLogarithmic: Bool { panels.y(from: 1, to: 0).kind == .logarithmic }

    private var panels: LayerPanels {
        LayerPanels(
            panels: errors.map { ($0.variant, $0.layers.map { ($0.name, $0.errors) }) }, counted: "pass",
            scale: { [limit] values, start, end in
                .over(values.filter { $0 <= limit }, from: start, to: end, ticks: 4, mayBeLogarithmic: true)
            },
            note: { [limit] layers in
                let finite = layers.flatMap(\.values).filter(\.isFinite)
                guard let largest = finite.max() else { return "no error is finite" }
                return largest > limit ? "rises to \(significant(largest, digits: 2))" : nil
            })
    }
}
