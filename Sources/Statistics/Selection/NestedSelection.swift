/// What "choose by validation, then use" gives, from folds that test by turns: in each the rival with the best validation figure is chosen, and its test
/// figure counts. No row that tests has a say in its fold's choice, so the mean over the folds is an honest estimate (Varma and Simon 2006).
public struct NestedSelection: Hashable, Sendable {
    /// The figures of a rival in one fold.
    public struct Figures: Hashable, Sendable {
        /// What it is chosen by.
        public let validation: Double
        /// What it is worth.
        public let test: Double

        /// Figures of one fold.
        public init(validation: Double, test: Double) { (self.validation, self.test) = (validation, test) }
    }

    /// What was chosen in a fold.
    public struct Choice: Hashable, Sendable {
        /// The fold that tests.
        public let fold: Int
        /// The index of the chosen one; of equals the first.
        public let rival: Int
        /// Its figures there.
        public let figures: Figures
    }

    /// The choices, in the order of the folds; at least one.
    public let choices: [Choice]

    /// Nil without a fold in which a rival has figures.
    ///
    /// - Parameters:
    ///   - byFold: for each rival its figures by fold; numbers that are not finite count as none.
    ///   - isLargerBetter: whether the best validation figure is the largest.
    public init?(_ byFold: [[Int: Figures]], isLargerBetter: Bool) {
        let folds = Set(byFold.flatMap(\.keys)).sorted()
        choices = folds.compactMap { fold in
            let able = byFold.enumerated().compactMap { rival, figures in
                figures[fold].flatMap { $0.validation.isFinite && $0.test.isFinite ? Choice(fold: fold, rival: rival, figures: $0) : nil }
            }
            // `min` keeps the first of equals.
            return able.min {
                isLargerBetter ? $0.figures.validation > $1.figures.validation : $0.figures.validation < $1.figures.validation
            }
        }
        if choices.isEmpty { return nil }
    }

    /// The test figures of the chosen, fold by fold.
    public var test: [Double] { choices.map(\.figures.test) }

    /// How often each was chosen, the most often first.
    public var counts: [(rival: Int, count: Int)] {
        Dictionary(grouping: choices, by: \.rival).map { ($0.key, $0.value.count) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}
