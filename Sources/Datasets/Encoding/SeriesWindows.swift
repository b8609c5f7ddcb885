import Settings

/// The windows of a table whose rows follow each other in time. Window `w` sees the rows from `w · step` on, `length` of them; its target stands `horizon` rows
/// behind the last. A table of n rows has (n − length − horizon) / step + 1 windows, rounded down.
struct SeriesWindows {
    let settings: WindowSettings
    /// How many rows the table has.
    let rowCount: Int
    /// How many windows there are.
    let count: Int

    /// The windows of so many rows.
    init(_ settings: WindowSettings, rows: Int) throws(DatasetError) {
        let needed = settings.length + settings.horizon
        guard rows >= needed else { throw .noFullWindow(rows: rows, needed: needed) }
        self.settings = settings
        rowCount = rows
        count = (rows - needed) / settings.step + 1
    }

    /// The windows that these inputs are together; nil where they are none.
    static func settings(of inputs: [ColumnSettings]) throws(DatasetError) -> WindowSettings? {
        guard let first = inputs.lazy.compactMap(\.window).first else { return nil }
        guard inputs.allSatisfy({ $0.window == first }) else { throw .windowsDiffer }
        return first
    }

    /// The row of each window's target.
    var targets: [Int] {
        let first = settings.length + settings.horizon - 1
        return (0..<count).map { first + $0 * settings.step }
    }

    /// The rows that some of these windows see or predict, ascending: those that a column is fitted on when the windows train.
    func rows(of windows: [Int32]) -> [Int32] {
        var isSeen = [Bool](repeating: false, count: rowCount)
        for window in windows {
            let start = Int(window) * settings.step
            for row in start..<start + settings.length { isSeen[row] = true }
            isSeen[start + settings.length + settings.horizon - 1] = true
        }
        return isSeen.indices.filter { isSeen[$0] }.map { Int32($0) }
    }

    /// The windows whose targets are these rows' part.
    func parts(_ rows: SplitRows) -> SplitRows {
        func part(_ rows: [Int32]) -> [Int32] {
            let known = Set(rows)
            return targets.enumerated().filter { known.contains(Int32($0.element)) }.map { Int32($0.offset) }
        }
        return SplitRows(train: part(rows.train), validation: part(rows.validation), test: part(rows.test))
    }

    /// Row-major numbers of windows, `[windows, length, width]`, from those of rows, `[rows, width]`.
    func windows<Number>(_ matrix: [Number], width: Int) throws(DatasetError) -> [Number] {
        try DatasetEncoder.checkSize(rows: count, features: settings.length * width)
        var windows: [Number] = []
        windows.reserveCapacity(count * settings.length * width)
        for window in 0..<count {
            let start = window * settings.step * width
            windows += matrix[start..<start + settings.length * width]
        }
        return windows
    }

    /// What the numbers of a window are called, given those of a row: `sunspots -2, sunspots -1, sunspots` of three rows, counted from the last one.
    static func names(_ row: [String], length: Int) -> [String] {
        (0..<length).flatMap { place in
            row.map { name in place == length - 1 ? name : "\(name) -\(length - 1 - place)" }
        }
    }

    // MARK: - What is to be said

    /// How many windows there are, and which rows have none.
    var notice: DatasetNotice {
        let first: Int = settings.length + settings.horizon - 1
        let lastTarget: Int = first + (count - 1) * settings.step
        return .windows(rows: rowCount, windows: count, settings, first: first, last: rowCount - 1 - lastTarget)
    }

    /// Windows of a part whose target stands in a window that trains: a network has seen what it is to predict. Where parts follow each other in time there
    /// are none: test windows may begin in rows that train, whose values are known when the forecast is made.
    ///
    /// Where there are none, windows that end before the target of one which trains, and predict a later row: beyond a horizon of 1 those next to the cut do.
    func overlaps(_ split: SplitRows) -> [DatasetNotice] {
        let targets = targets
        func count(_ windows: [Int32], _ training: [Int32]) -> Overlap {
            let known = Set(rows(of: training))
            var isTrained = [Bool](repeating: false, count: rowCount)
            for window in training { isTrained[targets[Int(window)]] = true }
            // Of each row the last one up to it whose value is predicted in training.
            var (lastTrained, last) = ([Int](), -1)
            for row in 0..<rowCount {
                if isTrained[row] { last = row }
                lastTrained.append(last)
            }
            let own = windows.map { targets[Int($0)] }
            return Overlap(
                all: own.count, seen: own.count { known.contains(Int32($0)) },
                tooSoon: own.count { lastTrained[$0 - 1] > $0 - settings.horizon })
        }
        var parts: [(name: String, overlap: Overlap)] = []
        if let folds = split.folds {
            let found = (0..<folds.count).map { count(split.rows(validating: $0), split.training(whileValidating: $0)) }
            parts.append(("validation", found.reduce(Overlap()) { $0 + $1 }))
        }
        for (name, windows) in [("validation", split.validation), ("test", split.test)] {
            parts.append((name, count(windows, split.train)))
        }
        return parts.compactMap { name, found in
            if found.seen > 0 { return .windowsOverlap(part: name, count: found.seen, of: found.all) }
            guard found.tooSoon > 0 else { return nil }
            return .windowsTooSoon(
                part: name, count: found.tooSoon, of: found.all, horizon: settings.horizon, gap: (settings.horizon - 1) / settings.step)
        }
    }

    /// How many windows of a part there are, and how many of them share what they should not with those that train.
    private struct Overlap {
        var all = 0
        var seen = 0
        var tooSoon = 0

        static func + (one: Overlap, other: Overlap) -> Overlap {
            Overlap(all: one.all + other.all, seen: one.seen + other.seen, tooSoon: one.tooSoon + other.tooSoon)
        }
    }
}

extension SplitColumns {
    /// The columns of a table of rows, asked of the rows of windows' targets.
    func ofTargets(_ windows: SeriesWindows) -> SplitColumns {
        let targets = windows.targets
        return SplitColumns(
            hasValue: { column, values in
                let rows = try hasValue(column, values)
                return targets.map { rows[$0] }
            }, groups: { throw DatasetError.groupsOfWindows(column: $0) },
            order: { column in
                let rows = try order(column)
                return targets.map { rows[$0] }
            })
    }
}

extension EncodedArrays.Target {
    /// The targets of these rows.
    func keeping(_ rows: [Int]) -> Self {
        switch self {
        case .classes(let labels, let names): .classes(labels: rows.map { labels[$0] }, names: names)
        case .severalLabels(let ones, let names):
            .severalLabels(rows.flatMap { ones[$0 * names.count..<($0 + 1) * names.count] }, names: names)
        case .values(let values, let unit): .values(rows.map { values[$0] }, unit: unit)
        case .inputs(let labels, let names): .inputs(labels: labels.map { labels in rows.map { labels[$0] } }, names: names)
        }
    }
}
