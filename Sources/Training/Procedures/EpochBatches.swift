import RandomNumbers

/// The batches of an epoch, one after another.
struct EpochBatches {
    /// The rows in the order in which they come.
    let order: [Int32]
    let batchSize: Int

    /// All rows of an epoch; `isShuffled` reorders them by the stream `shuffle` of the seed and the path.
    init(of rows: [Int32], batchSize: Int, seed: Int, path: String = "", epoch: Int, isShuffled: Bool) {
        var stream = RandomStream(seed: seed, stream: .shuffle, path: path, epoch: epoch)
        order = isShuffled ? stream.permutation(of: rows.count).map { rows[Int($0)] } : rows
        self.batchSize = batchSize
    }

    /// How many they are.
    var count: Int { (order.count + batchSize - 1) / batchSize }

    /// About the time between two questions whether to stop: a question costs little, but the smallest batches take a microsecond.
    private static let timeBetweenQuestions = Duration.milliseconds(20)
    /// The most batches between two questions.
    private static let mostBatchesBetweenQuestions = 4096

    /// Calls `body` with each; false when it was stopped before the end.
    func forEach(shouldStop: () -> Bool, _ body: (UnsafeBufferPointer<Int32>) throws -> Void) throws -> Bool {
        try order.withUnsafeBufferPointer { order in
            var (untilQuestion, betweenQuestions, asked) = (0, 1, ContinuousClock.now)
            for first in stride(from: 0, to: order.count, by: batchSize) {
                if untilQuestion == 0 {
                    if shouldStop() { return false }
                    let now = ContinuousClock.now
                    let isEarly = now - asked < Self.timeBetweenQuestions
                    betweenQuestions = isEarly ? min(2 * betweenQuestions, Self.mostBatchesBetweenQuestions) : max(betweenQuestions / 2, 1)
                    (untilQuestion, asked) = (betweenQuestions, now)
                }
                untilQuestion -= 1
                try body(UnsafeBufferPointer(rebasing: order[first..<min(first + batchSize, order.count)]))
            }
            return true
        }
    }
}
