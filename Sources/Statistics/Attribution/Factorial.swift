/// A full grid of settings, every combination of levels once: what each setting does, and what two do together. All of it is exact: a weighted sum of cells.
///
/// Cells stand in the order of the levels, the last setting changing fastest. The weights of an effect go into ``PairedDifferences`` or, with a figure
/// a seed and cell, ``Sample``, which give it an interval:
///
///     let grid = Factorial(levels: [2, 3])
///     let weights = grid.effect(of: Factorial.Step(of: 0, to: 1))
///     let estimate = PairedDifferences(contrast: weights, of: cells)?.estimate
public struct Factorial: Hashable, Sendable {
    /// How many levels each setting has.
    public let levels: [Int]

    /// Nil unless there is a setting and each has two levels or more.
    public init?(levels: [Int]) {
        guard !levels.isEmpty, levels.allSatisfy({ $0 > 1 }) else { return nil }
        self.levels = levels
    }

    /// How many cells there are.
    public var cells: Int { levels.reduce(1, *) }

    /// The cell of one level of each setting; nil where a level is not there.
    public func cell(of chosen: [Int]) -> Int? {
        guard chosen.count == levels.count, zip(chosen, levels).allSatisfy({ $0 >= 0 && $0 < $1 }) else { return nil }
        return zip(chosen, levels).reduce(0) { $0 * $1.1 + $1.0 }
    }

    /// The level of a setting in a cell.
    public func level(of setting: Int, in cell: Int) -> Int {
        cell / levels[(setting + 1)...].reduce(1, *) % levels[setting]
    }

    // MARK: - Effects as weights over cells

    /// A step of one setting from a level to another.
    public struct Step: Hashable, Sendable {
        /// Which setting.
        public let setting: Int
        /// From which of its levels.
        public let base: Int
        /// To which.
        public let level: Int

        /// A step from the first level unless another is named.
        public init(of setting: Int, from base: Int = 0, to level: Int) {
            self.setting = setting
            self.base = base
            self.level = level
        }
    }

    /// The main effect of a step: the mean of all cells with the level it leads to less the mean of all with the one it comes from.
    public func effect(of step: Step) -> [Double] {
        let share = Double(levels[step.setting]) / Double(cells)
        return (0..<cells).map { share * sign($0, step) }
    }

    /// The interaction of steps of two settings: how much more the first does after the second than before it, as a mean over all other settings. 0 where
    /// the two add up.
    public func interaction(of first: Step, with second: Step) -> [Double] {
        let share = Double(levels[first.setting] * levels[second.setting]) / Double(cells)
        return (0..<cells).map { share * sign($0, first) * sign($0, second) }
    }

    /// 1 after the step, −1 before it, 0 at any other level.
    private func sign(_ cell: Int, _ step: Step) -> Double {
        let found = level(of: step.setting, in: cell)
        return (found == step.level ? 1 : 0) - (found == step.base ? 1 : 0)
    }

    // MARK: - Shares

    /// What the cells' variance comes from: the shares of single settings and of pairs; what is left is of three and more settings together.
    public struct Shares: Hashable, Sendable {
        /// The share of each setting.
        public let settings: [Double]
        /// The shares of pairs, `pairs[a][b]` for a < b at index b − a − 1.
        public let pairs: [[Double]]
        /// The share of higher interactions.
        public let rest: Double
    }

    /// The shares of the variance of the cells' means: main effects, then what two settings do beyond theirs (a balanced analysis of variance). They sum to 1. Luck is in
    /// them as well: with figures that differ by luck alone every setting has a share. Nil unless there is a mean a cell and they differ.
    public func shares(of means: [Double]) -> Shares? {
        guard means.count == cells, let mean = Sample(means)?.mean, mean.isFinite else { return nil }
        let deviations = means.map { $0 - mean }
        let whole = deviations.reduce(0) { $0 + $1 * $1 } / Double(cells)
        guard whole > 0, let largest = means.map(abs).max(), whole > 1e-28 * largest * largest else { return nil }
        let mains = levels.indices.map { setting in
            marginal(deviations, count: levels[setting]) { level(of: setting, in: $0) }
        }
        let settings = mains.map { $0.reduce(0) { $0 + $1 * $1 } / Double($0.count) / whole }
        let pairs = levels.indices.map { a in
            levels.indices.dropFirst(a + 1).map { b in
                let together = marginal(deviations, count: levels[a] * levels[b]) {
                    level(of: a, in: $0) * levels[b] + level(of: b, in: $0)
                }
                let beyond = together.indices.reduce(0.0) { sum, place in
                    let left = together[place] - mains[a][place / levels[b]] - mains[b][place % levels[b]]
                    return sum + left * left
                }
                return beyond / Double(together.count) / whole
            }
        }
        let rest = 1 - settings.reduce(0, +) - pairs.joined().reduce(0, +)
        return Shares(settings: settings, pairs: pairs, rest: max(rest, 0))
    }

    /// The mean of the cells of each group.
    private func marginal(_ values: [Double], count: Int, group: (Int) -> Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (cell, value) in values.enumerated() { sums[group(cell)] += value }
        return sums.map { $0 * Double(count) / Double(cells) }
    }
}

extension PairedDifferences {
    /// A weighted sum of cells in place of a difference of two: D[s, i] = Σ weights[c] · `cells`[c][s][i], the same seeds and examples in every cell. Nil
    /// where there is not a weight a cell, cells differ in size, or a figure is not finite.
    public init?(contrast weights: [Double], of cells: [[[Double]]]) {
        guard weights.count == cells.count, let first = cells.first,
            cells.allSatisfy({ $0.count == first.count && zip($0, first).allSatisfy { $0.count == $1.count } })
        else { return nil }
        var sums = first.map { [Double](repeating: 0, count: $0.count) }
        for (weight, cell) in zip(weights, cells) where weight != 0 {
            for (seed, row) in cell.enumerated() { for (place, value) in row.enumerated() { sums[seed][place] += weight * value } }
        }
        self.init(sums)
    }
}

extension Sample {
    /// A weighted sum of cells that have one figure a seed: Σ weights[c] · `cells`[c][s]. Nil where there is not a weight a cell, or cells differ in size.
    public init?(contrast weights: [Double], of cells: [[Double]]) {
        guard weights.count == cells.count, let first = cells.first, cells.allSatisfy({ $0.count == first.count }) else { return nil }
        self.init(first.indices.map { seed in zip(weights, cells).reduce(0) { $0 + $1.0 * $1.1[seed] } })
    }
}
