/// How texts are split into words, as tables from a byte to its place in a word, 0 for a byte between words.
enum Tokenizer {
    /// Words of UTF-8 text: ASCII letters in lower case; space, control characters and all ASCII punctuation but the apostrophe separate words.
    static let plainWords: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case UInt8(ascii: "'"): byte
        case 0x00...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7f: 0
        case 0x41...0x5a: byte + 0x20
        default: byte
        }
    }

    /// Words of Latin-1 text as Keras made them for Reuters: lower case; space, tab, newline and all punctuation but the apostrophe separate words.
    static let latin1Words: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case UInt8(ascii: "'"): byte
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"), 0x20...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e: 0
        case 0x41...0x5a, 0xc0...0xd6, 0xd8...0xde: byte + 0x20
        default: byte
        }
    }
}
