/// A figure that a loss, a network or a setting adds to those of its runs, beside the loss and the metrics.
public struct OwnFigure: Hashable, Sendable {
    /// The part of the rows that a figure is of.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        case train = ""
        case validation = "val_"
        case test = "test_"
    }

    /// The name without its part, such as `pseudo_likelihood`.
    public let name: String
    /// The figure as a person says it.
    public let words: String
    /// What it tells and what it cannot, a sentence or two for a report; nil where its words say it.
    public let meaning: String?
    /// Which way it is better; nil for a figure that says nothing of good or bad, and so chooses nothing.
    public let goal: Goal?
    /// What values it can have at all.
    public let possible: ClosedRange<Double>
    /// The parts that it is of.
    public let parts: Set<Part>
    /// Whether it is among the figures of every epoch; those of the end alone otherwise. Of test rows it is always of the end.
    public let isOfEveryEpoch: Bool
    /// The figure whose value on validation rows less that on train rows it is; nil for a figure that runs tell themselves.
    public let gapOf: String?

    /// A figure of these parts, of every epoch unless it is said otherwise.
    public init(
        _ name: String, words: String? = nil, meaning: String? = nil, goal: Goal?, possible: ClosedRange<Double> = -.infinity ... .infinity,
        parts: Set<Part> = [.train, .validation, .test], isOfEveryEpoch: Bool = true, gapOf: String? = nil
    ) {
        self.name = name
        self.words = words ?? name.replacing("_", with: " ")
        self.meaning = meaning
        self.goal = goal
        self.possible = possible
        self.parts = parts
        self.isOfEveryEpoch = isOfEveryEpoch
        self.gapOf = gapOf
    }

    /// Such a gap of a figure.
    static func gap(of figure: OwnFigure, meaning: String) -> OwnFigure {
        OwnFigure(
            figure.name + "_gap", words: figure.words + " less that of train", meaning: meaning, goal: nil, parts: [.validation],
            gapOf: figure.name)
    }

    /// Whether it is of the run rather than of a part of the rows.
    public var isOfRun: Bool { parts == [.train] }

    /// All that any trial may have.
    static let all: [OwnFigure] = MachineFigures.all + ClusterFigure.allCases.map(\.own) + ofAdversarialPairs + ofJudges

    /// The figure of this name, such as `val_pseudo_likelihood` or `pseudo_likelihood`; nil for others.
    public init?(named figure: String) {
        let found = Self.all.first { own in own.parts.contains { $0.rawValue + own.name == figure } || own.name == figure }
        guard let found else { return nil }
        self = found
    }

    /// The names of the gaps that follow from figures of these names.
    package static func gaps(among names: Set<String>) -> [String] {
        all.filter { own in own.gapOf.map { names.contains($0) && names.contains(Part.validation.rawValue + $0) } ?? false }
            .flatMap { $0.names(of: [.validation]) }
    }

    /// The names that rows of a part give it where it is of them.
    func names(of parts: Set<Part>) -> [String] {
        Part.allCases.filter { self.parts.contains($0) && parts.contains($0) }.map { $0.rawValue + name }
    }
}

extension TrialSettings {
    /// The figures that its loss, its network and its training add.
    public var ownFigures: [OwnFigure] { MachineFigures.of(self) + clusterFigures + figuresOfPair }
}
