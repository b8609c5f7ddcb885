import Documents
import Settings

/// What becomes of a column's numbers when they are stored in 32 bits, after they were scaled in 64: numbers that differ may become one.
struct RoundingCheck {
    /// A step of 32 bits beyond this share of the column's spread is grave.
    private static let graveStep = 1e-3
    /// A share of different numbers that are lost beyond this is told.
    private static let toldShare = 0.01
    /// So many numbers of any kind lie so close that some meet in 32 bits.
    private static let crowd = 0x1p23
    /// Whole numbers as far from each other at most keep their distances in 32 bits.
    private static let safeSpan = 0x1p22
    /// From here on not every whole number has one of 64 bits.
    private static let exact = 0x1p53

    /// The column, as messages name it.
    let column: String
    let isTarget: Bool
    let isScaled: Bool
    private let table: Table
    /// Looked for when there is something to tell: in wide tables it takes its time.
    private var place: Int { table.columns.firstIndex(of: column) ?? 0 }
    private let numbers: [Double]
    private let shift: Double
    private let divisor: Double

    init(_ numbers: [Double], shift: Double, divisor: Double, column: String, of table: Table, isTarget: Bool, isScaled: Bool) {
        self.numbers = numbers
        self.shift = shift
        self.divisor = divisor
        self.column = column
        self.isTarget = isTarget
        self.isScaled = isScaled
        self.table = table
    }

    /// What is to be told; nil of nearly every column.
    ///
    /// - Throws: a finding about the first two cells that become one, where the loss is grave.
    func notice() throws(Diagnostics) -> DatasetNotice? {
        guard !numbers.isEmpty, !isSafe else { return nil }
        let keys = keys()
        let loss = Loss(numbers, keys: keys, shift: shift, divisor: divisor)
        guard loss.lost > 0, let pair = firstPair(keys) else {
            guard loss.distinct > 1, loss.largestError > Self.graveStep * loss.spread else { return nil }
            return .roundedNumbers(column: column, share: loss.largestError / loss.spread, advice: advice(loss))
        }
        // A spread below what 64 bits resolve is noise of a constant, unless the cells say more than 64 bits hold.
        if keys == nil, (loss.low...loss.high).isRoundingAlone { return nil }
        if loss.step > Self.graveStep * loss.spread { throw Diagnostics(finding(pair, loss)) }
        let share = Double(loss.lost - loss.noise) / Double(loss.distinct)
        guard areWhole || share > Self.toldShare + Double(loss.distinct) / Self.crowd else { return nil }
        return .numbersMeet(
            column: column, lost: loss.lost, of: loss.distinct, first: text(pair.first), second: text(pair.second),
            rows: [row(pair.first), row(pair.second)], advice: advice(loss))
    }

    // MARK: - Numbers

    private var areWhole: Bool { numbers.allSatisfy { $0 == $0.rounded() } }

    /// Whole numbers near the shift stay apart, whatever the divisor.
    private var isSafe: Bool { numbers.allSatisfy { $0 == $0.rounded() && abs($0 - shift) <= Self.safeSpan && abs($0) < Self.exact } }

    /// What tells the cells apart where 64 bits do not: whole numbers as they are written; nil where the numbers themselves do.
    private func keys() -> [String]? {
        guard numbers.contains(where: { abs($0) >= Self.exact }) else { return nil }
        let (table, place) = self.table.withCells(of: self.place)
        return numbers.indices.map { row in
            guard abs(numbers[row]) >= Self.exact, let text = table.text(of: table[row, place])?.trimmingSpaces,
                let whole = WholeNumber.canonical(text)
            else { return "\(numbers[row])" }
            return whole
        }
    }

    /// The first row whose number became that of an earlier one that differs from it, and the first such one.
    private func firstPair(_ keys: [String]?) -> (first: Int, second: Int)? {
        var firstOf: [Float: Int] = [:]
        for row in numbers.indices {
            let single = Float((numbers[row] - shift) / divisor)
            guard let first = firstOf[single] else {
                firstOf[single] = row
                continue
            }
            if keys.map({ $0[first] != $0[row] }) ?? (numbers[first] != numbers[row]) { return (first, row) }
        }
        return nil
    }

    // MARK: - Words

    private func finding(_ pair: (first: Int, second: Int), _ loss: Loss) -> Diagnostic {
        table.diagnostic(
            "found \(text(pair.second)) in the column \"\(column)\", which in 32 bits becomes the same number as \(text(pair.first)) in row \(row(pair.first)); "
                + "of \(loss.distinct) different numbers \(loss.distinct - loss.lost) \(loss.distinct - loss.lost == 1 ? "is" : "are") left",
            row: pair.second, column: place, help: advice(loss))
    }

    /// What to do: scaling is worth its name only where it keeps the numbers apart.
    private func advice(_ loss: Loss) -> String {
        var ways: [String] = []
        if !isScaled {
            let rows = numbers.indices.map { Int32($0) }
            let (shift, divisor) = Scale.standard.figures(of: numbers, fittedOn: rows)
            let scaled = Loss(numbers, keys: keys(), shift: shift, divisor: divisor)
            if scaled.lost * 10 <= loss.lost {
                ways.append("write scale: standard (it works in 64 bits before it rounds)")
            }
        }
        ways.append("subtract what the numbers have in common")
        ways.append(isTarget ? "encode classes as label or one-hot" : "encode names and keys as label or one-hot")
        return ways.dropLast().joined(separator: ", ") + ", or " + (ways.last ?? "")
    }

    private func row(_ row: Int) -> Int { Int(table.fileRows?[row] ?? Int32(row)) + 1 }

    private func text(_ row: Int) -> String {
        let (table, place) = table.withCells(of: place)
        return TablePlaces.shown(table.text(of: table[row, place])?.trimmingSpaces ?? "\(numbers[row])")
    }
}

/// How many numbers of a column meet in 32 bits, and how much that is beside their spread, all after scaling.
private struct Loss {
    let low: Double
    let high: Double
    /// How many different numbers there are.
    let distinct: Int
    /// How many fewer there are in 32 bits.
    let lost: Int
    /// How many of them differ from their neighbour by no more than sums and products in 64 bits are rounded by.
    let noise: Int
    /// The largest distance of neighbouring numbers of 32 bits where numbers meet.
    let step: Double
    /// The standard deviation, or the middle half of the different numbers where that is narrower: a marker far from the others, such as 0 among
    /// times, does not make what lies between the others small.
    let spread: Double
    /// The most by which a number is rounded.
    let largestError: Double

    private static let noise = 0x1p-40

    init(_ numbers: [Double], keys: [String]?, shift: Double, divisor: Double) {
        let sorted = numbers.sorted()
        (low, high) = (sorted.first ?? 0, sorted.last ?? 0)
        let tolerance = max(low.magnitude, high.magnitude) * Self.noise
        var (different, left, noise, step, mean, squares, error) = ([Double](), 0, 0, Float(0), 0.0, 0.0, 0.0)
        var (before, singleBefore) = (Double.nan, Float.nan)
        for (count, number) in sorted.enumerated() {
            let scaled = (number - shift) / divisor
            let single = Float(scaled)
            if single != singleBefore {
                left += 1
            } else if number != before {
                step = max(step, single.ulp)
                if number - before <= tolerance { noise += 1 }
            }
            if number != before { different.append(scaled) }
            (before, singleBefore) = (number, single)
            error = max(error, abs(Double(single) - scaled))
            let change = scaled - mean
            mean += change / Double(count + 1)
            squares += change * (scaled - mean)
        }
        distinct = keys.map { Set($0).count } ?? different.count
        lost = distinct - left
        self.noise = noise
        // Keys beyond 64 bits meet before any step is taken.
        self.step = step == 0 ? .infinity : Double(step)
        let half = different.isEmpty ? 0 : different[different.count * 3 / 4] - different[different.count / 4]
        let deviation = (squares / Double(max(numbers.count, 1))).squareRoot()
        spread = half > 0 ? min(deviation, half) : deviation
        largestError = error
    }
}

/// Whole numbers as they are written.
enum WholeNumber {
    /// The digits without zeros in front, and a minus of a number below 0; nil of any other text.
    static func canonical(_ text: String) -> String? {
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard !digits.isEmpty, text.utf8.count - digits.utf8.count <= 1, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let bare = digits.drop { $0 == "0" }
        return bare.isEmpty ? "0" : (isNegative ? "-" : "") + bare
    }
}
