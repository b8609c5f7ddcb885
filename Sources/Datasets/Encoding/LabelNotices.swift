/// What is to be said of targets with several labels, and of rows without a label beside the inputs.
enum LabelNotices {
    /// Rows without a label, labels that parts lack, and labels of which little can be learned; nothing of other targets.
    static func all(of arrays: EncodedArrays) -> [DatasetNotice] {
        if case .inputs(let labels?, let names) = arrays.target { return unlabelled(labels, names, of: arrays) }
        guard case .severalLabels(let ones, let names) = arrays.target else { return [] }
        let column = arrays.fitted.last?.column ?? ""
        let counts = LabelCounts(ones: ones, names: names)
        let split = arrays.split
        var notices: [DatasetNotice] = [("train", split.train), ("validation", split.validation), ("test", split.test)].compactMap {
            part, rows in
            let without = rows.count { counts.hasNone($0) }
            return without == 0 ? nil : .rowsWithoutLabel(part: part, column: column, count: without, of: rows.count)
        }
        let training = counts.rows(of: split.train)
        func named(_ isMeant: (Int) -> Bool) -> [String] { names.indices.filter(isMeant).map { names[$0] } }
        func add(_ found: [Int: [String]], _ notice: ([Int: [String]]) -> DatasetNotice) {
            let found = found.filter { !$0.value.isEmpty }
            if !found.isEmpty { notices.append(notice(found)) }
        }
        add([0: named { training[$0] == 0 }]) { .labelsUntrained(folds: $0) }
        var validating: [Int: [Int32]] = split.validation.isEmpty ? [:] : [0: split.validation]
        if let folds = split.folds {
            validating = Dictionary(uniqueKeysWithValues: (0..<folds.count).map { ($0 + 1, split.rows(validating: $0)) })
            let byFold = Dictionary(
                uniqueKeysWithValues: (0..<folds.count).map { ($0 + 1, counts.rows(of: split.training(whileValidating: $0))) })
            add(byFold.mapValues { own in named { training[$0] > 0 && own[$0] == 0 } }) { .labelsUntrained(folds: $0) }
        }
        for (part, folds) in [("validation", validating), ("test", split.test.isEmpty ? [:] : [0: split.test])] {
            let lacking = folds.mapValues { rows in
                let own = counts.rows(of: rows)
                return named { training[$0] > 0 && own[$0] == 0 }
            }
            add(lacking) { .labelsLacking(part: part, folds: $0) }
        }
        let rare = named { training[$0] == 1 }
        if !rare.isEmpty, split.train.count > 1 { notices.append(.labelsRare(labels: rare)) }
        let everywhere = named { training[$0] == split.train.count }
        if !everywhere.isEmpty { notices.append(.labelsEverywhere(labels: everywhere)) }
        return notices
    }

    /// How many rows of each part have no label for figures, and labels that no row has which trains.
    private static func unlabelled(_ labels: [Int32], _ names: [String], of arrays: EncodedArrays) -> [DatasetNotice] {
        let split = arrays.split
        let column = arrays.fitted.last?.column ?? ""
        let notices: [DatasetNotice] = [("train", split.train), ("validation", split.validation), ("test", split.test)].compactMap {
            part, rows in
            let without = rows.count { labels[Int($0)] < 0 }
            return without == 0 ? nil : .rowsUnlabelled(part: part, column: column, count: without, of: rows.count)
        }
        return notices + (TargetFacts.untrained(labels, names, split).map { [.labelsUntrained(folds: [0: $0])] } ?? [])
    }
}

/// Ones and zeros, a row for each example and a column for each label.
private struct LabelCounts {
    let ones: [Float]
    let names: [String]

    func hasNone(_ row: Int32) -> Bool {
        ones[Int(row) * names.count..<(Int(row) + 1) * names.count].allSatisfy { $0 == 0 }
    }

    /// How many of these rows have each of the labels.
    func rows(of rows: [Int32]) -> [Int] {
        var counts = [Int](repeating: 0, count: names.count)
        for row in rows {
            for label in names.indices where ones[Int(row) * names.count + label] != 0 { counts[label] += 1 }
        }
        return counts
    }
}
