import Experiments
import Statistics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which settings of drawn points mattered, by a forest of trees on their mean figures.
struct SearchImportance {
    /// A setting, the most important first.
    struct Setting {
        let name: String
        /// Its share of what the settings explain.
        let share: ImportanceForest.Estimate
        /// From where to where it was tried, or how many values.
        let tried: String
        /// Where the best points are to be expected; nil where that is nearly everywhere.
        let best: String?
        let tendency: Tendency
    }

    /// What the figure to expect does along a setting.
    enum Tendency {
        case rises, falls, highestBetween, lowestBetween, none
    }

    let settings: [Setting]
    /// Two settings and what they have together, the pair of the important ones that has most.
    let pair: (String, String, ImportanceForest.Estimate)?
    /// How much of the points' differences the settings foretell.
    let explained: Double
    /// The figure to expect in the best region.
    let expected: Double
    /// How many points it is made from.
    let points: Int
    /// Settings that are left out, because they do not apply to all points.
    let conditional: [String]

    /// Points of which the forest is grown at most: the first ones, which are as good a sample as any.
    private static let mostPoints = 500

    /// - `values`: the mean figure of each point's variant.
    init?(_ search: Design.Search, values: (String) -> Double?, higherIsBetter: Bool) {
        let measured = search.points.compactMap { point in values(point.variant).map { (point: point.values, value: $0) } }
            .prefix(Self.mostPoints)
        var axes: [SearchedAxis] = []
        var columns: [[Double]] = []
        var conditional: [String] = []
        for (place, setting) in search.settings.enumerated() {
            let column = measured.compactMap { $0.point.indices.contains(place) ? $0.point[place] : nil }
            guard column.count == measured.count else {
                conditional.append(setting.name)
                continue
            }
            guard let axis = SearchedAxis(setting, tried: column) else { continue }
            axes.append(axis)
            columns.append(column.map(axis.coordinate))
        }
        let points = measured.indices.map { row in columns.map { $0[row] } }
        guard let forest = ImportanceForest(domains: axes.map(\.domain), points: points, values: measured.map(\.value)) else { return nil }

        let region = forest.bestRegion(higherIsBetter: higherIsBetter)
        let order = axes.indices.sorted { forest.shares[$0].mean > forest.shares[$1].mean }
        settings = order.map { place in
            Setting(
                name: axes[place].name, share: forest.shares[place], tried: axes[place].tried, best: axes[place].text(region.parts[place]),
                tendency: axes[place].tendency { forest.marginal(of: place, at: $0).mean })
        }
        let important = order.prefix(3)
        let pairs = important.enumerated().flatMap { index, first in
            important.dropFirst(index + 1).map { (axes[first].name, axes[$0].name, forest.share(of: first, with: $0)) }
        }
        pair = pairs.max { $0.2.mean < $1.2.mean }
        explained = forest.outOfBagR2
        expected = region.mean
        self.points = measured.count
        self.conditional = conditional
    }
}

/// A setting of drawn points on the scale that a forest splits it on.
private struct SearchedAxis {
    let name: String
    let scale: Design.SearchedSetting.Scale
    let domain: ImportanceForest.Domain
    /// From where to where it was tried, or how many values.
    let tried: String

    /// Nil for a setting with a single value, with too many choices, or with values that the scale cannot have.
    init?(_ setting: Design.SearchedSetting, tried values: [Double]) {
        guard let low = values.min(), let high = values.max(), low < high, low.isFinite, high.isFinite else { return nil }
        name = setting.name.asMarkdownCode
        scale = setting.scale
        let margin = 0.5
        switch setting.scale {
        case .linear(let isWhole):
            domain = isWhole ? .range(low - margin...high + margin) : .range(low...high)
        case .logarithmic(let isWhole):
            let least = isWhole ? low - margin : low
            guard least > 0 else { return nil }
            domain = .range(log(least)...log(isWhole ? high + margin : high))
        case .choice(let texts):
            guard (2...64).contains(texts.count), Int(high) < texts.count, low >= 0 else { return nil }
            domain = .categories(texts.count)
            tried = "\(texts.count) values"
            return
        }
        tried = Self.text(low, scale) + " to " + Self.text(high, scale)
    }

    /// The place of a value on the scale.
    func coordinate(_ value: Double) -> Double {
        guard case .range(let range) = domain else { return value }
        if case .logarithmic = scale { return min(max(log(value), range.lowerBound), range.upperBound) }
        return value
    }

    /// What the best points have of it; nil where that is four fifths of the scale or more, or every choice.
    func text(_ part: ImportanceForest.Region.Part) -> String? {
        switch (part, domain, scale) {
        case (.range(let best), .range(let whole), _):
            guard best.upperBound - best.lowerBound < 0.8 * (whole.upperBound - whole.lowerBound) else { return nil }
            let isLogarithmic = if case .logarithmic = scale { true } else { false }
            // A whole number owns half a step to either side.
            let bounds = [best.lowerBound, best.upperBound].map { isLogarithmic ? exp($0) : $0 }.map { Self.text($0, scale) }
            return bounds[0] == bounds[1] ? bounds[0] : "\(bounds[0]) to \(bounds[1])"
        case (.categories(let best), .categories(let count), .choice(let texts)):
            return best.count == count ? nil : enumeration(best.filter(texts.indices.contains).map { texts[$0].asMarkdownCode }, limit: 3)
        default: return nil
        }
    }

    /// What `figure` does from one end of the scale to the other.
    func tendency(_ figure: (Double) -> Double) -> SearchImportance.Tendency {
        guard case .range(let range) = domain else { return .none }
        let steps = 20
        let figures = (0...steps).map { step in
            figure(range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / Double(steps))
        }
        guard let least = figures.min(), let most = figures.max(), most > least else { return .none }
        // How far it goes up and down in all, against what it gains from end to end.
        let moves = zip(figures, figures.dropFirst()).map { $1 - $0 }
        let way = moves.reduce(0) { $0 + abs($1) }
        let gain = moves.reduce(0, +)
        if abs(gain) > 0.7 * way { return gain > 0 ? .rises : .falls }
        let inner = figures[(steps / 5)...(steps - steps / 5)]
        let ends = [figures[0], figures[steps]]
        let reach = 0.3 * (most - least)
        if inner.contains(most), ends.allSatisfy({ $0 < most - reach }) { return .highestBetween }
        if inner.contains(least), ends.allSatisfy({ $0 > least + reach }) { return .lowestBetween }
        return .none
    }

    /// A value with two digits, or the whole number.
    private static func text(_ value: Double, _ scale: Design.SearchedSetting.Scale) -> String {
        switch scale {
        case .linear(isWhole: true), .logarithmic(isWhole: true): Digits(decimals: 0).text(value.rounded())
        default: value == 0 ? "0" : Digits(decimals: 1 - Digits.exponent(of: value)).text(value)
        }
    }
}
