/// Of how many examples each of several labels is right, and for how many it is said.
package struct LabelCounts: Hashable, Sendable {
    private var hits: [Int]
    private var supports: [Int]
    private var predictions: [Int]

    /// No example yet.
    package init(labels: Int) {
        hits = [Int](repeating: 0, count: labels)
        (supports, predictions) = (hits, hits)
    }

    /// How many labels there are.
    package var labels: Int { hits.count }

    /// Counts a label of an example.
    package mutating func add(_ label: Int, isRight: Bool, isSaid: Bool) {
        if isRight { supports[label] += 1 }
        if isSaid { predictions[label] += 1 }
        if isRight, isSaid { hits[label] += 1 }
    }

    /// Takes back a label of an example that was counted.
    package mutating func remove(_ label: Int, isRight: Bool, isSaid: Bool) {
        if isRight { supports[label] -= 1 }
        if isSaid { predictions[label] -= 1 }
        if isRight, isSaid { hits[label] -= 1 }
    }

    /// Hits, examples that have the label, examples that are said to have it.
    typealias Counts = (hits: Int, supports: Int, predictions: Int)

    /// The counts of a label.
    func counts(of label: Int) -> Counts { (hits[label], supports[label], predictions[label]) }

    /// The counts of all labels together.
    var sums: Counts { (hits.reduce(0, +), supports.reduce(0, +), predictions.reduce(0, +)) }

    /// Labels that occur or are said; macro averages leave out the others.
    var present: [Int] { hits.indices.filter { supports[$0] + predictions[$0] > 0 } }
}
