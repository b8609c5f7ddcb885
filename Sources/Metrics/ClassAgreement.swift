import Statistics

/// How well the classes that are said agree with the true ones beyond what their shares give.
package struct ClassAgreement: MetricAccumulator {
    /// Which figure. Of rows of one class, all but the first are not defined.
    package enum Kind: Sendable {
        /// The mean of the recalls of the classes that occur.
        case balancedAccuracy
        /// (c s - Σ tₖ pₖ) / √((s² - Σ pₖ²) (s² - Σ tₖ²)) with c hits of s examples, tₖ of class k and pₖ taken for it; 0 where one class is said alone. Of two
        /// classes it is the correlation of what is true with what is said.
        case matthews
        /// (c s - Σ tₖ pₖ) / (s² - Σ tₖ pₖ).
        case kappa
    }

    private let kind: Kind
    private let threshold: ClassThreshold?
    private var counts = ConfusionCounts(classes: 0)

    /// Nothing yet.
    package init(_ kind: Kind, at threshold: ClassThreshold?) {
        self.kind = kind
        self.threshold = threshold
    }

    package mutating func add(_ batch: MetricBatch) { counts.add(batch, at: threshold) }

    package var value: Double { figure(counts) }

    package func contributions(_ batch: MetricBatch) -> [Double] {
        var whole = self
        whole.add(batch)
        return Jackknife.pseudoValues(figure: whole.value, leavingOut: whole.counts.leavingOut(batch, at: threshold, figure))
    }

    private func figure(_ counts: ConfusionCounts) -> Double {
        let all = 0..<counts.classes
        let occurring = all.filter { counts.support($0) > 0 }
        if kind == .balancedAccuracy {
            return occurring.isEmpty ? .nan : occurring.reduce(0) { $0 + counts.recall($1) } / Double(occurring.count)
        }
        guard occurring.count > 1 else { return .nan }
        let examples = Double(counts.examples)
        let hits = all.reduce(0) { $0 + counts[true: $1, predicted: $1] }
        let byChance = all.reduce(0.0) { $0 + Double(counts.support($1)) * Double(counts.predicted($1)) }
        let surplus = Double(hits) * examples - byChance
        if kind == .kappa { return surplus / (examples * examples - byChance) }
        func spread(_ count: (Int) -> Int) -> Double { all.reduce(examples * examples) { $0 - Double(count($1)) * Double(count($1)) } }
        let (said, known) = (spread(counts.predicted), spread(counts.support))
        return said > 0 ? surplus / (said.squareRoot() * known.squareRoot()) : 0
    }
}

extension ConfusionCounts {
    /// Counts the examples of a batch.
    mutating func add(_ batch: MetricBatch, at threshold: ClassThreshold?) {
        if classes == 0 { self = ConfusionCounts(classes: batch.classes) }
        for place in batch.rows.indices {
            if let label = batch.label(place) { add(true: label, predicted: batch.predictedClass(place, at: threshold)) }
        }
    }

    /// A figure of the counts without each example of a batch that was counted. Examples with the same answers leave the same figure behind.
    func leavingOut(_ batch: MetricBatch, at threshold: ClassThreshold?, _ figure: (ConfusionCounts) -> Double) -> [Double] {
        var known: [SIMD2<Int>: Double] = [:]
        return batch.rows.indices.map { place in
            guard let label = batch.label(place) else { return .nan }
            let pair = SIMD2(label, batch.predictedClass(place, at: threshold))
            if let figure = known[pair] { return figure }
            var rest = self
            rest.remove(true: pair.x, predicted: pair.y)
            let found = figure(rest)
            known[pair] = found
            return found
        }
    }
}
