import Settings

/// One experiment file, expanded: the baseline and its variants, the seeds, what chooses a winner, what the notes print.
public struct Experiment: Sendable {
    /// The file's stem, such as `reuters-width`.
    public let name: String
    /// The file, as it was named by the caller.
    public let file: String
    /// The question that the experiment asks.
    public let title: String
    /// Free text that is shown in the report.
    public let notes: String?
    /// The baseline first, then the `ablate` variants in the order of the file, then the points of the sweep. No two have equal trials.
    public internal(set) var variants: [Variant]
    /// The seeds; every variant has the same. With ``growth`` all that a variant may come to have.
    public let seeds: [Int]
    /// Where seeds are added, from how many to how many; nil where all variants have all.
    public let growth: SeedGrowth?
    /// How many of the best points are trained again; nil where none are.
    public let finalists: FinalistSettings?
    /// What chooses a winner.
    public let selection: Selection
    /// Figures printed elsewhere, to stand beside ours.
    public let references: [Reference]
    /// Methods without a network, to stand beside the baseline's.
    public let baselines: [PlainMethod]
    /// How curves are drawn, where the file says so.
    public let curves: CurveSettings?
    /// Why printed figures do not agree, where that has been found.
    public let disagreements: DisagreementSettings?
    /// Rows that the report answers.
    public let askedRows: [AskedRow]
    /// How variants were put together from settings.
    public let designs: [Design]
    /// Of which runs weights and predictions are kept.
    public let keep: KeepSettings
    /// What is claimed of the figures.
    public let claims: [StatedClaim]

    /// The baseline.
    public var baseline: Variant { variants[0] }
    /// In how many folds the baseline's rows are dealt; `nil`: there are no folds.
    public var folds: Int? { baseline.trial.settings.split.folds }
    /// Whether some variants are the points of a sweep.
    public var isSweep: Bool { variants.contains { $0.origin == .sweep } }

    /// Puts an experiment together; `baseline` comes first among the variants.
    public init(
        name: String, file: String, title: String, notes: String? = nil, baseline: Variant, others: [Variant] = [], seeds: [Int],
        growth: SeedGrowth? = nil, finalists: FinalistSettings? = nil, selection: Selection, references: [Reference] = [],
        designs: [Design] = [], baselines: [PlainMethod] = [], askedRows: [AskedRow] = [], curves: CurveSettings? = nil,
        disagreements: DisagreementSettings? = nil, keep: KeepSettings = KeepSettings(), claims: [StatedClaim] = []
    ) {
        self.name = name
        self.file = file
        self.title = title
        self.notes = notes
        self.variants = [baseline] + others
        self.seeds = seeds
        self.growth = growth
        self.finalists = finalists
        self.selection = selection
        self.references = references
        self.baselines = baselines
        self.askedRows = askedRows
        self.keep = keep
        self.curves = curves
        self.disagreements = disagreements
        self.claims = claims
        self.designs = designs
    }

    /// The same with these seeds for every variant, and no others later.
    public func with(seeds: [Int]) -> Experiment {
        Experiment(
            name: name, file: file, title: title, notes: notes, baseline: baseline, others: Array(variants.dropFirst()), seeds: seeds,
            selection: selection, references: references, designs: designs, baselines: baselines, askedRows: askedRows, curves: curves,
            disagreements: disagreements, keep: keep)
    }

    /// The same with the baseline and those of the other variants that are named, and what is printed of these. The best of a part are no finalists.
    public func keeping(_ names: Set<String>) -> Experiment {
        part(baseline, variants.dropFirst().filter { names.contains($0.name) })
    }

    /// The same with the variants alone that are named: where the baseline is none of them, the first stands in its place, without the methods that stand beside
    /// the baseline. The whole where none has such a name.
    public func withoutOthers(than names: Set<String>) -> Experiment {
        let named = variants.filter { names.contains($0.name) }
        guard let first = named.first else { return self }
        return part(first, Array(named.dropFirst()))
    }

    private func part(_ first: Variant, _ others: [Variant]) -> Experiment {
        let kept = Set(([first] + others).flatMap { [$0.name] + $0.aliases })
        return Experiment(
            name: name, file: file, title: title, notes: notes, baseline: first, others: others, seeds: seeds, growth: growth,
            selection: selection, references: references.filter { kept.contains($0.variant) },
            designs: designs.compactMap { $0.renamed { kept.contains($0) ? $0 : nil } },
            baselines: first.name == baseline.name ? baselines : [], askedRows: askedRows,
            curves: curves, disagreements: disagreements, keep: keep, claims: claims.filter { $0.variants.isSubset(of: kept) })
    }
}

/// What chooses a winner.
public struct Selection: Hashable, Sendable {
    /// A figure such as `val_accuracy`.
    public let metric: String
    /// Which way it is better.
    public let goal: Goal
    /// The largest difference in the figure that is practically equivalent; nil where none was named.
    public let margin: Double?

    /// A figure, which way it is better, and which differences do not matter.
    public init(metric: String, goal: Goal, margin: Double? = nil) {
        self.metric = metric
        self.goal = goal
        self.margin = margin
    }
}

/// A figure that is printed elsewhere.
public struct Reference: Hashable, Sendable {
    /// The variant's name.
    public let variant: String
    /// A figure such as `val_accuracy`.
    public let figure: String
    /// The epoch, counted from 1; `nil`: the run's final figure.
    public let epoch: Int?
    /// The printed value.
    public let value: Double

    /// A printed figure.
    public init(variant: String, figure: String, epoch: Int? = nil, value: Double) {
        self.variant = variant
        self.figure = figure
        self.epoch = epoch
        self.value = value
    }
}

extension Reference {
    /// The key of a printed confusion matrix.
    static let confusion = "confusion"

    /// The figure of one of its counts: `confusion[0][1]` is how many examples of the first class were taken for the second.
    public static func confusion(label: Int, predicted: Int) -> String { "\(confusion)[\(label)][\(predicted)]" }

    /// Which count of a confusion matrix the figure is; nil for any other figure.
    public var confusionCell: (label: Int, predicted: Int)? {
        guard figure.hasPrefix(Self.confusion + "["), figure.hasSuffix("]") else { return nil }
        let numbers = figure.dropFirst(Self.confusion.count + 1).dropLast().split(separator: "][").compactMap { Int($0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
}
