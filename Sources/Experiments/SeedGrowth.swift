/// Seeds that are added where a comparison with the baseline is open: every variant begins with the seeds 1 … `from`, and gets 1 … `to` at most.
public struct SeedGrowth: Hashable, Sendable {
    /// With how many seeds the first look is.
    public let from: Int
    /// With how many the last one is.
    public let to: Int

    /// At least three seeds at first, since fewer give no verdict, and more at last.
    public init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }
}

/// The best points of a sweep, which are trained again: seeds that helped to choose them flatter them.
public struct FinalistSettings: Hashable, Sendable {
    /// How many points.
    public let top: Int
    /// With how many fresh seeds.
    public let seeds: Int

    /// So many points, each with so many seeds that the sweep did not use.
    public init(top: Int, seeds: Int) {
        self.top = top
        self.seeds = seeds
    }
}

extension Experiment {
    /// The seeds of the finalists: the smallest numbers from 1 on that the sweep does not use; empty where there are no finalists.
    public var freshSeeds: [Int] {
        guard let finalists else { return [] }
        let used = Set(seeds)
        return Array((1...(finalists.seeds + used.count)).lazy.filter { !used.contains($0) }.prefix(finalists.seeds))
    }

    /// Whether what is wanted follows from what became of earlier runs.
    public var isInStages: Bool { growth != nil || finalists != nil }

    /// The same with what it begins with alone.
    public var withoutStages: Experiment { with(seeds: growth.map { Array(1...$0.from) } ?? seeds) }

    /// The baseline and these variants, with the fresh seeds alone.
    public func ofFinalists(_ variants: [Int]) -> Experiment {
        keeping(Set(variants.map { self.variants[$0].name })).with(seeds: freshSeeds)
    }
}
