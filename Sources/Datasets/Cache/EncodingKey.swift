import Settings

/// Digests of how content is encoded: equal for equal encodings, whatever the order in which they were made.
enum EncodingKey {
    /// Raised when an encoder or the file's layout changes what is stored.
    static let encoderVersion = 2

    /// The digest of everything in the request but the content, the fold and the seed. Label and one-hot targets are stored alike and share it.
    static func encodingDigest(of request: EncodingRequest) -> String {
        ContentDigest.of(lines(of: request).joined(separator: "\n"))
    }

    /// What the cached file of a request is known by: the digest of content, encoding and, where it has an encoding of its own, the fold, where it is drawn anew, the
    /// seed, and where folds test by turns, which one does.
    static func key(of request: EncodingRequest, content: String) -> String {
        let encoding = encodingDigest(of: request)
        var chosen = request.seed.map { "\nseed \($0)" } ?? ""
        if case .fold(let number?, _, _) = request.split.test?.size { chosen += "\nouter fold \(number)" }
        guard let fold = request.fold, request.foldsFittedApart.contains(fold) else {
            return ContentDigest.of("\(content)\n\(encoding)\(chosen)")
        }
        return ContentDigest.of("\(content)\n\(encoding)\(chosen)\nfold \(fold)")
    }

    // MARK: - Details

    private static func lines(of request: EncodingRequest) -> [String] {
        var lines = ["encoder \(encoderVersion)"]
        switch request.source {
        case .catalogue(let entry):
            lines.append("format \(text(entry.format))")
            for (column, categories) in entry.categories.sorted(by: { $0.key < $1.key }) {
                lines.append("categories \(quoted(column)) \(categories.map(quoted).joined(separator: " "))")
            }
        case .csv(_, let format, let others):
            let parts = [others.validation.map { _ in " validation" }, others.test.map { _ in " test" }].compactMap(\.self)
            lines.append("format \(text(.csv(format)))\(parts.joined())")
        case .lines(_, let format):
            lines.append("format lines \(format.label.rawValue) \(format.separator.map(quoted) ?? "most")")
        case .numpy: lines.append("format numpy")
        case .folder: lines.append("format folder")
        case .text: lines.append("format text")
        case .images: lines.append("format images")
        case .idx(let files): lines.append("format idx \(files.pairs.count)")
        }
        for column in request.inputs.columns { lines.append("input \(text(column, column.encoding))") }
        if request.inputs.columns.count > 1, request.inputs.columns.contains(where: { $0.encoding.isMultiHot }) {
            // Until they were, another order of additions gave other bits.
            lines.append("kept sparse")
        }
        for name in request.inputs.drop.sorted() { lines.append("drop \(quoted(name))") }
        lines.append("target \(text(request.target, request.target.encoding.asStoredTarget))")
        if let only = request.split.only { lines.append("only \(text(only))") }
        if let test = request.split.test { lines.append("test \(text(test))") }
        switch request.split.validation {
        case nil: break
        case .part(let part): lines.append("validation \(text(part))")
        case .folds(let count, let kind, let seed, let repeats):
            lines.append("folds \(count) \(kind.rawValue) \(kind.isShuffled ? seed : 0)\(repeats > 1 ? " repeats \(repeats)" : "")")
        }
        if let train = request.split.train { lines.append("train \(text(train))") }
        if let group = request.split.group { lines.append("group \(quoted(group))") }
        if let order = request.split.order { lines.append("order \(quoted(order))") }
        if request.split.resplit { lines.append("resplit") }
        if request.split.gap > 0 { lines.append("gap \(request.split.gap)") }
        if !request.foldsFittedApart.isEmpty { lines.append("fitted by fold") }
        return lines
    }

    private static func text(_ format: CatalogueEntry.Format) -> String {
        switch format {
        case .reutersSGML: "reuters-sgml"
        case .text: "text"
        case .classFolders(let seed): "class-folders \(seed)"
        case .csv(let format):
            "csv \(format.delimiter.map { "\($0)" } ?? "any") \(format.header.map { "\($0)" } ?? "compared")\(details(of: format))"
        }
    }

    private static func details(of format: CSVFormat) -> String {
        (format.isJSONLines ? " json lines" : "") + (format.columns.map { " columns \($0.map(quoted).joined(separator: " "))" } ?? "")
            + (format.quotes ? "" : " plain")
            + (format.empty.isEmpty ? "" : " empty, as numbers too \(format.empty.map(quoted).joined(separator: " "))")
            + (format.numbers.isPlain
                ? "" : " decimal \(format.numbers.decimal) thousands \(format.numbers.thousands.map { "\($0)" } ?? "none")")
    }

    private static func text(_ column: ColumnSettings, _ encoding: Encoding) -> String {
        let missing = column.missing.keyText.map { " missing \($0)" } ?? ""
        let image =
            column.image.map { " image \($0.height) \($0.width) \($0.channels)\($0.resize.map { " resize \($0.rawValue)" } ?? "")" } ?? ""
        let window = column.window.map { " window \($0.length) \($0.horizon) \($0.step)" } ?? ""
        return
            "\(quoted(column.column)) \(encoding.keyText)\(missing)\(column.fit == .train ? "" : " fit \(column.fit.rawValue)")\(image)\(window)"
    }

    private static func text(_ part: PartSettings) -> String {
        "\(part.shuffle.keyText) \(part.shuffle == .none ? 0 : part.seed) \(part.sizeKeyText)\(part.stratified ? " stratified" : "")"
    }

    /// A name that cannot be taken for two.
    static func quoted(_ name: String) -> String {
        "\(name.utf8.count):\(name)"
    }
}
