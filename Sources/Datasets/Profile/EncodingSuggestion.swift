/// Encodings that suit a data set's columns: a beginning, for people to look at and change.
public struct EncodingSuggestion: Sendable, Hashable {
    /// A column that is left out, and why.
    public struct Dropped: Sendable, Hashable {
        /// The column.
        public var column: String
        /// Why it is no input.
        public var reason: String
    }

    /// The inputs: every column by name, or one text.
    public var inputs: InputEncodings
    /// The target.
    public var target: TargetEncoding
    /// The classes' number when the target has classes.
    public var classCount: Int?
    /// Why columns are dropped.
    public var dropped: [Dropped]

    /// In tables of so many rows whole numbers that never come again are taken for keys.
    private static let fewestKeys = 100

    /// Numbers are standardised, categories one-hot; a text is taken when there is nothing else. The target is `target` or the last column.
    public init(_ profile: DatasetProfile, target name: String? = nil) throws(DatasetError) {
        guard let target = name.map({ profile[$0] }) ?? profile.columns.last else {
            throw .unknownColumn(name: name ?? "", dataset: profile.name, known: profile.columns.map(\.name))
        }
        let targetMissing: MissingCells = target.emptyCount > 0 ? .drop : .error
        if target.hasClasses {
            classCount = target.distinctCount
            self.target = TargetEncoding(
                column: target.name, encoding: target.distinctCount == 2 ? .label : .oneHot(), missing: targetMissing)
        } else if case .numbers = target.kind {
            self.target = TargetEncoding(column: target.name, encoding: .numeric(scale: .standard), missing: targetMissing)
        } else {
            throw .noTarget(column: target.name)
        }
        dropped = []
        var columns: [InputEncodings.Column] = []
        var text: InputEncodings.Column?
        for column in profile.columns where column.name != target.name {
            let isEmpty = column.emptyCount > 0
            switch column.kind {
            case .numbers(_, _, _, true) where column.distinctCount == profile.rowCount && profile.rowCount >= Self.fewestKeys:
                dropped.append(Dropped(column: column.name, reason: "whole numbers, and no two rows have the same: it looks like a key"))
            case .numbers(let low, let high, _, _) where low < high:
                columns.append(.init(name: column.name, encoding: .numeric(scale: .standard), missing: isEmpty ? .mean : .error))
            case .categories where column.distinctCount > 1:
                columns.append(.init(name: column.name, encoding: .oneHot(), missing: isEmpty ? .mostFrequent : .error))
            case .numbers, .categories: dropped.append(Dropped(column: column.name, reason: "it is the same in every row"))
            case .rowNumbers: dropped.append(Dropped(column: column.name, reason: "it counts the rows"))
            case .nothing: dropped.append(Dropped(column: column.name, reason: "it is empty"))
            case .names: dropped.append(Dropped(column: column.name, reason: "its texts hardly come again"))
            case .texts:
                if text == nil { text = .init(name: column.name, encoding: .multiHot(vocabulary: 10_000)) }
                dropped.append(Dropped(column: column.name, reason: "a text must be the only input"))
            }
        }
        if columns.isEmpty, let text {
            columns = [text]
            dropped.removeAll { $0.column == text.name }
        }
        guard !columns.isEmpty else { throw .noInputs }
        inputs = InputEncodings(columns: columns, drop: dropped.map(\.column))
    }
}
