/// What the numbers of an encoded row are called. No list of them is made: a text may have millions.
public struct FeatureNames: Sendable {
    private let known: [String]
    private let columns: [(first: Int, fitted: FittedColumn, words: ArraySlice<String>)]

    /// The names of a data set's features.
    public init(_ dataset: EncodedDataset) {
        known = dataset.summary.featureNames
        let vocabulary = dataset.vocabulary
        var (first, words) = (0, vocabulary[...])
        columns = dataset.summary.fitted.dropLast().map { fitted in
            let own = words.prefix(fitted.wordCount(of: vocabulary.count))
            words = words.dropFirst(own.count)
            defer { first += fitted.width }
            return (first, fitted, own)
        }
    }

    /// The name of a feature: of a text alone the word, of one among several columns `column=word`.
    public subscript(place: Int) -> String {
        if known.indices.contains(place) { return known[place] }
        guard let column = columns.last(where: { $0.first <= place }) else { return "" }
        guard case .words = column.fitted.fit else { return column.fitted.featureNames[place - column.first] }
        let word = column.fitted.name(ofWordColumn: place - column.first, words: column.words)
        return columns.count == 1 ? word : "\(column.fitted.column)=\(word)"
    }
}
