import Documents

/// What stands in the column of a word of a text that has it; 0 stands in the others.
public enum WordWeights: Hashable, Sendable, Codable {
    /// 1.
    case binary
    /// How often the word stands in the text.
    case counts
    /// That times how rare the word is.
    case tfidf(TFIDF)
}

/// How often a word stands in a text, times how rare it is among texts, as scikit-learn's `TfidfVectorizer` has it: tf · idf, and then every text's numbers
/// divided by their norm. tf is the count c, or 1 + ln c. Of n texts, the word standing in df of them, idf is ln((1 + n) / (1 + df)) + 1, or ln(n / df) + 1.
public struct TFIDF: Hashable, Sendable, Codable {
    /// Whether idf is as if one more text had every word.
    public var isSmooth: Bool
    /// Whether tf is 1 + ln c.
    public var isSublinear: Bool
    /// What a text's numbers are divided by.
    public var norm: RowNorm

    /// scikit-learn's defaults, but for what is given.
    public init(isSmooth: Bool = true, isSublinear: Bool = false, norm: RowNorm = .l2) {
        self.isSmooth = isSmooth
        self.isSublinear = isSublinear
        self.norm = norm
    }
}

/// What the numbers of a row are divided by.
public enum RowNorm: String, Hashable, Sendable, Codable, CaseIterable {
    /// The root of the sum of their squares.
    case l2
    /// The sum of their magnitudes.
    case l1
    /// Nothing.
    case none
}

extension WordWeights {
    /// The encoding's name in a file.
    var name: String {
        switch self {
        case .binary: "multi-hot"
        case .counts: "counts"
        case .tfidf: "tf-idf"
        }
    }
}

// MARK: - In the file

extension RowNorm {
    static let schema = Schema<RowNorm>.enumeration(
        "norm",
        Choosable("l2", .l2, doc: "The root of the sum of their squares."),
        Choosable("l1", .l1, doc: "The sum of their magnitudes."),
        Choosable("none", .none, doc: "Nothing: they stay as they are."))
}
