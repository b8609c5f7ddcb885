import FileSystem

/// `predictions`, a small binary file, little-endian throughout:
///
///     "ABLPRED\n"  magic, 8 bytes
///     UInt32       version
///     UInt32       number of parts that follow
///     each part:   UInt32 role (1 validation, 2 test), UInt32 width of the targets, UInt32 width of the outputs,
///                  UInt32 count of examples; then the rows (Int32), the targets (Float), the outputs (Float), example by example
///     32 bytes     SHA-256 of all before
extension Predictions {
    /// The version that is written, and the only one that is read.
    public static let version = 1
    private static let magic = Array("ABLPRED\n".utf8)
    private static let checksumLength = 32

    func write(as name: String, in folder: Folder, isSynced: Bool) throws(StoreError) -> RecordedFile {
        let bytes = try encoded()
        return RecordedFile(try stored { () throws(FileFault) in try folder.write(name, bytes, isSynced: isSynced) })
    }

    /// The file's bytes.
    package func encoded() throws(StoreError) -> [UInt8] {
        let parts = [(1, validation), (2, test)].compactMap { role, part in part.map { (UInt32(role), $0) } }
        var bytes = Self.magic
        bytes.append(word: UInt32(Self.version))
        bytes.append(word: UInt32(parts.count))
        for (role, part) in parts { try part.encode(role: role, into: &bytes) }
        bytes += SHA256.digest(of: bytes).bytes
        return bytes
    }

    /// Reads the file's bytes; `path` is for the error.
    package init(decoding bytes: [UInt8], path: String) throws(DamagedFile) {
        func damaged(_ reason: DamagedFile.Reason) -> DamagedFile { DamagedFile(path: path, reason: reason) }
        guard bytes.starts(with: Self.magic), bytes.count >= Self.magic.count + 8 + Self.checksumLength else {
            throw damaged(.form("is not a file of predictions"))
        }
        var reader = WordReader(bytes: bytes, position: Self.magic.count, end: bytes.count - Self.checksumLength)
        let version = reader.word() ?? 0
        guard version == Self.version else { throw damaged(.version(found: Int(version), expected: Self.version)) }
        guard SHA256.digest(of: bytes[..<reader.end]).bytes.elementsEqual(bytes[reader.end...]) else { throw damaged(.checksum) }
        self.init()
        for _ in 0..<(reader.word() ?? 0) {
            guard let role = reader.word(), let part = Part(decoding: &reader) else { throw damaged(.form("ends within a part")) }
            switch role {
            case 1 where validation == nil: validation = part
            case 2 where test == nil: test = part
            default: throw damaged(.form("has a part with the unexpected role \(role)"))
            }
        }
        guard reader.position == reader.end else { throw damaged(.form("goes on after its last part")) }
    }
}

extension Predictions.Part {
    fileprivate func encode(role: UInt32, into bytes: inout [UInt8]) throws(StoreError) {
        let targetWidth = rows.isEmpty ? 1 : targets.count / rows.count
        guard targets.count == rows.count * targetWidth, targetWidth > 0, width > 0, outputs.count == rows.count * width,
            let count = UInt32(exactly: rows.count), let targetWord = UInt32(exactly: targetWidth), let widthWord = UInt32(exactly: width)
        else {
            throw .inconsistent(
                "predictions for \(rows.count) examples have \(targets.count) targets and \(outputs.count) outputs of width \(width)")
        }
        for word in [role, targetWord, widthWord, count] { bytes.append(word: word) }
        bytes.append(words: rows)
        bytes.append(words: targets)
        bytes.append(words: outputs)
    }

    fileprivate init?(decoding reader: inout WordReader) {
        guard let targetWidth = reader.word().map(Int.init), let width = reader.word().map(Int.init), targetWidth > 0, width > 0,
            let count = reader.word().map(Int.init), let rows = reader.words(count, of: Int32.self),
            let targets = reader.words(count, targetWidth, of: Float.self), let outputs = reader.words(count, width, of: Float.self)
        else { return nil }
        self.init(rows: rows, targets: targets, outputs: outputs, width: width)
    }
}

// MARK: - Words of four bytes

/// Reads four-byte words up to `end`, never beyond.
private struct WordReader {
    let bytes: [UInt8]
    var position: Int
    let end: Int

    mutating func word() -> UInt32? {
        words(1, of: UInt32.self)?.first
    }

    mutating func words<Word: BitwiseCopyable>(_ count: Int, _ width: Int = 1, of type: Word.Type) -> [Word]? {
        let (product, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow, product <= (end - position) / 4 else { return nil }
        defer { position += product * 4 }
        return bytes.withUnsafeBytes { buffer in
            [Word](unsafeUninitializedCapacity: product) { words, initialized in
                UnsafeMutableRawBufferPointer(words).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: buffer[position..<position + product * 4]))
                initialized = product
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(word: UInt32) {
        append(words: [word])
    }

    /// Appends the words as they lie in memory: little-endian on every processor that Swift supports here.
    fileprivate mutating func append<Word: BitwiseCopyable>(words: [Word]) {
        words.withUnsafeBytes { append(contentsOf: $0) }
    }
}
