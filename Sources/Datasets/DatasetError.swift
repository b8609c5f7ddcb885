/// What can be wrong with raw data or a request for it. The words are in `DatasetError+Message.swift`.
///
/// What is wrong in a place of a table or a catalogue file is a `Diagnostics` of the module Documents instead.
public enum DatasetError: Error, Sendable, Hashable {
    // MARK: - Raw data

    /// No source has the content. `tried` says what happened at each place, `origin` how to come by it, `folder` is where to put it.
    case unavailable(name: String, file: String, digest: String, origin: String?, folder: String, tried: [SourceAttempt])
    /// A file that was to be a data set's holds something else.
    case otherContent(name: String, path: String, found: String, expected: String)
    /// A file could not be opened, read or written.
    case file(path: String, reason: String)
    /// A member of an archive is not as its format says.
    case damagedMember(name: String, offset: Int, expected: String)
    /// An archive of texts lacks a train part, a test part or a second class.
    case missingClassFolders(classes: [String])
    /// The catalogue has no such entry.
    case unknownDataset(name: String, known: [String])

    // MARK: - Columns

    /// The data set has no such column.
    case unknownColumn(name: String, dataset: String, known: [String])
    /// A column's cells cannot be encoded like this.
    case wrongEncoding(column: String, encoding: String, expected: String)
    /// What stands for an empty cell does not go with the column's encoding.
    case wrongMissing(column: String, missing: String, expected: String)
    /// A row or a table to encode lacks columns.
    case lackingColumns(names: [String], place: String)
    /// Every row has an empty cell in a column whose empty rows are dropped.
    case everyRowDropped(columns: [String])
    /// Nothing can be learned of a column that is empty in all rows it is fitted on.
    case emptyColumn(column: String)
    /// A multi-hot text has other columns beside it.
    case multiHotBesideOthers(column: String)
    /// A column of texts cannot be predicted.
    case noTarget(column: String)
    /// The target is an input, too.
    case targetAmongInputs(column: String)
    /// No column is left as an input.
    case noInputs
    /// A vocabulary is too small or too large to number its words.
    case vocabularyOutOfRange(vocabulary: Int)
    /// The encoded rows would not fit.
    case tooLarge(rows: Int, features: Int)

    // MARK: - Splits

    /// A share is not between 0 and 1.
    case fractionOutOfRange(part: String, fraction: Double)
    /// A part would be empty, or leave nothing to train on.
    case partDoesNotFit(part: String, rows: Int, available: Int)
    /// There are fewer rows than folds, or fewer than two folds.
    case foldsDoNotFit(folds: Int, available: Int)
    /// A part by column has no row.
    case noRowWithValue(part: String, column: String, values: [String])
    /// A stratified part needs a target of classes.
    case stratifiedPartNeedsClasses(part: String)
    /// An order of rows that knows no classes.
    case stratifiedOrder(part: String)
    /// Stratified folds need a target of classes.
    case stratifiedFoldsNeedClasses
    /// NumPy takes seeds from 0 to 4,294,967,295.
    case seedOutOfRange(seed: Int)
    /// A fold was asked for that the split does not have.
    case noSuchFold(fold: Int, count: Int?)
}

/// What happened at one of the places where a data set's content was looked for.
public struct SourceAttempt: Sendable, Hashable {
    /// The path or address.
    public var place: String
    /// Why it was not used.
    public var problem: String

    /// An attempt that came to nothing.
    public init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }
}
