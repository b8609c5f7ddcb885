/// The beginning of an encoded file.
///
/// The file is, in order: eight bytes that name the format, the layout's version and the length of the header text (32 bits each, lowest byte first), the
/// file's length (64 bits), zeros up to byte 64, the SHA-256 of the header text and that of the sections (64 digits each), the header text (JSON), and the
/// sections, each at a multiple of 64 bytes.
struct EncodedHeader: Codable {
    /// One array of the file.
    struct Section: Codable {
        var kind: Kind
        var offset: Int
        /// How many numbers, or for text bytes.
        var count: Int
    }

    enum Kind: String, Codable, CaseIterable {
        case inputs, offsets, columns, entries, tokens, labels, values, train, validation, test, folds, trainingFrom, vocabulary, fileRows

        var width: Int { self == .vocabulary ? 1 : 4 }
    }

    var key: String
    var summary: DatasetSummary
    var sections: [Section]

    // MARK: - Layout

    static let magic = Array("ABLTDATA".utf8)
    static let version: UInt32 = 7
    static let alignment = 64
    static let digestLength = 64
    static let headerDigestOffset = 64
    static let sectionsDigestOffset = 128
    static let textOffset = 192

    static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
}

/// Why a cached file is not used.
package enum EncodedFileDamage: Error, Sendable, Hashable {
    case missing
    case notEncodedData
    case otherVersion(UInt32)
    case otherKey
    case length(expected: Int, found: Int)
    case checksum
    case contents
    case overlap

    /// The reason in words.
    package var reason: String {
        switch self {
        case .missing: "there is no such file"
        case .notEncodedData: "the file is no encoded data set"
        case .otherVersion(let version): "the file has layout version \(version), not \(EncodedHeader.version)"
        case .otherKey: "the file holds another encoding"
        case .length(let expected, let found): "the file has \(found) bytes of \(expected)"
        case .checksum: "the checksum differs, the file is damaged"
        case .contents: "numbers in the file are out of range"
        case .overlap: "a row is in two parts"
        }
    }
}
