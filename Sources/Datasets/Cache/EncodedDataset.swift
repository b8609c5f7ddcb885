import Metrics

/// An encoded data set: arrays in a memory-mapped file, read-only, valid as long as this object lives.
///
/// The compiler may end the object's life behind its last use, though buffers are still in use: wrap that work in `withExtendedLifetime(dataset)`.
public final class EncodedDataset: Sendable {
    /// The inputs of all rows.
    public enum Inputs: @unchecked Sendable {
        /// Row-major numbers, `[rows]` and the shape of a row.
        case dense(UnsafeBufferPointer<Float>)
        /// The numbers of row `r` that are not 0 are `values[offsets[r]..<offsets[r + 1]]`, and ones where there are no values; they stand in the columns
        /// `columns[offsets[r]..<offsets[r + 1]]`, ascending and without repeats. `offsets` has a number more than there are rows.
        case sparse(offsets: UnsafeBufferPointer<Int32>, columns: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>?)
        /// Row-major whole numbers, `[rows, length]`, each of which stands for a word.
        case tokens(UnsafeBufferPointer<Int32>)
    }

    /// The targets of all rows.
    public enum Target: @unchecked Sendable {
        /// A class for each row, and the classes' names.
        case classes(labels: UnsafeBufferPointer<Int32>, names: [String])
        /// Any number of labels a row: row-major ones and zeros, `[rows, names]`, and the labels' names.
        case severalLabels(UnsafeBufferPointer<Float>, names: [String])
        /// Row-major numbers, `[rows, width]`, scaled as `unit` says.
        case values(UnsafeBufferPointer<Float>, width: Int, unit: TargetUnit)
        /// The inputs themselves; and a class of each row beside them that no training sees, where there are such: -1 for a row that has none.
        case inputs(labels: UnsafeBufferPointer<Int32>?, names: [String])
    }

    /// Row numbers of one part, in their given order.
    public struct Rows: @unchecked Sendable {
        /// The numbers; empty where there is no such part.
        public let rows: UnsafeBufferPointer<Int32>
    }

    /// The words of multi-hot texts, with zeros between them, in the order of their columns, text by text.
    struct Vocabulary: @unchecked Sendable {
        let bytes: UnsafeBufferPointer<UInt8>
    }

    /// What can be said without reading the rows: counts, names, digests, fitted encoders.
    public let summary: DatasetSummary
    /// The inputs of all rows.
    public let inputs: Inputs
    /// The targets of all rows.
    public let target: Target
    private let trainRows: Rows
    private let validationRows: Rows
    private let testRows: Rows
    private let vocabularyText: Vocabulary
    private let fileRows: Rows?

    /// All rows of the data set.
    public var rowCount: Int { summary.rowCount }
    /// How many numbers an input row is.
    public var featureCount: Int { summary.featureCount }
    /// The rows that train, in their given order.
    public var train: UnsafeBufferPointer<Int32> { trainRows.rows }
    /// The rows that validate, in their given order; empty where there is no such part.
    public var validation: UnsafeBufferPointer<Int32> { validationRows.rows }
    /// The rows that test, in their given order; empty where there is no such part.
    public var test: UnsafeBufferPointer<Int32> { testRows.rows }

    /// The words of multi-hot texts that have a column of their own, in the order of their columns. Those of several texts follow each other. Empty for
    /// other tables.
    public var vocabulary: [String] {
        vocabularyText.bytes.isEmpty
            ? [] : vocabularyText.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The number that a row has in its file, from 0: another one than in the data set where rows were left out, or where parts have files of their own.
    public func fileRow(of row: Int32) -> Int32 { fileRows?.rows[Int(row)] ?? row }

    /// The name of the class that a row has, as its target or beside it; nil where it has none, or several.
    public func className(of row: Int32) -> String? {
        switch target {
        case .classes(let labels, let names), .inputs(let labels?, let names):
            let label = Int(labels[Int(row)])
            return names.indices.contains(label) ? names[label] : nil
        case .inputs, .values, .severalLabels: return nil
        }
    }

    private let owners: [any AnyObject & Sendable]

    init(
        summary: DatasetSummary, inputs: Inputs, target: Target, train: Rows, validation: Rows, test: Rows,
        vocabulary: Vocabulary, fileRows: Rows? = nil, owners: [any AnyObject & Sendable]
    ) {
        self.summary = summary
        self.inputs = inputs
        self.target = target
        trainRows = train
        validationRows = validation
        testRows = test
        vocabularyText = vocabulary
        self.fileRows = fileRows
        self.owners = owners
    }
}
