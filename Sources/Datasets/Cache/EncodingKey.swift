/// Digests of how content is encoded: equal for equal encodings, whatever the order in which they were made.
enum EncodingKey {
    /// Raised when an encoder or the file's layout changes what is stored.
    static let encoderVersion = 2

    /// The digest of everything in the request but the content and the fold. Label and one-hot targets are stored alike and share it.
    static func encodingDigest(of request: EncodingRequest) -> String {
        ContentDigest.of(lines(of: request).joined(separator: "\n"))
    }

    /// What the cached file of a request is known by: the digest of content, encoding and, where it has an encoding of its own, the fold.
    static func key(of request: EncodingRequest, content: String) -> String {
        let encoding = encodingDigest(of: request)
        guard let fold = request.fold, request.foldsFittedApart.contains(fold) else { return ContentDigest.of("\(content)\n\(encoding)") }
        return ContentDigest.of("\(content)\n\(encoding)\nfold \(fold)")
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
        }
        for column in request.inputs.columns {
            lines.append("input \(quoted(column.name)) \(text(column.encoding))\(text(column.missing))\(text(column.fit))")
        }
        for name in request.inputs.drop.sorted() { lines.append("drop \(quoted(name))") }
        let target = if case .oneHot = request.target.encoding { ColumnEncoding.label } else { request.target.encoding }
        lines.append("target \(quoted(request.target.column)) \(text(target))\(text(request.target.missing))\(text(request.target.fit))")
        if let test = request.split.test { lines.append("test \(text(test))") }
        switch request.split.validation {
        case nil: break
        case .part(let part): lines.append("validation \(text(part))")
        case .folds(let count, let kind, let seed): lines.append("folds \(count) \(kind.rawValue) \(kind == .contiguous ? 0 : seed)")
        }
        if !request.foldsFittedApart.isEmpty { lines.append("fitted by fold") }
        return lines
    }

    private static func text(_ format: CatalogueEntry.Format) -> String {
        switch format {
        case .reutersSGML: "reuters-sgml"
        case .classFolders(let seed): "class-folders \(seed)"
        case .csv(let format):
            "csv \(format.delimiter.map { "\($0)" } ?? "any") \(format.header.map { "\($0)" } ?? "compared")\(details(of: format))"
        }
    }

    private static func details(of format: CSVFormat) -> String {
        (format.columns.map { " columns \($0.map(quoted).joined(separator: " "))" } ?? "") + (format.quotes ? "" : " plain")
            + (format.empty.isEmpty ? "" : " empty, as numbers too \(format.empty.map(quoted).joined(separator: " "))")
            + (format.numbers.isPlain
                ? "" : " decimal \(format.numbers.decimal) thousands \(format.numbers.thousands.map { "\($0)" } ?? "none")")
    }

    private static func text(_ encoding: ColumnEncoding) -> String {
        switch encoding {
        case .label: encoding.name
        case .oneHot(let dropFirst, let unknown): "one-hot\(dropFirst ? " drop-first" : "")\(unknown == .ignore ? " ignore" : "")"
        case .parts(let separator): "parts \(quoted(separator))"
        case .multiHot(let vocabulary, let words):
            "multi-hot \(vocabulary.map { "\($0)" } ?? "all")\(words.tokens.map { " \($0.rawValue)" } ?? "")"
                + (words.coding == .plain ? " plain" : "")
                + (words.minimumCount > 1 ? " minimum \(words.minimumCount)" : "") + (words.skipTop > 0 ? " skip \(words.skipTop)" : "")
        case .numeric(let scale): "numeric \(scale.text)"
        case .automatic(let scale): "auto, codes apart \(scale.text)"
        }
    }

    private static func text(_ missing: MissingCells) -> String {
        switch missing {
        case .error: ""
        case .drop: " missing drop"
        case .mean: " missing mean"
        case .mostFrequent: " missing most-frequent"
        case .value(let text): " missing value \(quoted(text))"
        }
    }

    private static func text(_ fit: FittedRows) -> String { fit == .train ? "" : " fit \(fit.rawValue)" }

    private static func text(_ part: PartRequest) -> String {
        let size =
            switch part.size {
            case .fraction(let fraction):
                "fraction \(fraction)\(part.isCutAsKerasDoes || part.shuffle == .pandas || part.shuffle == .scikitLearn ? "" : " nearest")"
            case .first(let count): "first \(count)"
            case .rows(let column, let values): "rows \(quoted(column)) \(values.map(quoted).joined(separator: " "))"
            }
        return "\(part.shuffle.rawValue) \(part.shuffle == .none ? 0 : part.seed) \(size)\(part.stratified ? " stratified" : "")"
    }

    /// A name that cannot be taken for two.
    private static func quoted(_ name: String) -> String {
        "\(name.utf8.count):\(name)"
    }
}
