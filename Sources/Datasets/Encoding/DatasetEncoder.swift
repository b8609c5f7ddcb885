import Documents
import Settings

/// Encodes a raw data set: splits its rows, fits the encoders on those that train, and applies them to all.
enum DatasetEncoder {
    /// As many numbers as the inputs or the target may have, so that they can be numbered with 32 bits.
    private static let mostNumbers = Int(Int32.max)

    /// Encodes the rows for each of the folds that have an encoding of their own, and last for all rows that train in some fold (`nil`). `keep` takes
    /// each encoding, so that no more than two are in memory.
    static func encode(_ raw: RawTable, _ request: EncodingRequest, keep: (_ fold: Int?, EncodedArrays) throws -> Void) throws {
        try checkColumns(raw, request)
        let encoder = try encoder(of: raw, request)
        var whole = try encoder.encode(whileValidating: nil)
        let found = whole.notices
        whole.notices = raw.notices + encoder.notices + found + PartNotices.all(of: whole, request.split)
        for fold in request.foldsFittedApart {
            var arrays = try blaming(fold) { try encoder.encode(whileValidating: fold) }
            whole.notices += arrays.notices
            arrays.notices = whole.notices
            try keep(fold, arrays)
        }
        try keep(nil, whole)
    }

    /// The numbers of a fold's encoding, or without one of that for all rows that train in some fold, as they are before they are rounded.
    static func exactNumbers(_ raw: RawTable, _ request: EncodingRequest) throws -> ExactNumbers {
        try checkColumns(raw, request)
        let fold = request.fold.flatMap { request.foldsFittedApart.contains($0) ? $0 : nil }
        return try encoder(of: raw, request).exactNumbers(whileValidating: fold)
    }

    private static func encoder(of raw: RawTable, _ request: EncodingRequest) throws -> any FoldEncoder {
        switch raw.contents {
        case .texts(let texts, let labels, let classes): try TextEncoder(texts, labels: labels, classes: classes, of: raw, request)
        case .running(let bytes): try RunningTextEncoder(bytes, of: raw, request)
        case .cells(let table, let categories): try TableEncoder(table: table, categories: categories, own: raw.ownParts, request: request)
        }
    }

    /// Says of what goes wrong that it does while a fold validates: what was learned from all rows was right.
    private static func blaming<Value>(_ fold: Int, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatasetError {
            throw DatasetError.whileValidating(fold: fold, error)
        } catch let findings as Diagnostics {
            throw Diagnostics(
                findings.all.map { finding in
                    var finding = finding
                    finding.message += " while fold \(fold + 1) validates"
                    finding.help = (finding.help.map { $0 + "; " } ?? "") + "or write fit: folds, which learns from rows that validate, too"
                    return finding
                })
        }
    }

    /// The columns that the inputs name, `*` written out, in the order of their features.
    static func inputColumns(_ request: EncodingRequest, all: [String]) -> [ColumnSettings] {
        let named = Set(request.inputs.columns.map(\.column)).union(request.inputs.drop).union([request.target.column])
            .union(Splitter.columns(of: request.split))
        return request.inputs.columns.flatMap { column in
            column.column == "*"
                ? all.filter { !named.contains($0) }.map { name in
                    var one = column
                    one.column = name
                    return one
                } : [column]
        }
    }

    /// Refuses rows that could not be numbered, before anything of their size is made.
    static func checkSize(rows: Int, features: Int) throws(DatasetError) {
        let product = rows.multipliedReportingOverflow(by: max(features, 1))
        if product.overflow || product.partialValue > mostNumbers { throw .tooLarge(rows: rows, features: features) }
    }

    // MARK: - Checks

    private static func checkColumns(_ raw: RawTable, _ request: EncodingRequest) throws {
        let all = raw.columns
        let known = Set(all)
        var seen: Set<String> = []
        let unknown = request.columnNames.filter { !known.contains($0) && seen.insert($0).inserted }
        if case .csv(_, _, let others) = request.source {
            if others.test != nil, request.split.test != nil { throw DatasetError.partGivenTwice(part: "test") }
            if others.validation != nil, request.split.validation != nil { throw DatasetError.partGivenTwice(part: "validation") }
        }
        try DatasetErrors.check(unknown.map { .unknownColumn(name: $0, dataset: raw.name, known: all) })
        // The target of a window, or of running text, stands behind it.
        if request.target.encoding != .next,
            request.inputs.columns.contains(where: { $0.column == request.target.column && $0.window == nil })
        {
            throw DatasetError.targetAmongInputs(column: request.target.column, isBeside: request.target.encoding == .inputs)
        }
        if inputColumns(request, all: all).isEmpty { throw DatasetError.noInputs }
    }
}

/// What was read and split, and is fitted for one fold after the other.
protocol FoldEncoder {
    /// The rows, fitted on those that train while the fold validates; without one, on those that train in some fold.
    func encode(whileValidating fold: Int?) throws -> EncodedArrays
    /// The numbers of the same encoding before they are rounded to 32 bits.
    func exactNumbers(whileValidating fold: Int?) throws -> ExactNumbers
    /// What a reader must know of what is fitted on which rows.
    var notices: [DatasetNotice] { get }
}
