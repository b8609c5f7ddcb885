import Metrics
import Settings

/// Encoded rows in memory, on their way into the cache.
struct EncodedArrays {
    enum Inputs {
        case dense([Float])
        case sparse(SparseRows)
        /// Row-major whole numbers below `vocabulary`, `[rows, length]`.
        case tokens([Int32], vocabulary: Int)
    }

    enum Target {
        case classes(labels: [Int32], names: [String])
        /// Row-major ones and zeros, `[rows, names]`.
        case severalLabels([Float], names: [String])
        case values([Float], unit: TargetUnit)
        /// The inputs; and a class of each row beside them, where there are such, or -1.
        case inputs(labels: [Int32]?, names: [String])
    }

    var rowCount: Int
    /// The shape of a row's inputs.
    var inputShape: [Int]
    var featureNames: [String]
    var inputs: Inputs
    var target: Target
    var split: SplitRows
    /// Input columns in order, the target last.
    var fitted: [FittedColumn]
    /// The words of multi-hot texts in the order of their columns, text by text.
    var vocabulary: [String]
    /// The number of each row in its file, from 0; nil where row `r` is row `r` of the file.
    var fileRows: [Int32]?
    /// What the data set's user must know of it.
    var notices: [DatasetNotice] = []
    /// The windows of a time series that the rows are; nil: rows of a table.
    var window: WindowSettings?

    /// How many numbers a row's inputs are.
    var featureCount: Int { inputShape.reduce(1, *) }
}
