/// What a reader must know of the data: rows or files left out, cells read in another way than they look.
public struct DataNotice: Hashable, Sendable {
    /// The whole of it, as plain text.
    public let sentence: String
    /// The variants whose data it is about; empty: all.
    public let variants: [String]
    /// Whether it is about the data themselves, and not about what is made of them.
    public let isOfData: Bool

    /// A sentence, and which variants it is about.
    public init(sentence: String, variants: [String] = [], isOfData: Bool = true) {
        self.isOfData = isOfData
        self.sentence = sentence
        self.variants = variants
    }

    /// The warning that a report lists.
    var warning: String {
        guard isOfData else {
            return variants.isEmpty
                ? sentence.asMarkdown
                : "\(enumeration(variants.map(\.asMarkdownCode), limit: Comparison.mostNames)): \(sentence.asMarkdown)"
        }
        return variants.isEmpty
            ? "The data: \(sentence.asMarkdown)"
            : "The data of \(enumeration(variants.map(\.asMarkdownCode), limit: Comparison.mostNames)): \(sentence.asMarkdown)"
    }
}
