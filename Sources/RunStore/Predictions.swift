/// What a run's network answers for each validation and test example: what statistics over examples need.
public struct Predictions: Hashable, Sendable {
    /// The examples of one part of the split.
    public struct Part: Hashable, Sendable {
        /// Row numbers in the data set's file, from 0, in the part's order.
        public var rows: [Int32]
        /// The right answers, `[examples, target width]`: an example's class number, or its target values in training units.
        public var targets: [Float]
        /// The network's output values, row-major `[examples, width]`.
        public var outputs: [Float]
        /// Output values an example.
        public var width: Int

        /// One part. `outputs` must hold `rows.count * width` values, `targets` a multiple of `rows.count`; else writing it is refused.
        public init(rows: [Int32], targets: [Float], outputs: [Float], width: Int) {
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
