/// What can be wrong with raw data or a request for it. The words are in `DatasetError+Message.swift`.
///
/// What is wrong in a place of a table or a catalogue file is a `Diagnostics` of the module Documents instead.
public enum DatasetError: Error, Sendable, Hashable {
    // MARK: - Raw data

    /// No source has the content. `tried` says what happened at each place, `origin` how to come by it, `folder` is where to put it.
    case unavailable(name: String, file: String, digest: String, origin: String?, folder: String, tried: [SourceAttempt])
    /// The user asked to stop while it was downloaded.
    case interrupted
    /// A file that was to be a data set's holds something else.
    case otherContent(name: String, path: String, found: String, expected: String)
    /// A file could not be opened, read or written.
    case file(path: String, reason: String)
    /// A member of an archive is not as its format says.
    case damagedMember(name: String, offset: Int, expected: String)
    /// An archive of texts lacks a train part, a test part or a second class; `notices` tell what was left out.
    case missingClassFolders(path: String, classes: [String], notices: [DatasetNotice] = [])
    /// A folder of pictures lacks a test part, or a second class; `notices` tell what was left out.
    case missingPictureFolders(path: String, classes: [String], notices: [DatasetNotice])
    /// Two pictures of a folder have different sizes, rows and columns.
    case picturesOfSeveralSizes(folder: String, names: [String], sizes: [[Int]])
    /// A picture has another size than images have.
    case pictureOfOtherSize(name: String, size: [Int], expected: [Int])
    /// The catalogue has no such entry.
    case unknownDataset(name: String, known: [String])

    /// A file no longer has the content that was asked for.
    case contentChanged(name: String)

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
    /// A column of `auto` has dates, of which it does not know what matters.
    case datesByAuto(column: String)
    /// A column of texts cannot be predicted; `found` says what stands in it.
    case noTarget(column: String, found: String)
    /// All rows that train have the same class.
    case oneClass(column: String, name: String)
    /// The labels beside the inputs are all of one class, or no row has one.
    case labelsAlike(column: String, name: String?)
    /// No row that trains has a label.
    case noLabel(column: String)
    /// The target is an input, too; or, with `isBeside`, the column of the labels that figures alone see.
    case targetAmongInputs(column: String, isBeside: Bool = false)
    /// The inputs are no image of the shape that the file gives, or images of several shapes.
    case notAnImage(shapes: [[Int]], columns: Int)
    /// The inputs are windows of several kinds, or not all of them are windows.
    case windowsDiffer
    /// A table has fewer rows than one window and its target take.
    case noFullWindow(rows: Int, needed: Int)
    /// Rows of which windows are asked do not stand in the order of this column.
    case rowsOutOfOrder(column: String, path: String)
    /// Rows of a series would be dropped because of empty cells in these columns.
    case droppedFromSeries(columns: [String])
    /// Windows of a series have no groups.
    case groupsOfWindows(column: String)
    /// A single row was given where a window was needed.
    case rowForWindow(length: Int)
    /// Sequences of words stand beside other inputs.
    case tokensBesideOthers
    /// A running text is to be split in another way than by place.
    case runningTextSplit
    /// A series cannot be gone on with.
    case seriesCannotGoOn(reason: String)
    /// No column is left as an input.
    case noInputs
    /// No column of a data set can be made an input without being told how; `reasons` say why.
    case nothingToLearn(reasons: [String])
    /// A table of one column, which can be inputs or target.
    case singleColumn(name: String)
    /// No word of a text has a column of its own.
    case noWordKept(column: String)
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
    /// Expanding folds and their gap leave no row to train in the first.
    case expandingFoldsDoNotFit(folds: Int, gap: Int, available: Int)
    /// The gap before a part leaves no row to train.
    case gapDoesNotFit(part: String, gap: Int, available: Int)
    /// Rows of one group would be in two parts or folds.
    case groupInTwoParts(column: String, group: String, parts: [String])
    /// A row has no group.
    case rowWithoutGroup(column: String, row: Int)
    /// A part cannot be made of whole groups.
    case tooFewGroups(part: String, groups: Int)
    /// A part would be all groups.
    case partTakesAllGroups(part: String, groups: Int)
    /// An order of rows that knows no groups.
    case groupedOrder(part: String)
    /// There are fewer groups than folds.
    case fewerGroupsThanFolds(column: String, groups: Int, folds: Int)
    /// A cell of a column by which rows are put in order is neither a number nor a date; `row` counts from 1, as in the file.
    case noOrder(column: String, row: Int, found: String)
    /// A part by column has no row.
    case noRowWithValue(part: String, column: String, values: [String])
    /// No row of the data set has these values, by which a part takes its rows.
    case valuesWithoutRow(column: String, values: [String], known: [String])
    /// A stratified part needs a target of classes.
    case stratifiedPartNeedsClasses(part: String)
    /// An order of rows that knows no classes.
    case stratifiedOrder(part: String)
    /// scikit-learn refuses to spread a class of one row.
    case classOfOneRow(part: String)
    /// scikit-learn refuses parts with fewer rows than there are classes.
    case fewerRowsThanClasses(part: String, rows: Int, classes: Int)
    /// A part that has a table of its own is asked of the split as well.
    case partGivenTwice(part: String)
    /// A row is in two parts, or in one part twice: a fault of the program.
    case rowInTwoParts(row: Int)
    /// Stratified folds need a target of classes.
    case stratifiedFoldsNeedClasses
    /// NumPy takes seeds from 0 to 4,294,967,295.
    case seedOutOfRange(seed: Int)
    /// A fold was asked for that the split does not have.
    case noSuchFold(fold: Int, count: Int?)
    /// What is wrong only where this fold, counted from 0, validates.
    indirect case whileValidating(fold: Int, DatasetError)
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

/// Several things that are wrong at once.
public struct DatasetErrors: Error, Sendable, Hashable {
    /// What is wrong, at least two things.
    public var all: [DatasetError]

    /// Throws what is wrong, if anything is: one thing as itself.
    static func check(_ errors: [DatasetError]) throws {
        if errors.count > 1 { throw DatasetErrors(all: errors) }
        if let error = errors.first { throw error }
    }
}
