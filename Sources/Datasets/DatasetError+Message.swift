extension DatasetError: CustomStringConvertible {
    /// What was found, what was expected, and what to do.
    public var description: String {
        switch self {
        case .noSuchFold(let fold, let count):
            if let count {
                "fold \(fold) was asked for, the split has \(count) folds, numbered from 0"
            } else {
                "fold \(fold) was asked for, the split has no folds"
            }
        }
    }
}
