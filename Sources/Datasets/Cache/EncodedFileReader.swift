import Documents
import FileSystem
import Metrics

/// Reads files of the cache. Every count and index is checked before it is used, so that a damaged file cannot lead outside of it.
struct EncodedFileReader {
    private let file: MappedFile
    private let header: EncodedHeader
    private let payloadStart: Int

    /// Opens the file and reads its header.
    init(path: String, key: String) throws(EncodedFileDamage) {
        do {
            file = try MappedFile(path: path)
        } catch {
            throw .missing
        }
        let bytes = file.bytes
        guard bytes.count >= EncodedHeader.textOffset, bytes.starts(with: EncodedHeader.magic) else { throw .notEncodedData }
        let version = UInt32(littleEndian: bytes.load(fromByteOffset: 8, as: UInt32.self))
        guard version == EncodedHeader.version else { throw .otherVersion(version) }
        let length = UInt64(littleEndian: bytes.load(fromByteOffset: 16, as: UInt64.self))
        guard length == UInt64(bytes.count) else { throw .length(expected: Int(clamping: length), found: bytes.count) }
        let textEnd = EncodedHeader.textOffset + Int(UInt32(littleEndian: bytes.load(fromByteOffset: 12, as: UInt32.self)))
        payloadStart = EncodedHeader.aligned(textEnd)
        guard payloadStart <= bytes.count else { throw .checksum }
        let text = UnsafeRawBufferPointer(rebasing: bytes[EncodedHeader.textOffset..<textEnd])
        guard Self.digest(in: bytes, at: EncodedHeader.headerDigestOffset) == ContentDigest.of(text) else { throw .checksum }
        guard let header = try? JSONValue(parsing: Array(text)).decoded(as: EncodedHeader.self) else { throw .notEncodedData }
        guard header.key == key else { throw .otherKey }
        self.header = header
    }

    /// What can be said without the rows.
    var summary: DatasetSummary { header.summary }

    /// The file in its present state.
    var identity: MappedFile.Identity { file.identity }

    /// Tests the checksum of all rows.
    func verify() throws(EncodedFileDamage) {
        let payload = UnsafeRawBufferPointer(rebasing: file.bytes[payloadStart...])
        guard Self.digest(in: file.bytes, at: EncodedHeader.sectionsDigestOffset) == ContentDigest.of(payload) else { throw .checksum }
    }

    /// The arrays, with the parts of `fold` when the split has folds.
    func dataset(fold: Int?) throws -> EncodedDataset {
        var summary = header.summary
        let inputs = try inputs()
        let target = try target()
        var train: UnsafeBufferPointer<Int32> = try section(.train)
        var validation: UnsafeBufferPointer<Int32> = try section(.validation)
        let test: UnsafeBufferPointer<Int32> = try section(.test)
        for rows in [train, validation, test] { try check(rows, below: summary.rowCount) }
        try checkDisjoint([train, validation, test], rowCount: summary.rowCount)
        var owners: [any AnyObject & Sendable] = [file]
        if let foldCount = summary.foldCount {
            let folds: UnsafeBufferPointer<Int32> = try section(.folds)
            let repeats = train.isEmpty ? 1 : folds.count / train.count
            guard repeats > 0, folds.count == train.count * repeats, foldCount % repeats == 0 else { throw EncodedFileDamage.contents }
            let from: UnsafeBufferPointer<Int32>? = try optionalSection(.trainingFrom)
            if let from, from.count != train.count { throw EncodedFileDamage.contents }
            if let fold {
                guard (0..<foldCount).contains(fold) else { throw DatasetError.noSuchFold(fold: fold, count: foldCount) }
                let start = fold / (foldCount / repeats) * train.count
                let ofRepeat = UnsafeBufferPointer(rebasing: folds[start..<start + train.count])
                let parts = FoldParts(rows: train, folds: ofRepeat, from: from, fold: Int32(fold))
                train = parts.train
                validation = parts.validation
                owners.append(parts)
                summary.trainCount = train.count
                summary.validationCount = validation.count
            }
        } else if let fold {
            throw DatasetError.noSuchFold(fold: fold, count: nil)
        }
        let fileRows: UnsafeBufferPointer<Int32>? = try optionalSection(.fileRows)
        if let fileRows, fileRows.count != summary.rowCount { throw EncodedFileDamage.contents }
        return EncodedDataset(
            summary: summary, inputs: inputs, target: target, train: .init(rows: train), validation: .init(rows: validation),
            test: .init(rows: test), vocabulary: .init(bytes: try section(.vocabulary)), fileRows: fileRows.map { .init(rows: $0) },
            owners: owners)
    }

    // MARK: - Sections

    private func inputs() throws(EncodedFileDamage) -> EncodedDataset.Inputs {
        let summary = header.summary
        switch summary.inputKind {
        case .dense:
            let numbers: UnsafeBufferPointer<Float> = try section(.inputs)
            guard isProduct(numbers.count, summary.rowCount, summary.featureCount) else { throw .contents }
            return .dense(numbers)
        case .multiHot, .sparse:
            let offsets: UnsafeBufferPointer<Int32> = try section(.offsets)
            let columns: UnsafeBufferPointer<Int32> = try section(.columns)
            guard offsets.count - 1 == summary.rowCount, offsets.first == 0, offsets.last.map(Int.init) == columns.count else {
                throw .contents
            }
            for place in 1..<offsets.count where offsets[place] < offsets[place - 1] { throw .contents }
            try check(columns, below: summary.featureCount)
            guard summary.inputKind == .sparse else { return .sparse(offsets: offsets, columns: columns, values: nil) }
            let values: UnsafeBufferPointer<Float> = try section(.entries)
            guard values.count == columns.count else { throw .contents }
            return .sparse(offsets: offsets, columns: columns, values: values)
        case .sequences(let vocabulary):
            let numbers: UnsafeBufferPointer<Int32> = try section(.tokens)
            guard isProduct(numbers.count, summary.rowCount, summary.featureCount) else { throw .contents }
            try check(numbers, below: vocabulary)
            return .tokens(numbers)
        }
    }

    private func target() throws(EncodedFileDamage) -> EncodedDataset.Target {
        let summary = header.summary
        switch summary.target {
        case .classes(let names):
            let labels: UnsafeBufferPointer<Int32> = try section(.labels)
            guard labels.count == summary.rowCount else { throw .contents }
            try check(labels, below: names.count)
            return .classes(labels: labels, names: names)
        case .severalLabels(let names):
            let ones: UnsafeBufferPointer<Float> = try section(.values)
            guard isProduct(ones.count, summary.rowCount, names.count), ones.allSatisfy({ $0 == 0 || $0 == 1 }) else { throw .contents }
            return .severalLabels(ones, names: names)
        case .inputs(let names):
            guard let names else { return .inputs(labels: nil, names: []) }
            let labels: UnsafeBufferPointer<Int32> = try section(.labels)
            guard labels.count == summary.rowCount else { throw .contents }
            guard labels.allSatisfy({ $0 >= -1 && Int($0) < names.count }) else { throw .contents }
            return .inputs(labels: labels, names: names)
        case .sequences: throw .contents
        case .values(let width, let shift, let divisor, let logarithm):
            let values: UnsafeBufferPointer<Float> = try section(.values)
            guard isProduct(values.count, summary.rowCount, width) else { throw .contents }
            return .values(values, width: width, unit: TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm))
        }
    }

    private func optionalSection<Number>(_ kind: EncodedHeader.Kind) throws(EncodedFileDamage) -> UnsafeBufferPointer<Number>? {
        header.sections.contains { $0.kind == kind } ? try section(kind) : nil
    }

    private func section<Number>(_ kind: EncodedHeader.Kind) throws(EncodedFileDamage) -> UnsafeBufferPointer<Number> {
        guard let section = header.sections.first(where: { $0.kind == kind }), section.offset >= 0, section.count >= 0,
            section.offset % EncodedHeader.alignment == 0, section.offset <= file.bytes.count - payloadStart,
            section.count <= (file.bytes.count - payloadStart - section.offset) / kind.width
        else { throw .contents }
        let start = payloadStart + section.offset
        return UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + section.count * kind.width]).assumingMemoryBound(to: Number.self)
    }

    /// No row may be in two parts, nor twice in one.
    private func checkDisjoint(_ parts: [UnsafeBufferPointer<Int32>], rowCount: Int) throws(EncodedFileDamage) {
        var isSeen = [Bool](repeating: false, count: rowCount)
        for part in parts {
            for row in part {
                if isSeen[Int(row)] { throw .overlap }
                isSeen[Int(row)] = true
            }
        }
    }

    private func check(_ numbers: UnsafeBufferPointer<Int32>, below bound: Int) throws(EncodedFileDamage) {
        var highest: UInt32 = 0
        for number in numbers { highest = max(highest, UInt32(bitPattern: number)) }
        guard numbers.isEmpty || Int(highest) < bound else { throw .contents }
    }

    private func isProduct(_ count: Int, _ rows: Int, _ width: Int) -> Bool {
        let product = rows.multipliedReportingOverflow(by: width)
        return rows >= 0 && width >= 0 && !product.overflow && product.partialValue == count
    }

    private static func digest(in bytes: UnsafeRawBufferPointer, at offset: Int) -> String {
        String(decoding: bytes[offset..<offset + EncodedHeader.digestLength], as: UTF8.self)
    }
}

/// The rows of one fold, copied out of those of all folds.
private final class FoldParts: @unchecked Sendable {
    let train: UnsafeBufferPointer<Int32>
    let validation: UnsafeBufferPointer<Int32>
    private let storage: UnsafeMutableBufferPointer<Int32>

    init(rows: UnsafeBufferPointer<Int32>, folds: UnsafeBufferPointer<Int32>, from: UnsafeBufferPointer<Int32>?, fold: Int32) {
        storage = .allocate(capacity: max(rows.count, 1))
        storage.initialize(repeating: 0)
        var next = 0
        for place in rows.indices where folds[place] != fold && (from?[place] ?? 0) <= fold {
            storage[next] = rows[place]
            next += 1
        }
        let boundary = next
        for place in rows.indices where folds[place] == fold {
            storage[next] = rows[place]
            next += 1
        }
        train = UnsafeBufferPointer(rebasing: storage[0..<boundary])
        validation = UnsafeBufferPointer(rebasing: storage[boundary..<next])
    }

    deinit { storage.deallocate() }
}
