import Settings

/// The rows of each part. No row is in two parts.
package struct SplitRows: Sendable, Hashable {
    /// The rows that neither test nor, without folds, validate.
    package var train: [Int32]
    /// The rows that validate; with folds empty.
    package var validation: [Int32]
    /// The rows that test.
    package var test: [Int32]
    /// With folds, the fold in which each of `train` validates, or -1 for a row that always trains.
    package var folds: (count: Int, ofTrain: [Int32])? {
        get { foldCount > 0 ? (foldCount, foldOfTrain) : nil }
        set {
            foldCount = newValue?.count ?? 0
            foldOfTrain = newValue?.ofTrain ?? []
        }
    }
    private var foldCount = 0
    private var foldOfTrain: [Int32] = []

    /// The rows that train while a fold validates, or, without one, in some fold at least.
    package func training(whileValidating fold: Int?) -> [Int32] {
        guard let fold else { return train }
        return zip(train, foldOfTrain).filter { $0.1 != Int32(fold) }.map(\.0)
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
    func rows(validating fold: Int) -> [Int32] {
        guard let folds else { return validation }
        return zip(train, folds.ofTrain).filter { $0.1 == Int32(fold) }.map(\.0)
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
        guard foldCount == 0 || foldOfTrain.count == train.count else { throw .rowInTwoParts(row: 0) }
    }
}
