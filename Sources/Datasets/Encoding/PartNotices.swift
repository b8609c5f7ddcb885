import Settings

/// What is to be said of parts and folds beside the rows that train.
enum PartNotices {
    static func all(of arrays: EncodedArrays, _ request: SplitSettings) -> [DatasetNotice] {
        let isStratified = if case .folds(_, .stratified, _, _) = request.validation { true } else { false }
        return alike(arrays) + lackingClasses(arrays, isStratified: isStratified) + LabelNotices.all(of: arrays)
    }

    // MARK: - Rows that stand twice

    /// Counts the rows of each part that stand, as a network sees them and with the same target, among those that train; under folds, among the rows of
    /// another fold of the first repeat, and where folds grow, of an earlier time.
    private static func alike(_ arrays: EncodedArrays) -> [DatasetNotice] {
        let split = arrays.split
        guard split.folds != nil || !split.validation.isEmpty || !split.test.isEmpty else { return [] }
        let hashes = RowHashes(arrays)
        /// The fold of the first row of a form, whether rows of another fold have it, too, and the first fold in which one trains.
        var known: [RowHash: (fold: Int32, isInTwo: Bool, from: Int32)] = [:]
        known.reserveCapacity(split.train.count)
        let count = split.train.count
        let folds = split.folds?.ofTrain(inRepeatOf: 0, rows: count) ?? [Int32](repeating: -1, count: count)[...]
        let from = split.folds?.trainingFrom ?? []
        for (place, (row, fold)) in zip(split.train, folds).enumerated() {
            let start = from.isEmpty ? 0 : from[place]
            let first = known[hashes[row]]
            known[hashes[row]] = (
                first?.fold ?? fold, first.map { $0.isInTwo || $0.fold != fold } ?? false, min(first?.from ?? start, start)
            )
        }
        var counts: [(part: String, count: Int, of: Int)] = []
        if split.folds != nil {
            let validating = zip(split.train, folds).filter { $0.1 >= 0 }
            let alike = validating.count { row, fold in
                guard let known = known[hashes[row]] else { return false }
                return from.isEmpty ? known.isInTwo : known.from <= fold
            }
            counts.append(("validation", alike, validating.count))
        }
        for (part, rows) in [("validation", split.validation), ("test", split.test)] {
            counts.append((part, rows.count { known[hashes[$0]] != nil }, rows.count))
        }
        return counts.filter { $0.count > 0 }.map { .rowsAlike(part: $0.part, count: $0.count, of: $0.of) }
    }

    // MARK: - Classes

    private static func lackingClasses(_ arrays: EncodedArrays, isStratified: Bool) -> [DatasetNotice] {
        guard case .classes(let labels, let names) = arrays.target else { return [] }
        let split = arrays.split
        let trained = Set(split.train.map { labels[Int($0)] })
        func lacking(in rows: some Sequence<Int32>) -> [String] {
            trained.subtracting(rows.map { labels[Int($0)] }).sorted().map { names[Int($0)] }
        }
        var parts: [(name: String, folds: [(fold: Int, rows: [Int32])])] = [
            ("validation", [(0, split.validation)]), ("test", [(0, split.test)]),
        ]
        if let folds = split.folds {
            parts[0].folds = (0..<folds.count).map { ($0 + 1, split.rows(validating: $0)) }
        }
        let notices: [DatasetNotice] = parts.compactMap { part in
            let found = part.folds.filter { !$0.rows.isEmpty }.map { ($0.fold, lacking(in: $0.rows)) }.filter { !$0.1.isEmpty }
            return found.isEmpty
                ? nil
                : .classesLacking(
                    part: part.name, folds: Dictionary(found, uniquingKeysWith: { first, _ in first }), isStratified: isStratified)
        }
        guard let folds = split.folds else { return notices }
        var untrained: [Int: [Int32]] = [:]
        for fold in 0..<folds.count {
            let lacking = trained.subtracting(split.training(whileValidating: fold).map { labels[Int($0)] })
            if !lacking.isEmpty { untrained[fold + 1] = lacking.sorted() }
        }
        return notices + (untrained.isEmpty ? [] : [.classesUntrained(folds: untrained.mapValues { $0.map { names[Int($0)] } })])
    }
}

/// 128 bits that stand for a row: two rows of other numbers have the same ones with no likelihood that counts.
private struct RowHash: Hashable {
    private var one: UInt64 = 0x9e37_79b9_7f4a_7c15
    private var other: UInt64 = 0xc2b2_ae3d_27d4_eb4f

    mutating func add(_ number: UInt32) {
        one = (one ^ UInt64(number)) &* 0xff51_afd7_ed55_8ccd
        one ^= one >> 32
        other = (other &+ UInt64(number)) &* 0xc4ce_b9fe_1a85_ec53
        other ^= other >> 29
    }
}

/// The hashes of all rows, inputs and target.
private struct RowHashes {
    private let hashes: [RowHash]

    init(_ arrays: EncodedArrays) {
        hashes = (0..<arrays.rowCount).map { row in
            var hash = RowHash()
            switch arrays.inputs {
            case .dense(let numbers):
                // Zero has two signs and is one number.
                for place in row * arrays.featureCount..<(row + 1) * arrays.featureCount { hash.add((numbers[place] + 0).bitPattern) }
            case .tokens(let numbers, _):
                for place in row * arrays.featureCount..<(row + 1) * arrays.featureCount { hash.add(UInt32(bitPattern: numbers[place])) }
            case .sparse(let rows):
                for place in Int(rows.offsets[row])..<Int(rows.offsets[row + 1]) {
                    hash.add(UInt32(bitPattern: rows.columns[place]))
                    if let values = rows.values { hash.add(values[place].bitPattern) }
                }
            }
            switch arrays.target {
            case .classes(let labels, _): hash.add(UInt32(bitPattern: labels[row]))
            case .severalLabels(let ones, let names):
                for place in row * names.count..<(row + 1) * names.count { hash.add(ones[place].bitPattern) }
            case .values(let values, _): hash.add((values[row] + 0).bitPattern)
            case .inputs: break
            }
            return hash
        }
    }

    subscript(row: Int32) -> RowHash { hashes[Int(row)] }
}
