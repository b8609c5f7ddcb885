import Documents

extension DatasetErrors: CustomStringConvertible {
    /// One line for each.
    public var description: String { all.map(\.description).joined(separator: "\n") }
}

extension DatasetError: CustomStringConvertible {
    /// What was found, what was expected, and what to do.
    public var description: String {
        switch self {
        case .unavailable(let name, let file, let digest, let origin, let folder, let tried):
            """
            the data set "\(name)" could not be found; tried:
            \(tried.map { "  \($0.place): \($0.problem)" }.joined(separator: "\n"))
            \(origin.map { "it is to be had by hand: \($0)\n" } ?? "")\
            to go on without a network, put the file \(file) into \(folder) or a folder that ABLATE_MIRROR names,
            or say where it lies: ablate data fetch \(name) --from FILE; the SHA-256 of its content must be \(digest)
            """
        case .interrupted:
            "interrupted"
        case .otherContent(let name, let path, let found, let expected):
            "\(path) is not the data set \"\(name)\": the SHA-256 of its content is \(found) and must be \(expected)"
        case .file(let path, let reason):
            "\(path): \(reason)"
        case .damagedMember(let name, let offset, let expected):
            "\(name): found no \(expected) behind byte \(offset); the file is damaged or cut off"
        case .missingClassFolders(let path, let classes, let notices):
            "\(path): there must be texts of two classes at least, in an archive below train/ and below test/, in a folder as CLASS/FILE.txt too; found \(classes.isEmpty ? "none" : classes.joined(separator: ", "))\(notices.map { "; \($0.sentence)" }.joined())"
        case .missingPictureFolders(let path, let classes, let notices):
            "\(path): there must be PNG or JPEG files of two classes at least, as CLASS/FILE.png, or below train/ and test/; found \(classes.isEmpty ? "none" : classes.joined(separator: ", "))\(notices.map { "; \($0.sentence)" }.joined())"
        case .picturesOfSeveralSizes(let folder, let names, let sizes):
            "\(folder): pictures differ in size: \(zip(names, sizes).map { "\($0) is \(Self.size($1))" }.joined(separator: ", ")) (height x width); write resize: area, or bilinear, in their encoding"
        case .pictureOfOtherSize(let name, let size, let expected):
            "\(name): the picture is \(Self.size(size)) (height x width), images are to be \(Self.size(expected)); write its size, or resize: area, or bilinear, in their encoding"
        case .unknownDataset(let name, let known):
            "unknown data set \"\(name)\"; \(Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"? " } ?? "")the catalogue has \(known.joined(separator: ", "))"
        case .contentChanged(let name):
            "\(name) has changed meanwhile; run the command again when nothing writes it any more"
        case .unknownColumn(let name, let dataset, let known):
            "\(dataset) has no column \"\(TablePlaces.shown(name))\"; \(Self.columns(known, near: name))"
        case .wrongEncoding(let column, let encoding, let expected):
            "the column \"\(column)\" cannot be encoded as \(encoding); it can be \(expected)"
        case .wrongMissing(let column, let missing, let expected):
            "an empty cell of the column \"\(column)\" cannot become \(missing); it can be \(expected)"
        case .lackingColumns(let names, let place):
            "\(place) lacks the \(names.count == 1 ? "column" : "columns") \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
        case .everyRowDropped(let columns):
            "no row is left: each has an empty cell in \(columns.map { "\"\($0)\"" }.joined(separator: " or ")), whose rows are dropped then"
        case .emptyColumn(let column):
            "the column \"\(column)\" is empty in all rows that train; drop it, or say with missing what stands in its cells"
        case .datesByAuto(let column):
            "the column \"\(column)\" has dates, and auto does not know what of them matters; write {encode: date, cyclic: [month, weekday], since: 2020-01-01}, or drop it"
        case .noTarget(let column, let found):
            "the column \"\(column)\" has \(found) and cannot be predicted; name another one as the target"
        case .oneClass(let column, let name):
            "all rows that train have \"\(TablePlaces.shown(name))\" in the target \"\(column)\"; there is nothing to learn with a single class"
        case .labelsAlike(let column, let name):
            (name.map { "all labels in \"\(column)\" are \"\(TablePlaces.shown($0))\"" } ?? "no row has a label in \"\(column)\"")
                + "; they tell no rows apart: leave labels out, or name another column"
        case .noLabel(let column):
            "no row that trains has a label in the target \"\(column)\"; there is nothing to learn without one"
        case .targetAmongInputs(let column, let isBeside):
            isBeside
                ? "the labels \"\(column)\" are also an input, and no training is to see them; take the column out of the inputs, or leave labels out"
                : "the target \"\(column)\" is also an input; a network would only copy it"
        case .notAnImage(let shapes, let columns):
            shapes.count == 1
                ? "an image \(shapes[0].map { "\($0)" }.joined(separator: " x ")) has \(shapes[0].reduce(1, *)) numbers, the inputs are \(columns); all of them make the image, and none beside them"
                : "the inputs are images of several shapes; all of them make one image"
        case .windowsDiffer:
            "the inputs are windows of several kinds, or numbers beside windows; all of them have encode: window with the same length, horizon and step"
        case .noFullWindow(let rows, let needed):
            "\(rows) rows in time have no full window, which takes \(needed); give more rows, or take a smaller length or horizon"
        case .rowsOutOfOrder(let column, let path):
            "\(path): the rows do not stand in the order of \"\(column)\", and windows are of rows that follow each other; sort the table by \(column)"
        case .droppedFromSeries(let columns):
            columns.isEmpty
                ? "rows cannot be left out of a series: those around them would follow each other; leave out only"
                : "rows with an empty cell in \(columns.map { "\"\($0)\"" }.joined(separator: " or ")) cannot be left out of a series: those around them would follow each other; fill the cells in"
        case .groupsOfWindows(let column):
            "windows of a series reach over rows of several groups, so they cannot be grouped by \"\(column)\"; leave out group"
        case .rowForWindow(let length):
            "the inputs are windows of \(length) rows, and one row was given; give \(length) rows or more as a table: --csv FILE"
        case .tokensBesideOthers:
            "a sequence of words is the only input of a network; take the other columns out, or encode the text as multi-hot"
        case .runningTextSplit:
            "a running text is cut where it stands; write test: {fraction: 0.1} or last, and validation likewise, without shuffle, folds or columns"
        case .seriesCannotGoOn(let reason):
            "a forecast of several steps goes on from its own answers, and here it cannot: \(reason)"
        case .noInputs:
            "no column is left as an input; name one under inputs, or drop fewer"
        case .nothingToLearn(let reasons):
            "no column can be an input as it is\(reasons.isEmpty ? "" : ": " + reasons.prefix(10).joined(separator: "; "))"
        case .singleColumn(let name):
            "found a single column, \"\(TablePlaces.shown(name))\", where inputs and a target were expected; if something else stands between the fields, say what: {csv: {path: …, delimiter: \" \"}}"
        case .noWordKept(let column):
            "no word of the text \"\(column)\" is kept; lower minimum_count or skip_top, or drop the column"
        case .vocabularyOutOfRange(let vocabulary):
            "the vocabulary has \(vocabulary) columns; with coding: keras it needs 4 at least (its marks), and no more than 16,777,216 are possible"
        case .tooLarge(let rows, let features):
            "\(rows) rows of \(features) features are more than fit into an encoded file; drop columns or encode fewer categories"
        case .fractionOutOfRange(let part, let fraction):
            "the \(part) part is a share of \(fraction) of the rows; it must lie between 0 and 1"
        case .partDoesNotFit(let part, let rows, let available):
            rows <= 0
                ? "the \(part) part would have no row of \(available)"
                : "the \(part) part takes \(rows) of \(available) rows and leaves none to train on"
        case .foldsDoNotFit(let folds, let available):
            "\(available) rows cannot be split into \(folds) folds; take 2 folds at least, and no more than there are rows"
        case .expandingFoldsDoNotFit(let folds, let gap, let available):
            "\(available) rows cannot be split into \(folds) blocks that validate and rows before them that train\(gap > 0 ? ", with a gap of \(gap)" : ""); take fewer folds\(gap > 0 ? " or a smaller gap" : "")"
        case .gapDoesNotFit(let part, let gap, let available):
            "a gap of \(gap) rows before the \(part) part leaves none of \(available) to train on; take a smaller one"
        case .groupInTwoParts(let column, let group, let parts):
            "rows with \"\(TablePlaces.shown(group))\" in the column \"\(column)\" are in \(parts.joined(separator: " and ")), where a group stays together; leave out group, or let the split make these parts"
        case .rowWithoutGroup(let column, let row):
            "row \(row) has an empty cell in the column \"\(column)\", by which rows are grouped; fill it in"
        case .tooFewGroups(let part, let groups):
            "the \(part) part cannot be made of whole groups, there \(groups == 1 ? "is one" : "are \(groups)") and one must be left to train on"
        case .partTakesAllGroups(let part, let groups):
            "the \(part) part takes all \(groups) groups and leaves none to train on; take a smaller fraction"
        case .groupedOrder(let part):
            "the \(part) part cannot be made of whole groups in this order; write shuffle: true or shuffle: scikit-learn"
        case .fewerGroupsThanFolds(let column, let groups, let folds):
            "the \(groups) groups of the column \"\(column)\" cannot be dealt to \(folds) folds; take no more folds than there are groups"
        case .noOrder(let column, let row, let found):
            "row \(row) has \(found.isEmpty ? "an empty cell" : "\"\(TablePlaces.shown(found))\"") in the column \"\(column)\", by which rows are put in order; it takes numbers in all rows, or dates such as 2024-03-31 or 2024-03-31 18:05"
        case .noRowWithValue(let part, let column, let values):
            "the \(part) part would be empty: no row that is left has \(values.map { "\"\($0)\"" }.joined(separator: " or ")) in the column \"\(column)\""
        case .valuesWithoutRow(let column, let values, let known):
            Self.valuesWithoutRow(column, values, known)
        case .stratifiedPartNeedsClasses(let part):
            "a stratified \(part) part has its share of every class, but the target has no classes, of which each row is of one; leave out stratify"
        case .stratifiedOrder(let part):
            "the \(part) part cannot be stratified in this order; write shuffle: true or shuffle: scikit-learn"
        case .classOfOneRow(let part):
            "the \(part) part cannot be stratified as scikit-learn does it, a class has one row alone; leave out stratify, or write shuffle: true"
        case .fewerRowsThanClasses(let part, let rows, let classes):
            "the \(part) part cannot be stratified as scikit-learn does it, \(rows) rows are fewer than the \(classes) classes; make the part larger or smaller, or write shuffle: true"
        case .partGivenTwice(let part):
            "the \(part) rows have a table of their own; leave out \(part) in split, or in the data set"
        case .rowInTwoParts(let row):
            "the split has row \(row) in two parts; this is a fault of the program, please report it"
        case .stratifiedFoldsNeedClasses:
            "stratified folds spread classes evenly, but the target has no classes, of which each row is of one; take contiguous or shuffled folds"
        case .seedOutOfRange(let seed):
            "the seed \(seed) is not one that NumPy takes; it must lie between 0 and 4294967295"
        case .noSuchFold(let fold, let count):
            if let count {
                "fold \(fold) was asked for, the split has \(count) folds, numbered from 0"
            } else {
                "fold \(fold) was asked for, the split has no folds"
            }
        case .whileValidating(let fold, let error):
            "\(error), while fold \(fold + 1) validates"
        }
    }

    // MARK: - Parts

    private static let mostNamed = 20

    private static func valuesWithoutRow(_ column: String, _ values: [String], _ known: [String]) -> String {
        func named(_ texts: [String]) -> String {
            texts.prefix(mostNamed).map { "\"\(TablePlaces.shown($0))\"" }.joined(separator: ", ") + (texts.count > mostNamed ? ", …" : "")
        }
        let meant = values.lazy.compactMap { Categories.number(alike: $0, among: known) ?? Suggestion.nearest(to: $0, among: known) }.first
        return
            "no row has \(named(values)) in the column \"\(column)\"; \(meant.map { "did you mean \"\($0)\"? " } ?? "")it has \(named(known))"
    }

    /// The columns there are, the first of many, and which of them may be meant.
    private static func columns(_ known: [String], near name: String) -> String {
        let nearest = Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"? " } ?? ""
        let some = known.prefix(mostNamed).map(TablePlaces.shown).joined(separator: ", ")
        let more = known.count > mostNamed ? " and \(known.count - mostNamed) more" : ""
        if known.count == 1, known[0].contains(where: { ",;\t|".contains($0) }) {
            return "its only column is \(some), so the delimiter is likely another one"
        }
        return nearest + "its columns are \(some)\(more)"
    }

    private static func size(_ sides: [Int]) -> String { sides.map { "\($0)" }.joined(separator: " x ") }
}
