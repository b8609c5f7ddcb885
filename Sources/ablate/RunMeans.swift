import Statistics

/// What runs answer together, number by number.
struct RunMeans {
    /// The mean over the runs, a row each.
    let means: [[Double]]
    /// The standard deviation over the runs, a row each; nil for a single run.
    let spreads: [[Double]]?

    /// By run, then by row.
    init(_ byRun: [[[Double]]]) {
        let shape = byRun.first ?? []
        /// A figure of the runs, by row and number.
        func figures(_ figure: ([Double]) -> Double) -> [[Double]] {
            shape.indices.map { row in shape[row].indices.map { number in figure(byRun.map { $0[row][number] }) } }
        }
        means = figures { $0.reduce(0, +) / Double(max($0.count, 1)) }
        spreads = byRun.count > 1 ? figures { Sample($0)?.standardDeviation ?? .nan } : nil
    }
}
