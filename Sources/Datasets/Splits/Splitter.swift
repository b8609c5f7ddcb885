import RandomNumbers
import Settings

/// Gives each row its part.
package enum Splitter {
    /// Splits `count` rows. Parts and folds that spread classes evenly need the rows' classes, numbered in their order; parts by column are asked of
    /// `hasValue`, which tells for each row whether the column holds one of the values. A data set's own parts hold, unless a test part is asked
    /// for beside its own.
    package static func split(
        _ count: Int, _ request: SplitSettings, labels: [Int32]?, own: SplitRows? = nil,
        hasValue: (_ column: String, _ values: [String]) throws -> [Bool] = noColumns
    ) throws -> SplitRows {
        let isOwnKept = request.test == nil || own?.test.isEmpty == true
        var split = (isOwnKept ? own : nil) ?? SplitRows(train: (0..<Int32(count)).map { $0 })
        if let part = request.test {
            (split.test, split.train) = try take(part, named: "test", from: split.train, labels: labels, hasValue: hasValue)
        }
        switch request.validation {
        case nil: break
        case .part(let part):
            (split.validation, split.train) = try take(part, named: "validation", from: split.train, labels: labels, hasValue: hasValue)
        case .folds(let count, let kind, let seed):
            split.folds = (count, try folds(of: split.train, count: count, kind: kind, seed: seed, labels: labels))
        }
        return split
    }

    /// The columns of the split, which are no inputs unless they are named.
    static func columns(of request: SplitSettings) -> [String] {
        var parts = [request.test].compactMap(\.self)
        if case .part(let part) = request.validation { parts.append(part) }
        return parts.compactMap { if case .rows(let column, _) = $0.size { column } else { nil } }
    }

    /// For rows that have no columns but a text and a class.
    package static func noColumns(_ column: String, _: [String]) throws -> [Bool] {
        throw DatasetError.unknownColumn(name: column, dataset: "the data set", known: [])
    }

    // MARK: - Parts

    private static func take(
        _ part: PartSettings, named name: String, from rows: [Int32], labels: [Int32]?, hasValue: (String, [String]) throws -> [Bool]
    ) throws -> (part: [Int32], rest: [Int32]) {
        if case .rows(let column, let values) = part.size {
            let isTaken = try hasValue(column, values)
            let taken = rows.filter { isTaken[Int($0)] }
            guard !taken.isEmpty else { throw DatasetError.noRowWithValue(part: name, column: column, values: values) }
            guard taken.count < rows.count else {
                throw DatasetError.partDoesNotFit(part: name, rows: taken.count, available: rows.count)
            }
            return (taken, rows.filter { !isTaken[Int($0)] })
        }
        let count = rows.count
        if case .fraction(let fraction) = part.size, !(fraction > 0 && fraction < 1) {
            throw DatasetError.fractionOutOfRange(part: name, fraction: fraction)
        }
        let size = part.rowCount(of: count)
        guard size > 0, size < count else {
            throw DatasetError.partDoesNotFit(part: name, rows: size, available: count)
        }
        var order = rows
        if part.stratified {
            guard let labels else { throw DatasetError.stratifiedPartNeedsClasses(part: name) }
            let places = try part.takeStratified(size, named: name, from: &order, labels: labels)
            return (places.part.map { order[Int($0)] }, places.rest.map { order[Int($0)] })
        }
        let places = try part.take(size, named: name, from: &order)
        return (places.part.map { order[Int($0)] }, places.rest.map { order[Int($0)] })
    }

    // MARK: - Folds

    private static func folds(
        of rows: [Int32], count: Int, kind: FoldKind, seed: Int, labels: [Int32]?
    ) throws(DatasetError) -> [Int32] {
        guard count >= 2, rows.count / count > 0 else { throw .foldsDoNotFit(folds: count, available: rows.count) }
        var order = rows.indices.map { Int32($0) }
        if kind != .contiguous {
            var stream = RandomStream(seed: seed, stream: .resplit, path: "folds")
            stream.shuffle(&order)
        }
        var folds = [Int32](repeating: -1, count: rows.count)
        if kind == .stratified {
            guard let labels else { throw .stratifiedFoldsNeedClasses }
            let byClass = order.enumerated().sorted { one, other in
                let classes = (labels[Int(rows[Int(one.element)])], labels[Int(rows[Int(other.element)])])
                return (classes.0, one.offset) < (classes.1, other.offset)
            }
            for (place, item) in byClass.enumerated() { folds[Int(item.element)] = Int32(place % count) }
        } else {
            let size = rows.count / count
            for (place, row) in order.enumerated() where place < size * count { folds[Int(row)] = Int32(place / size) }
        }
        return folds
    }
}
