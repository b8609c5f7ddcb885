import Documents

/// How a text becomes a row of whole numbers, of one length for all texts: each stands for a word or a character.
public struct TokenSettings: Hashable, Sendable {
    /// How many numbers there are, those of the padding and of unknown words among them; nil: as many as there are words.
    public var vocabulary: Int?
    /// How many numbers a row has.
    public var length: Int
    /// At which end longer texts are cut.
    public var truncate: TextEnd
    /// At which end shorter texts are filled with zeros.
    public var pad: TextEnd
    /// In running text, how many words or characters a row begins behind the one before.
    public var step: Int
    /// How texts are split, and which words have a number of their own.
    public var words: WordSettings

    /// Settings; the ends are those of Keras's `pad_sequences`.
    public init(
        vocabulary: Int? = nil, length: Int, truncate: TextEnd = .start, pad: TextEnd = .start, step: Int = 1,
        words: WordSettings = WordSettings()
    ) {
        self.vocabulary = vocabulary
        self.length = length
        self.truncate = truncate
        self.pad = pad
        self.step = step
        self.words = words
    }

    /// The least vocabulary: padding, unknown words and a word.
    static let vocabularyBounds = Bounds.atLeast(3, upTo: 10_000_000)
    static let lengthBounds = Bounds.atLeast(1, upTo: 1_000_000)
}

/// An end of a text.
public enum TextEnd: String, Codable, Hashable, Sendable, CaseIterable {
    /// Where it begins.
    case start
    /// Where it ends.
    case end
}

/// What a number stands for.
public enum TokenUnit: String, Hashable, Sendable, CaseIterable {
    /// A word.
    case word
    /// A character.
    case character
}

// MARK: - In the file

extension TextEnd {
    package static let schema = Schema<TextEnd>.enumeration(
        "end of a text",
        Choosable("start", .start, aliases: ["pre"], doc: "Where it begins."),
        Choosable("end", .end, aliases: ["post"], doc: "Where it ends."))
}

extension TokenUnit {
    package static let schema = Schema<TokenUnit>.enumeration(
        "unit",
        Choosable("word", .word, aliases: ["words"], doc: "A word."),
        Choosable("character", .character, aliases: ["char", "characters"], doc: "A character, ASCII letters in lower case."))
}
