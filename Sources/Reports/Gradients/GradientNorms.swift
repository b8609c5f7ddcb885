import Settings

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The sizes of a variant's gradients by layer, from input to output, a mean over its runs at each epoch.
struct GradientNorms {
    let variant: String
    let layers: [(name: String, norms: [Double])]

    /// Nil where the runs did not measure them.
    init?(_ result: VariantResult, folds: Int?) {
        let columns = result.runs.first?.history.columns.filter { $0.hasPrefix(Figures.gradientNormPrefix) } ?? []
        layers = columns.compactMap { column in
            let curve = LearningCurve(result.runs, column, settings: CurveSettings(), folds: folds)
            return curve.map { (String(column.dropFirst(Figures.gradientNormPrefix.count)), $0.measured) }
        }
        variant = result.name
        guard !layers.isEmpty else { return nil }
    }

    var epochCount: Int { layers.map(\.norms.count).max() ?? 0 }

    /// The first layer's norm, the last one's, and the first over the last, of the first epoch or of the last.
    func ends(atTheEnd: Bool) -> Ends? {
        guard let first = layers.first?.norms, let last = layers.last?.norms,
            let one = atTheEnd ? first.last : first.first, let other = atTheEnd ? last.last : last.first
        else { return nil }
        return Ends(first: one, last: other)
    }

    struct Ends {
        let first: Double
        let last: Double
        var ratio: Double { first / last }

        /// What becomes of a gradient from the first epoch to the last; `last` is what it begins at on its way back.
        static func words(from start: Ends, to end: Ends, last: String) -> String {
            let (start, end) = (start.course.words(last), end.course.words(last))
            return start == end ? start : "\(start) at first, \(end) at the end"
        }

        /// What becomes of a gradient on its way from the last layer to the first.
        var course: Course {
            if !first.isFinite || !last.isFinite { return .overflows }
            if first == 0 { return last == 0 ? .isZero : .doesNotArrive }
            return switch ratio {
            case ..<0.01: .vanishes
            case ..<0.1: .shrinks
            case ...10: .even
            case ...100: .grows
            default: .explodes
            }
        }
    }

    enum Course {
        case overflows, isZero, doesNotArrive, vanishes, shrinks, even, grows, explodes

        /// Of a gradient that goes back from one layer, or step, to the first.
        func words(_ last: String = "layer") -> String {
            switch self {
            case .overflows: "is not finite"
            case .isZero: "is zero in the last \(last), too"
            case .doesNotArrive: "does not reach the first \(last)"
            case .vanishes: "vanishes"
            case .shrinks: "shrinks"
            case .even: "stays even"
            case .grows: "grows"
            case .explodes: "explodes"
            }
        }
    }
}

extension Comparison {
    /// Of every variant whose runs measured them, in the experiment's order.
    var gradientNorms: [GradientNorms] {
        results.compactMap { GradientNorms($0, folds: experiment.folds) }.filter { $0.layers.count > 1 }
    }

    func gradientsSection(figures: [ReportFigure]) -> String? {
        let norms = gradientNorms
        guard !norms.isEmpty else { return nil }
        let figure = figures.paragraphs("gradients")
        return (["## Gradients by layer"] + figure + [gradientsSentence(norms), gradientTable(norms), Self.gradientRule])
            .joined(separator: "\n\n")
    }

    private static let gradientRule =
        "A layer's figure is the L2 norm of the gradient of all its weights, a mean over an epoch's steps and over the runs. The first layer's over the "
        + "last one's: below 1/100 the gradient vanishes on its way back, below 1/10 it shrinks, above 10 it grows, above 100 it explodes."

    /// What becomes of gradients that do not stay even, for the headline.
    var gradientAnswer: String? {
        let uneven = gradientNorms.filter { $0.ends(atTheEnd: false).map { $0.course != .even } ?? false }
        return uneven.isEmpty ? nil : "**\(gradientsSentence(uneven).dropLast())** on its way back."
    }

    private func gradientsSentence(_ norms: [GradientNorms]) -> String {
        let courses = norms.compactMap { norm in norm.ends(atTheEnd: false).map { (course: $0.course, variant: norm.variant) } }
        let byCourse = Dictionary(grouping: courses, by: \.course)
        let order: [GradientNorms.Course] = [.overflows, .explodes, .grows, .isZero, .doesNotArrive, .vanishes, .shrinks, .even]
        let parts = order.compactMap { course in
            byCourse[course].map { "\(course.words()) in \(names($0.map(\.variant.asMarkdownCode), limit: 12))" }
        }
        return "In the first epoch the gradient \(parts.joined(separator: "; "))."
    }

    private func gradientTable(_ norms: [GradientNorms]) -> String {
        var table = MarkdownTable([
            .init("variant"), .init("first layer, epoch 1", .right), .init("last layer", .right), .init("first / last", .right),
            .init("first layer, last epoch", .right), .init("last layer", .right), .init("first / last", .right),
            .init("on its way back it"),
        ])
        for norm in norms {
            guard let start = norm.ends(atTheEnd: false), let end = norm.ends(atTheEnd: true) else { continue }
            let numbers = [start, end].flatMap { [$0.first, $0.last, $0.ratio] }.map { significant($0, digits: 2) }
            let words = GradientNorms.Ends.words(from: start, to: end, last: "layer")
            table.rows.append([norm.variant.asMarkdownCode] + numbers + [words])
        }
        return table.text
    }
}
