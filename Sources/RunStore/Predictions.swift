/// What a run's network answers for each validation and test example: what statistics over examples need.
public struct Predictions: Hashable, Sendable {
    /// The right answers of one part.
    public enum Targets: Hashable, Sendable {
        /// A class number an example.
        case classes([Int32])
        /// `width` values an example, row-major `[examples, width]`, in the target's own unit.
        case values([Float], width: Int)
    }

    /// The examples of one part of the split.
    public struct Part: Hashable, Sendable {
        /// Row numbers in the data set, in the part's order.
        public var rows: [Int32]
        /// The right answers, in the same order.
        public var targets: Targets
        /// The network's output values, row-major `[examples, width]`.
        public var outputs: [Float]
        /// Output values an example.
        public var width: Int

        /// One part. `outputs` must hold `rows.count * width` values; writing a part for which that fails is refused.
        public init(rows: [Int32], targets: Targets, outputs: [Float], width: Int) {
            self.rows = rows
            self.targets = targets
            self.outputs = outputs
            self.width = width
        }
    }

    /// The validation examples, when there are any.
    public var validation: Part?
    /// The test examples, when there are any.
    public var test: Part?

    /// Either part may be missing.
    public init(validation: Part? = nil, test: Part? = nil) {
        self.validation = validation
        self.test = test
    }
}
