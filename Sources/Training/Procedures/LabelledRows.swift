import Metrics

/// The train rows that are trained on with their labels, where not all are.
package enum LabelledRows {
    /// So many of `rows`: of classes as many of each as there are, in turn and the first of each, as far as these go; of other targets the first.
    package static func chosen(_ count: Int?, of rows: [Int32], _ targets: MetricTargets) -> [Int32] {
        guard let count, count < rows.count else { return rows }
        guard case .labels(let labels) = targets else { return Array(rows.prefix(count)) }
        // The place of each row among those of its class: the first of all classes, then the second of all, and so on.
        var seen: [Int32: Int] = [:]
        let turns = rows.enumerated().map { place, row in
            let turn = seen[labels[Int(row)], default: 0]
            seen[labels[Int(row)]] = turn + 1
            return (turn: turn, place: place)
        }
        let chosen = turns.sorted { ($0.turn, $0.place) < ($1.turn, $1.place) }.prefix(count)
        return chosen.map(\.place).sorted().map { rows[$0] }
    }
}
