import Settings

/// The rows of each part. No row is in two parts.
package struct SplitRows: Sendable, Hashable {
    /// The rows that neither test nor, without folds, validate.
    package var train: [Int32]
    /// The rows that validate; with folds empty.
    package var validation: [Int32]
    /// The rows that test.
    package var test: [Int32]
    /// Which of `train` validate in which fold; nil without folds.
    package var folds: Folds?

    /// Folds of the rows that train.
    package struct Folds: Sendable, Hashable {
        /// How many there are, those of all repeats.
        package var count: Int
        /// The fold in which each of the rows validates, or -1 for a row that does in none; where folds are dealt several times, for all rows repeat after
        /// repeat.
        package var ofTrain: [Int32]
        /// The fold from which on each of the rows trains; empty: they train from the first on.
        package var trainingFrom: [Int32] = []

        /// The fold in which each of the rows validates in the repeat that `fold` belongs to.
        package func ofTrain(inRepeatOf fold: Int, rows: Int) -> ArraySlice<Int32> {
            let repeats = max(1, rows > 0 ? ofTrain.count / rows : 1)
            let start = fold / max(1, count / repeats) * rows
            return ofTrain[start..<start + rows]
        }
    }

    /// The rows that train while a fold validates, or, without one, in some fold at least.
    package func training(whileValidating fold: Int?) -> [Int32] {
        guard let fold, let folds else { return train }
        let ofTrain = folds.ofTrain(inRepeatOf: fold, rows: train.count)
        if folds.trainingFrom.isEmpty { return zip(train, ofTrain).filter { $0.1 != Int32(fold) }.map(\.0) }
        return zip(train, zip(ofTrain, folds.trainingFrom)).filter { $0.1.0 != Int32(fold) && $0.1.1 <= Int32(fold) }.map(\.0)
    }

    /// The rows that a column is fitted on; nil for all that there are.
    func rows(_ fit: FittedRows, whileValidating fold: Int?) -> [Int32]? {
        switch fit {
        case .train: training(whileValidating: fold)
        case .folds: train
        case .all: nil
        }
    }

    /// The rows that validate in a fold.
    package func rows(validating fold: Int) -> [Int32] {
        guard let folds else { return validation }
        return zip(train, folds.ofTrain(inRepeatOf: fold, rows: train.count)).filter { $0.1 == Int32(fold) }.map(\.0)
    }

    package init(train: [Int32], validation: [Int32] = [], test: [Int32] = []) {
        self.train = train
        self.validation = validation
        self.test = test
    }

    /// Refuses rows that are in two parts, or in one twice, or that there are not.
    package func check(rowCount: Int) throws(DatasetError) {
        var isSeen = [Bool](repeating: false, count: rowCount)
        for part in [train, validation, test] {
            for row in part {
                guard isSeen.indices.contains(Int(row)), !isSeen[Int(row)] else { throw .rowInTwoParts(row: Int(row)) }
                isSeen[Int(row)] = true
            }
        }
        if let folds {
            let isWhole = train.isEmpty ? folds.ofTrain.isEmpty : folds.ofTrain.count > 0 && folds.ofTrain.count % train.count == 0
            guard isWhole, folds.trainingFrom.isEmpty || folds.trainingFrom.count == train.count else { throw .rowInTwoParts(row: 0) }
        }
    }
}
