/// What a reader must know of the data: rows or files left out, cells read in another way than they look.
public struct DataNotice: Hashable, Sendable {
    /// The whole of it, as plain text.
    public let sentence: String
    /// The variants whose data it is about; empty: all.
    public let variants: [String]

    /// A sentence, and which variants it is about.
    public init(sentence: String, variants: [String] = []) {
        self.sentence = sentence
        self.variants = variants
    }

    /// The warning that a report lists.
    var warning: String {
        variants.isEmpty ? "The data: \(sentence.asMarkdown)" : "The data of \(enumeration(variants, limit: 12)): \(sentence.asMarkdown)"
    }
}
