/// The numbers of a data set as the file has them, scaled in 64 bits and not rounded to 32: what methods that solve equations work on. The rows are
/// those of the ``EncodedDataset`` of the same request, in their order.
public struct ExactNumbers: Sendable {
    /// Row-major inputs, `[rows, features]`; nil where a text is among the inputs.
    public let inputs: [Double]?
    /// The width of an input row; 0 where a text is among the inputs.
    public let featureCount: Int
    /// The numbers of a numeric target in training units; nil for classes.
    public let target: [Double]?

    /// No numbers at all: enough for methods that count classes.
    public static let none = ExactNumbers(inputs: nil, featureCount: 0, target: nil)

    /// Numbers of a data set.
    public init(inputs: [Double]?, featureCount: Int, target: [Double]?) {
        self.inputs = inputs
        self.featureCount = featureCount
        self.target = target
    }
}
