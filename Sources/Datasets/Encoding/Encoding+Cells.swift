import Documents
import Settings

extension Encoding {
    /// Whether cells are read as numbers.
    var isNumeric: Bool { if case .numeric = self { true } else { false } }

    /// Whether a target can be encoded so: what it is must be plain before its cells are read, and every label must have a number.
    var isForTargets: Bool {
        switch self {
        case .label, .oneHot, .numeric, .parts, .inputs: true
        case .multiHot, .tokens, .next, .ordinal, .yesNo, .date, .auto: false
        }
    }

    /// Whether a text becomes a row of whole numbers.
    var isSequence: Bool { if case .tokens = self { true } else { false } }

    /// Whether it is found out from the cells.
    var isAutomatic: Bool { if case .auto = self { true } else { false } }

    /// Whether it depends on the cells of the rows that the column is fitted on.
    var isLearning: Bool {
        switch self {
        case .numeric(let scale), .ordinal(_, let scale): scale.isLearning
        case .yesNo: false
        case .date(let settings): settings.scale.isLearning
        default: true
        }
    }

    /// How a text is split, where it says so.
    var tokens: Tokens? { words?.tokens }

    /// What `auto` becomes for a column. One that has numbers and something beside them is read as numbers, too: so what is no number among them is
    /// found, and does not make categories of the others.
    func chosen(for column: Int, of table: Table) -> Encoding {
        guard case .auto(let scale) = self else { return self }
        if NumericCells.areNumbers(table: table, column: column) { return .numeric(scale: scale) }
        return switch ColumnScan.kind(of: column, in: table) {
        case .numbers, .rowNumbers, .almostNumbers, .commaNumbers, .markedNumbers: .numeric(scale: scale)
        case .codes, .categories, .dates, .texts, .names, .nothing: .oneHot()
        }
    }

    /// Reads a column. `auto` must be ``chosen(for:of:)`` before; it is read as categories.
    func cells(of column: Int, in table: Table, isEmptyAllowed: Bool, isTarget: Bool = false) throws(Diagnostics) -> ColumnCells {
        switch self {
        case .numeric(let scale):
            try numbers(of: column, in: table, scale, isEmptyAllowed: isEmptyAllowed, isTarget: isTarget)
        case .tokens(let settings):
            .words(
                WordColumn(table: table, column: column, tokens: settings.words.tokens ?? .keras).terms(settings.words), vocabulary: nil,
                settings.words)
        case .label, .oneHot, .auto, .next, .inputs:
            .categories(try CategoryCells(table: table, column: column, isEmptyAllowed: isEmptyAllowed, isTarget: isTarget))
        case .ordinal(let order, _):
            .numbers(try CellMeaning.ordered(order).numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed), mark: nil)
        case .date(let settings):
            .dates(try DateCells(table: table, column: column, format: settings.format, isEmptyAllowed: isEmptyAllowed))
        case .yesNo:
            .numbers(try CellMeaning.yesNo.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed), mark: nil)
        case .parts(let separator):
            .parts(try PartCells(table: table, column: column, separator: separator, isTarget: isTarget))
        case .multiHot(let vocabulary, let words):
            .words(
                WordColumn(table: table, column: column, tokens: words.tokens ?? .keras).terms(words), vocabulary: vocabulary, words)
        }
    }

    private func numbers(
        of column: Int, in table: Table, _ scale: Scale, isEmptyAllowed: Bool, isTarget: Bool
    ) throws(Diagnostics) -> ColumnCells {
        let read = try NumericCells.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed, isTarget: isTarget)
        try scale.logarithm?.check(read.numbers, column: column, of: table)
        return .numbers(read.numbers, mark: read.marked)
    }

    /// What is learned of a column of these categories, of which these are rare.
    func fit(to categories: [String], rare: [String] = []) -> FittedColumn.Fit {
        if self == .label { return .label(categories: categories) }
        let group = rare.isEmpty ? nil : RareCategories(names: rare, includeUnknown: unknown == .rare)
        return .oneHot(
            categories: categories, dropFirst: dropsFirst, ignoresUnknown: unknown == .ignore || unknown == .rare && group == nil,
            rare: group)
    }

    /// How the texts of cells are numbers.
    var meaning: CellMeaning {
        switch self {
        case .ordinal(let order, _): .ordered(order)
        case .yesNo: .yesNo
        default: .number
        }
    }

    /// What is learned of numbers with these figures.
    func fit(shift: Double, divisor: Double) -> FittedColumn.Fit {
        switch self {
        case .ordinal(let order, _): .ordinal(order: order, shift: shift, divisor: divisor)
        case .yesNo: .yesNo
        default: .numeric(shift: shift, divisor: divisor, logarithm: scale.logarithm)
        }
    }

    /// The encoding under which a target is stored: labels and one-hot rows are stored alike.
    var asStoredTarget: Encoding { if case .oneHot = self { .label } else { self } }

    /// What the keys of cached data say of it. Another text makes all that was encoded, and every run on it, stale.
    var keyText: String {
        switch self {
        case .label: name
        case .oneHot:
            "\(name)\(dropsFirst ? " drop-first" : "")\(unknown == .error ? "" : " \(unknown.rawValue)")\(minimumCount == 1 ? "" : " minimum \(minimumCount)")"
        case .ordinal(let order, let scale): "\(name) \(order.map(EncodingKey.quoted).joined(separator: " ")) \(scale.keyText)"
        case .yesNo: name
        case .date(let settings):
            "\(name) \(settings.format.map { EncodingKey.quoted($0.text) } ?? "any") parts \(settings.parts.map(\.rawValue).joined(separator: " ")) "
                + "cyclic \(settings.cyclic.map(\.rawValue).joined(separator: " ")) since \(settings.since ?? "never") \(settings.scale.keyText)"
        case .parts(let separator): "parts \(EncodingKey.quoted(separator))"
        case .multiHot(let vocabulary, let words):
            "\(name) \(vocabulary.map { "\($0)" } ?? "all")\(words.tokens.map { " \($0.rawValue)" } ?? "")"
                + (words.coding == .plain ? " plain" : "")
                + (words.minimumCount > 1 ? " minimum \(words.minimumCount)" : "") + (words.skipTop > 0 ? " skip \(words.skipTop)" : "")
                + (words.ngrams == 1...1 ? "" : " runs \(words.ngrams.lowerBound) \(words.ngrams.upperBound)")
                + (words.stopWords.map { " without \($0.words.map(EncodingKey.quoted).joined(separator: " "))" } ?? "")
                + words.weights.keyText
        case .tokens(let settings): "\(name) \(settings.keyText)"
        case .next, .inputs: name
        case .numeric(let scale): "\(name) \(scale.keyText)"
        case .auto(let scale): "\(name), codes apart \(scale.keyText)"
        }
    }
}

extension TokenSettings {
    /// What the keys of cached data say beside the encoding's name.
    fileprivate var keyText: String {
        var parts: [String] = [vocabulary.map { "\($0)" } ?? "all", "\(length)", truncate.rawValue, pad.rawValue, "\(step)"]
        if let tokens = words.tokens { parts.append(tokens.rawValue) }
        if words.coding == .plain { parts.append("plain") }
        if words.minimumCount > 1 { parts.append("minimum \(words.minimumCount)") }
        if words.skipTop > 0 { parts.append("skip \(words.skipTop)") }
        if let stopWords = words.stopWords { parts.append("without \(stopWords.words.map(EncodingKey.quoted).joined(separator: " "))") }
        return parts.joined(separator: " ")
    }
}

extension WordWeights {
    /// What the keys of cached data say beside the encoding's name.
    fileprivate var keyText: String {
        guard case .tfidf(let settings) = self else { return "" }
        return "\(settings.isSmooth ? " smooth" : "")\(settings.isSublinear ? " sublinear" : "") \(settings.norm.rawValue)"
    }
}
