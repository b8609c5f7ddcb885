import Documents
import RandomNumbers

/// A setting that a sweep varies, or a name that its other values are computed from.
struct Axis: Sendable {
    /// As written: a setting's path, `model.mlp.depth`, or a name of the user's.
    let key: String
    let place: Place
    let role: Role
    /// Whether the key is one word, and no path.
    let isWord: Bool

    enum Role: Sendable {
        /// A setting by its path.
        case setting
        /// A name in formulas and conditions.
        case variable
        /// How many hidden layers a `mlp` has.
        case depth
        /// How wide each of them is.
        case width
    }

    static let depthKey = "model.mlp.depth"
    static let widthKey = "model.mlp.width"

    /// - `names`: those that formulas and conditions use. An axis of one word that is no setting is a variable when it is among them.
    init(_ key: String, at place: Place, names: Set<String>) {
        self.key = key
        self.place = place
        isWord = !key.contains(".") && !key.contains("[")
        switch key {
        case Self.depthKey: role = .depth
        case Self.widthKey: role = .width
        default: role = isWord && names.contains(key) && !ExperimentReader.isTrialKey(key) ? .variable : .setting
        }
    }

    /// What the axis is called for short: the last word of its path.
    var shortName: String { key.split(separator: ".").last.map(String.init) ?? key }
}

/// Axes whose values come together, a row at a time: one axis of a grid, a map of `zip`, or all that is drawn.
struct AxisGroup: Sendable {
    /// Its axes, by their places among those of the space.
    let axes: Range<Int>
    /// How many rows there are.
    let count: Int
    private let values: Values

    private enum Values: Sendable {
        /// For each axis the values, one a row.
        case listed([[Node]])
        case drawn([Drawn])
    }

    /// An axis that is drawn.
    private struct Drawn: Sendable {
        let distribution: Distribution
        let place: Place
        let key: String
        let seed: Int
        /// The dimension of the quasi-random sequence; `nil` for random numbers.
        let halton: ScrambledHalton?

        func value(_ row: Int) -> Node {
            guard let halton else {
                // The path and the row name the number, so that neither more points nor more axes change it.
                var stream = RandomStream(seed: seed, stream: .space, path: key, step: row)
                return distribution.value(at: stream.uniform() + 0x1p-54, place: place)
            }
            return distribution.value(at: halton.number(at: row), place: place)
        }
    }

    /// Listed values, an equally long list for each axis.
    init(axes: Range<Int>, values: [[Node]]) {
        self.axes = axes
        self.count = values.first?.count ?? 0
        self.values = .listed(values)
    }

    init(axes: Range<Int>, drawing draw: SweepBlock.Draw, evenly: Bool, at place: Place) {
        self.axes = axes
        count = draw.points
        values = .drawn(
            draw.axes.enumerated().map { index, axis in
                Drawn(
                    distribution: axis.value.value, place: axis.value.place ?? place, key: axis.key, seed: draw.seed,
                    halton: evenly ? ScrambledHalton(seed: draw.seed, path: axis.key, dimension: index) : nil)
            })
    }

    /// The value of each axis in a row.
    func row(_ index: Int) -> [Node] {
        switch values {
        case .listed(let values): values.map { $0[index] }
        case .drawn(let drawn): drawn.map { $0.value(index) }
        }
    }

    /// Whether its values are drawn.
    var isDrawn: Bool { if case .drawn = values { true } else { false } }

    /// Whether numbers are drawn for an axis of the group, of which no two are alike.
    func drawsNumbers(for axis: Int) -> Bool {
        guard case .drawn(let drawn) = values else { return false }
        if case .choice = drawn[axis - axes.lowerBound].distribution { return false }
        return true
    }
}
