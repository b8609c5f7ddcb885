import RandomNumbers
import Settings

/// Gives each row its part.
package enum Splitter {
    /// Splits `count` rows, those that take part (`only`). Parts and folds that spread classes evenly need the rows' classes, numbered in their order, or the labels of each row; what a split by columns needs is
    /// asked of `columns`. A data set's own parts hold, unless a test part is asked for beside its own.
    package static func split(
        _ count: Int, _ request: SplitSettings, labels: [Int32]?, labelSets: [[Int32]]? = nil, own: SplitRows? = nil,
        columns: SplitColumns = .none
    ) throws -> SplitRows {
        let isOwnKept = request.test == nil || own?.test.isEmpty == true
        var split = (isOwnKept ? own : nil) ?? SplitRows(train: (0..<Int32(count)).map { $0 })
        let groups = try request.group.map(columns.groups)
        if let order = request.order { split.train = try inOrder(split.train, by: columns.order(order)) }
        let rest = Rest(labels: labels, labelSets: labelSets, groups: groups, columns: columns, gap: request.gap)
        if let part = request.test { (split.test, split.train) = try rest.take(part, named: "test", from: split.train) }
        switch request.validation {
        case nil: break
        case .part(let part): (split.validation, split.train) = try rest.take(part, named: "validation", from: split.train)
        case .folds(let count, let kind, let seed, let repeats):
            let dealer = FoldDealer(
                rows: split.train, count: count, kind: kind, seed: seed, repeats: repeats, gap: request.gap, labels: labels,
                labelSets: labelSets, groups: groups)
            split.folds = try dealer.folds()
        }
        if let part = request.train { split.train = try rest.take(part, named: "train", from: split.train).part }
        try groups?.check(split)
        return split
    }

    /// The columns of the split, which are no inputs unless they are named.
    static func columns(of request: SplitSettings) -> [String] {
        var parts = [request.only, request.test, request.train].compactMap(\.self)
        if case .part(let part) = request.validation { parts.append(part) }
        return parts.compactMap { if case .rows(let column, _) = $0.size { column } else { nil } }
            + [request.group, request.order].compactMap(\.self)
    }

    /// Rows by their numbers, of one number in the order that they have.
    private static func inOrder(_ rows: [Int32], by numbers: [Double]) -> [Int32] {
        rows.enumerated().sorted { one, other in
            let values = (numbers[Int(one.element)], numbers[Int(other.element)])
            return values.0 != values.1 ? values.0 < values.1 : one.offset < other.offset
        }.map(\.element)
    }
}

/// The rows that are left, and what is known of them.
private struct Rest {
    let labels: [Int32]?
    let labelSets: [[Int32]]?
    let groups: RowGroups?
    let columns: SplitColumns
    let gap: Int

    /// A part, and what remains of the rows.
    func take(_ part: PartSettings, named name: String, from rows: [Int32]) throws -> (part: [Int32], rest: [Int32]) {
        if case .rows(let column, let values) = part.size {
            let isTaken = try columns.hasValue(column, values)
            let taken = rows.filter { isTaken[Int($0)] }
            guard !taken.isEmpty else { throw DatasetError.noRowWithValue(part: name, column: column, values: values) }
            guard taken.count < rows.count else {
                throw DatasetError.partDoesNotFit(part: name, rows: taken.count, available: rows.count)
            }
            return (taken, rows.filter { !isTaken[Int($0)] })
        }
        if case .fold(let number, let folds, let kind) = part.size {
            let dealer = FoldDealer(
                rows: rows, count: folds, kind: kind, seed: part.seed, repeats: 1, gap: gap, labels: labels, labelSets: labelSets,
                groups: groups,
                path: "\(name) folds")
            var split = SplitRows(train: rows)
            split.folds = try dealer.folds()
            let fold = (number ?? 1) - 1
            return (split.rows(validating: fold), split.training(whileValidating: fold))
        }
        let count = rows.count
        if case .fraction(let fraction) = part.size {
            if !(fraction > 0 && fraction < 1) { throw DatasetError.fractionOutOfRange(part: name, fraction: fraction) }
            if let groups {
                let found = groups.places(of: rows, byAppearance: part.shuffle == .none)
                let places = try GroupedPart.take(part, share: fraction, named: name, of: found, numPy: part.numPyState)
                return (places.part.map { rows[Int($0)] }, places.rest.map { rows[Int($0)] })
            }
        }
        let size = part.rowCount(of: count)
        guard size > 0, size < count else {
            throw DatasetError.partDoesNotFit(part: name, rows: size, available: count)
        }
        var order = rows
        if part.stratified {
            if let labelSets, let places = part.takeStratified(size, named: name, from: &order, labelSets: labelSets) {
                return (places.part.map { order[Int($0)] }, places.rest.map { order[Int($0)] })
            }
            guard let labels else { throw DatasetError.stratifiedPartNeedsClasses(part: name) }
            let places = try part.takeStratified(size, named: name, from: &order, labels: labels)
            return (places.part.map { order[Int($0)] }, places.rest.map { order[Int($0)] })
        }
        let places = try part.take(size, named: name, from: &order)
        let left = part.isFromEnd ? gap : 0
        guard left < places.rest.count else { throw DatasetError.gapDoesNotFit(part: name, gap: gap, available: places.rest.count) }
        return (places.part.map { order[Int($0)] }, places.rest.dropLast(left).map { order[Int($0)] })
    }
}
