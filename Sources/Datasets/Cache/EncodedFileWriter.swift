import Documents

/// Writes encoded arrays into a file of the cache.
enum EncodedFileWriter {
    static func write(_ arrays: EncodedArrays, key: String, summary: DatasetSummary, to path: String) throws {
        var payload: [UInt8] = []
        var sections: [EncodedHeader.Section] = []
        func add<Number>(_ kind: EncodedHeader.Kind, _ numbers: [Number]) {
            payload.append(contentsOf: repeatElement(0, count: EncodedHeader.aligned(payload.count) - payload.count))
            sections.append(EncodedHeader.Section(kind: kind, offset: payload.count, count: numbers.count))
            numbers.withUnsafeBytes { payload.append(contentsOf: $0) }
        }
        switch arrays.inputs {
        case .dense(let numbers):
            add(.inputs, numbers)
        case .tokens(let numbers, _): add(.tokens, numbers)
        case .sparse(let rows):
            add(.offsets, rows.offsets)
            add(.columns, rows.columns)
            if let values = rows.values { add(.entries, values) }
        }
        switch arrays.target {
        case .classes(let labels, _): add(.labels, labels)
        case .values(let values, _), .severalLabels(let values, _): add(.values, values)
        case .inputs(let labels, _): if let labels { add(.labels, labels) }
        }
        add(.train, arrays.split.train)
        add(.validation, arrays.split.validation)
        add(.test, arrays.split.test)
        if let folds = arrays.split.folds {
            add(.folds, folds.ofTrain)
            if !folds.trainingFrom.isEmpty { add(.trainingFrom, folds.trainingFrom) }
        }
        add(.vocabulary, Array(arrays.vocabulary.joined(separator: "\0").utf8))
        if let fileRows = arrays.fileRows { add(.fileRows, fileRows) }
        let header = EncodedHeader(key: key, summary: summary, sections: sections)
        let text = try JSONValue(encoding: header).compactText
        try DataFiles.write([start(of: Array(text.utf8), payload: payload), payload], to: path)
    }

    /// Everything before the sections.
    private static func start(of text: [UInt8], payload: [UInt8]) -> [UInt8] {
        let length = EncodedHeader.aligned(EncodedHeader.textOffset + text.count)
        var start = [UInt8](repeating: 0, count: length)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (place, byte) in bytes.enumerated() { start[offset + place] = byte }
        }
        put(EncodedHeader.magic, at: 0)
        withUnsafeBytes(of: EncodedHeader.version.littleEndian) { put($0, at: 8) }
        withUnsafeBytes(of: UInt32(text.count).littleEndian) { put($0, at: 12) }
        withUnsafeBytes(of: UInt64(length + payload.count).littleEndian) { put($0, at: 16) }
        put(text.withUnsafeBytes { ContentDigest.of($0) }.utf8, at: EncodedHeader.headerDigestOffset)
        put(payload.withUnsafeBytes { ContentDigest.of($0) }.utf8, at: EncodedHeader.sectionsDigestOffset)
        put(text, at: EncodedHeader.textOffset)
        return start
    }
}
