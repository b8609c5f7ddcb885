/// What the scale of a quantity has to show.
///
/// The train figures of the first epoch are means over its steps, from an untrained network on, and may lie so far off that all other epochs
/// would be pressed together. Then they do not count, and lines are cut at the panel's edge.
struct CurveRange {
    /// The values that the scale spans.
    let values: [Double]
    /// Whether train figures of the first epoch may lie outside.
    let cutsFirstEpoch: Bool

    /// So many epochs at least: of fewer, the first is too large a part.
    private static let leastEpochs = 5
    /// How much more of the panel the other epochs must gain.
    private static let leastGain = 1.6

    /// `train` and `validation` are values by epoch, a list for each line and each edge of a band; `others` stand at any epoch.
    init(train: [[Double]], validation: [[Double]], others: [Double], firstEpoch: Int) {
        let rest = validation.joined() + others
        let all = train.joined() + rest
        let later = train.flatMap { $0.dropFirst() } + rest
        let isLong = (train.map(\.count).max() ?? 0) >= Self.leastEpochs
        cutsFirstEpoch = firstEpoch == 1 && isLong && Self.span(all) > Self.leastGain * Self.span(later)
        values = cutsFirstEpoch ? later : Array(all)
    }

    private static func span(_ values: some Sequence<Double>) -> Double {
        let finite = values.filter(\.isFinite)
        guard let lower = finite.min(), let upper = finite.max() else { return 0 }
        return upper - lower
    }
}
