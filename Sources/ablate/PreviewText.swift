import Datasets
import Documents
import Projects
import Scheduling

/// A data set for people: its columns, its classes, its first rows as a network sees them.
struct PreviewText {
    let profile: DatasetProfile
    /// The column that is predicted; nil: the last one.
    var target: String?
    /// The encoded rows; nil where there are none to show.
    var dataset: EncodedDataset?
    /// How many of them are shown.
    var rows = 0
    /// How many folds test by turns; nil where the test part is always the same.
    var outerFolds: Int?

    private static let mostFeatures = 8
    private static let mostValues = 4
    /// So many numbers of a sequence are shown.
    private static let mostNumbers = 6
    /// Of wider tables the first columns are shown, and the target.
    private static let mostColumns = 60

    var text: String {
        var lines = ["\(Files.spoken(profile.name)): \(counted(profile.rowCount, "row")), \(counted(profile.columns.count, "column"))", ""]
        lines += columns
        if let dataset {
            switch dataset.target {
            case .classes(let labels, let names): lines += ["", classes(of: dataset, labels, names)]
            case .severalLabels(let ones, let names): lines += ["", self.labels(of: dataset, ones, names)]
            case .inputs(let labels?, let names): lines += ["", classes(of: dataset, labels, names)]
            case .values, .inputs: break
            }
            lines += ["", parts(of: dataset)]
            if rows > 0 { lines += ["", "the first rows as a network sees them:"] + encodedRows(of: dataset) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - Raw columns

    private var columns: [String] {
        var table = TextTable([("column", .left), ("type", .left), ("empty", .right), ("different", .right), ("values", .left)])
        let target = target ?? profile.columns.last?.name
        let listed = profile.columns.enumerated().filter { $0.offset < Self.mostColumns || $0.element.name == target }.map(\.element)
        for column in listed {
            table.add([
                shown(column.name), type(column), grouped(column.emptyCount), grouped(column.distinctCount), values(column),
            ])
        }
        let more = profile.columns.count - listed.count
        return table.lines + (more > 0 ? ["  and \(counted(more, "column")) more"] : [])
    }

    private func type(_ column: ColumnProfile) -> String {
        switch column.kind {
        case .numbers(_, _, _, let isWhole): isWhole ? "whole numbers" : "numbers"
        case .almostNumbers: "numbers, almost"
        case .commaNumbers: "numbers with commas"
        case .markedNumbers: "numbers with signs"
        case .dates: "days"
        case .categories: "categories"
        case .codes: "codes"
        case .texts: "text"
        case .names: "names"
        case .rowNumbers: "row numbers"
        case .nothing: "nothing"
        }
    }

    private func values(_ column: ColumnProfile) -> String {
        switch column.kind {
        case .numbers(let low, let high, let mean, _): "\(plain(low)) … \(plain(high)), mean \(plain(mean))"
        case .texts(let words): "\(plain(words)) words on average"
        case .nothing: ""
        case .almostNumbers(let others, let count):
            "\(counted(count, "cell")) no number: "
                + others.map { "\(shown($0.text))\($0.line.map { " (line \(grouped($0)))" } ?? "")" }.joined(separator: ", ")
                + (count > others.count ? ", …" : "")
        case .rowNumbers: "one more in each row"
        case .categories, .codes, .names, .dates, .commaNumbers, .markedNumbers:
            column.mostFrequent.prefix(Self.mostValues).map { "\(shown($0.text)) \(grouped($0.count))" }.joined(separator: ", ")
                + (column.distinctCount > Self.mostValues ? ", …" : "")
        }
    }

    // MARK: - Encoded rows

    private func classes(of dataset: EncodedDataset, _ labels: UnsafeBufferPointer<Int32>, _ names: [String]) -> String {
        var counts = [Int](repeating: 0, count: names.count)
        for label in labels where label >= 0 { counts[Int(label)] += 1 }
        let shares = zip(names, counts).prefix(10).map { name, count in
            "\(shown(name)) \(grouped(count)) (\(percent(count, of: labels.count)))"
        }
        return "\(counted(names.count, "class", plural: "classes")) of \(dataset.summary.targetColumn): \(shares.joined(separator: ", "))"
            + (names.count > 10 ? ", …" : "")
    }

    private func labels(of dataset: EncodedDataset, _ ones: UnsafeBufferPointer<Float>, _ names: [String]) -> String {
        var counts = [Int](repeating: 0, count: names.count)
        for place in ones.indices where ones[place] != 0 { counts[place % names.count] += 1 }
        let shares = zip(names, counts).prefix(10).map { name, count in
            "\(shown(name)) \(grouped(count)) (\(percent(count, of: dataset.rowCount)))"
        }
        let mean = Double(counts.reduce(0, +)) / Double(max(dataset.rowCount, 1))
        return
            "\(counted(names.count, "label")) of \(dataset.summary.targetColumn), \(plain(mean)) a row: \(shares.joined(separator: ", "))"
            + (names.count > 10 ? ", …" : "")
    }

    private func parts(of dataset: EncodedDataset) -> String {
        let summary = dataset.summary
        let parts = [("train", summary.trainCount), ("validate", summary.validationCount), ("test", summary.testCount)].filter { $0.1 > 0 }
        let counts = parts.map { "\(counted($0.1, "row")) \($0.0)" }.joined(separator: ", ")
        return "\(features(of: summary)); \(counts)\(folds(of: summary))"
    }

    /// What a row is to a network.
    private func features(of summary: DatasetSummary) -> String {
        if case .sequences(let vocabulary) = summary.inputKind {
            return "\(counted(summary.featureCount, "whole number")) below \(grouped(vocabulary)) a row"
        }
        let shape = summary.inputShape.count > 1 ? " (\(summary.inputShape.map { "\($0)" }.joined(separator: " x ")))" : ""
        let features = counted(summary.featureCount, "feature") + shape
        guard let window = summary.window else { return "\(features) a row" }
        let ahead = window.horizon == 1 ? "the next" : "the \(grouped(window.horizon))th row behind them"
        return "\(features): a row is a window of \(counted(window.length, "row")) that tell \(ahead)"
    }

    /// How many folds there are; with `outerFolds`, so many of them test by turns.
    private func folds(of summary: DatasetSummary) -> String {
        guard let outerFolds else { return summary.foldCount.map { " (\($0) folds)" } ?? "" }
        let inner = summary.foldCount.map { ", and \($0) folds of the rest validate" } ?? ""
        return "\nThe first of \(outerFolds) folds that test by turns\(inner)."
    }

    private func encodedRows(of dataset: EncodedDataset) -> [String] {
        let first = dataset.train.prefix(rows).map(Int.init)
        switch dataset.inputs {
        case .dense(let numbers):
            let names = dataset.summary.featureNames.prefix(Self.mostFeatures)
            let more = dataset.featureCount - names.count
            var table = TextTable(
                [("row", .right)] + names.map { (shown($0), .right) } + (more > 0 ? [("\(grouped(more)) more", .left)] : [])
                    + [(shown(dataset.summary.targetColumn), .right)])
            for row in first {
                let start = row * dataset.featureCount
                let cells = (0..<names.count).map { plain(Double(numbers[start + $0])) }
                table.add([fileRow(row, of: dataset)] + cells + (more > 0 ? ["…"] : []) + [target(row, of: dataset)])
            }
            return table.lines
        case .tokens(let numbers):
            let words = dataset.vocabulary
            guard case .tokens(let text)? = dataset.summary.fitted.first?.fit else { return [] }
            var table = TextTable([
                ("row", .right), ("numbers", .left), ("text, ? unknown", .left), (shown(dataset.summary.targetColumn), .left),
            ])
            for row in first {
                let own = numbers[row * text.length..<(row + 1) * text.length]
                let start = own.drop { $0 == FittedTokens.padding }.prefix(Self.mostNumbers)
                table.add([
                    fileRow(row, of: dataset), start.map { "\($0)" }.joined(separator: " ") + (start.count < text.length ? " …" : ""),
                    excerpt(text.text(own, of: words)), target(row, of: dataset),
                ])
            }
            return table.lines
        case .sparse(let offsets, let columns, let values):
            let names = FeatureNames(dataset)
            var table = TextTable([
                ("row", .right), (values == nil ? "ones" : "not 0", .right), ("columns", .left), (dataset.summary.targetColumn, .left),
            ])
            for row in first {
                let places = Int(offsets[row])..<Int(offsets[row + 1])
                let cells = places.prefix(10).map { place in
                    "\(columns[place]) \(shown(names[Int(columns[place])]))" + (values.map { " \(plain(Double($0[place])))" } ?? "")
                }
                table.add([
                    fileRow(row, of: dataset), grouped(places.count), cells.joined(separator: ", ") + (places.count > 10 ? ", …" : ""),
                    target(row, of: dataset),
                ])
            }
            return table.lines
        }
    }

    /// The row's number in its file, from 1.
    private func fileRow(_ row: Int, of dataset: EncodedDataset) -> String { grouped(Int(dataset.fileRow(of: Int32(row))) + 1) }

    private func target(_ row: Int, of dataset: EncodedDataset) -> String {
        switch dataset.target {
        case .classes(let labels, let names): "\(labels[row]) \(shown(names[Int(labels[row])]))"
        case .severalLabels(let ones, let names):
            shown(names.indices.filter { ones[row * names.count + $0] != 0 }.map { names[$0] }.joined(separator: ", "))
        case .values(let values, let width, _): plain(Double(values[row * width]))
        case .inputs(let labels, _): labels == nil ? "the inputs" : dataset.className(of: Int32(row)).map(shown) ?? "–"
        }
    }

    // MARK: - Words

    /// Four digits that say something; whole numbers whole.
    private func plain(_ value: Double) -> String {
        if value == value.rounded() || abs(value) >= 1000, abs(value) < 1e15 { return grouped(Int(value.rounded())) }
        var step = 1.0
        while abs(value) * step < 1000, step < 1e6 { step *= 10 }
        let rounded = (value * step).rounded() / step
        return rounded == 0 ? "0" : "\(rounded)"
    }

    private func percent(_ count: Int, of all: Int) -> String {
        "\((Double(count) * 1000 / Double(max(all, 1))).rounded() / 10) %"
    }

    /// The beginning of a text, in one line.
    private func excerpt(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count > 60 ? "\(line.prefix(59))…" : line
    }

    private func shown(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count > 24 ? "\(line.prefix(23))…" : line
    }
}

/// `1 class`, `2 classes`.
private func counted(_ number: Int, _ noun: String, plural: String) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural)"
}
