import Datasets
import Documents
import Metrics
import Settings
import Testing

/// Windows of time series.
struct WindowTests {
    private static func last(_ count: Int) -> PartSettings { PartSettings(size: .last(count)) }

    /// A table of the columns at, a and b: row i has a = i and b = 10 i.
    private static func open(
        rows: Int = 8, _ window: WindowSettings, columns: [String] = ["a"], target: String = "a", split: SplitSettings = SplitSettings(),
        scale: Scale = .none, order: [Int]? = nil, fold: Int? = nil
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let lines = (order ?? Array(0..<rows)).map { "\($0),\($0),\($0 * 10)" }
        let request = EncodingRequest(
            source: .csv(path: try folder.write("at,a,b\n" + lines.joined(separator: "\n") + "\n", to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: columns.map { .init(column: $0, encoding: .numeric(scale: scale), window: window) }),
            target: ColumnSettings(column: target, encoding: .numeric(scale: scale)), split: split, fold: fold)
        return try DatasetStore(folder: folder.path).open(request)
    }

    private static func inputs(_ data: EncodedDataset) -> [Float] {
        guard case .dense(let numbers) = data.inputs else { return [] }
        return Array(numbers)
    }

    private static func targets(_ data: EncodedDataset) -> [Float] {
        guard case .values(let numbers, _, _) = data.target else { return [] }
        return Array(numbers)
    }

    /// As numpy.lib.stride_tricks.sliding_window_view and keras.utils.timeseries_dataset_from_array (sequence_stride = step) give them.
    @Test(
        arguments: [
            (WindowSettings(length: 3), [0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6], [3, 4, 5, 6, 7]),
            (WindowSettings(length: 3, horizon: 2), [0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5], [4, 5, 6, 7]),
            (WindowSettings(length: 3, step: 2), [0, 1, 2, 2, 3, 4, 4, 5, 6], [3, 5, 7]),
            (WindowSettings(length: 3, horizon: 3, step: 2), [0, 1, 2, 2, 3, 4], [5, 7]),
            (WindowSettings(length: 7), [0, 1, 2, 3, 4, 5, 6], [7]),
        ] as [(WindowSettings, [Float], [Float])])
    func windowsAreRowsThatFollowEachOther(window: WindowSettings, inputs: [Float], targets: [Float]) throws {
        let data = try Self.open(window)
        #expect(Self.inputs(data) == inputs && Self.targets(data) == targets)
        #expect(data.summary.inputShape == [window.length, 1] && data.summary.window == window)
        #expect(targets.indices.map { data.fileRow(of: Int32($0)) } == targets.map { Int32($0) })
    }

    @Test func severalColumnsStandBesideEachOtherInEachRow() throws {
        let data = try Self.open(rows: 4, WindowSettings(length: 2), columns: ["b", "a"], target: "b")
        #expect(Self.inputs(data) == [0, 0, 10, 1, 10, 1, 20, 2] && Self.targets(data) == [20, 30])
        #expect(data.summary.inputShape == [2, 2] && data.summary.featureNames == ["b -1", "a -1", "b", "a"])
    }

    @Test func figuresComeFromRowsThatTrainingWindowsSeeOrPredict() throws {
        let data = try Self.open(WindowSettings(length: 3), split: SplitSettings(test: Self.last(2)), scale: .minMax)
        #expect(data.trainRows == [0, 1, 2] && data.testRows == [3, 4])
        // Rows 0 to 5 train, so that 6 and 7 lie above 1.
        let unit = try #require({ if case .values(_, _, let unit) = data.target { unit } else { nil } }())
        #expect(unit == TargetUnit(shift: 0, divisor: 5))
        #expect(Self.targets(data) == [0.6, 0.8, 1, 1.2, 1.4])
        let range = try #require(data.trainedRanges["a"])
        #expect(range.lowerBound == 0 && abs(range.upperBound - 4) < 1e-6)
    }

    @Test func rowsArePutInOrderBeforeTheyAreCut() throws {
        let data = try Self.open(
            WindowSettings(length: 2), split: SplitSettings(test: Self.last(1), order: "at"), order: [3, 0, 2, 1])
        #expect(Self.inputs(data) == [0, 1, 1, 2] && Self.targets(data) == [2, 3])
        #expect([data.fileRow(of: 0), data.fileRow(of: 1)] == [2, 0])
        #expect(data.summary.notices.contains(.rowsNotInOrder(column: "at")))
    }

    @Test(arguments: [
        (SplitSettings(test: last(2)), []),
        (SplitSettings(test: last(2), gap: 1), []),
        (SplitSettings(validation: .part(last(1))), []),
        (SplitSettings(validation: .folds(count: 2, kind: .time)), []),
        (
            SplitSettings(validation: .part(PartSettings(size: .first(2)))),
            [DatasetNotice.windowsOverlap(part: "validation", count: 2, of: 2)]
        ),
        (SplitSettings(validation: .folds(count: 2, kind: .contiguous)), [.windowsOverlap(part: "validation", count: 4, of: 4)]),
    ])
    func windowsThatSeeWhatOthersPredictAreTold(split: SplitSettings, notices: [DatasetNotice]) throws {
        let data = try Self.open(WindowSettings(length: 3), split: split, fold: split.folds == nil ? nil : 0)
        #expect(data.summary.notices.filter { if case .windowsOverlap = $0 { true } else { false } } == notices)
    }

    /// The last window before a cut predicts a row that the first ones behind it do not know when they end.
    @Test(arguments: [
        (1, 1, SplitSettings(test: last(2)), nil),
        (2, 1, SplitSettings(test: last(2)), DatasetNotice.windowsTooSoon(part: "test", count: 1, of: 2, horizon: 2, gap: 1)),
        (3, 1, SplitSettings(test: last(2)), .windowsTooSoon(part: "test", count: 2, of: 2, horizon: 3, gap: 2)),
        (3, 1, SplitSettings(test: last(2), gap: 1), .windowsTooSoon(part: "test", count: 1, of: 2, horizon: 3, gap: 2)),
        (3, 1, SplitSettings(test: last(2), gap: 2), nil),
        (3, 2, SplitSettings(test: last(2)), .windowsTooSoon(part: "test", count: 1, of: 2, horizon: 3, gap: 1)),
        (3, 2, SplitSettings(test: last(2), gap: 1), nil),
        (
            2, 1, SplitSettings(validation: .folds(count: 2, kind: .time)),
            .windowsTooSoon(part: "validation", count: 2, of: 8, horizon: 2, gap: 1)
        ),
        (2, 1, SplitSettings(validation: .folds(count: 2, kind: .time), gap: 1), nil),
    ])
    func windowsThatTrainingKnowsMoreThanAreTold(horizon: Int, step: Int, split: SplitSettings, notice: DatasetNotice?) throws {
        let data = try Self.open(
            rows: 16, WindowSettings(length: 3, horizon: horizon, step: step), split: split, fold: split.folds == nil ? nil : 0)
        #expect(data.summary.notices.filter { if case .windowsTooSoon = $0 { true } else { false } } == [notice].compactMap(\.self))
    }

    @Test func whatAGapIsForIsSaid() {
        #expect(
            DatasetNotice.windowsTooSoon(part: "test", count: 2, of: 60, horizon: 3, gap: 2).sentence
                == "2 of 60 test windows end before values that others predict in training, which a forecast 3 rows ahead would not know yet; gap: 2 in split leaves these out."
        )
    }

    /// The first `horizon` steps are foretold from windows of the series' own values, those behind them from what was foretold.
    @Test(
        arguments: [(1, [[5, 6, 7], [6, 7, 100], [7, 100, 101]]), (3, [[3, 4, 5], [4, 5, 6], [5, 6, 7], [6, 7, 100]])] as [(Int, [[Float]])]
    )
    func aSeriesGoesOnFromItsEnd(horizon: Int, windows: [[Float]]) throws {
        let data = try Self.open(WindowSettings(length: 3, horizon: horizon))
        let folder = try TemporaryFolder()
        let rows = try RowEncoder(data).encode(csv: folder.write("a\n" + (2..<8).map { "\($0)\n" }.joined(), to: "new.csv"))
        for end in [try SeriesEnd(data), try SeriesEnd(rows, FittedEncoder(data))] {
            var end = end
            for (step, window) in windows.enumerated() {
                #expect(end.rows.inputs == .dense(window) && end.rows.rowCount == 1)
                end.append(Double(100 + step))
            }
        }
    }

    /// Rows that are asked in another order than those were put in that trained are other windows.
    @Test func askedRowsStandInTheOrderOfTheirColumn() throws {
        let encoder = RowEncoder(try Self.open(WindowSettings(length: 3)))
        let folder = try TemporaryFolder()
        let sorted = try folder.write("at,a\n1,5\n2,6\n3,7\n4,8\n", to: "sorted.csv")
        let mixed = try folder.write("at,a\n1,5\n3,7\n2,6\n4,8\n", to: "mixed.csv")
        let alone = try folder.write("a\n5\n7\n6\n8\n", to: "alone.csv")
        #expect(try encoder.encode(csv: sorted, order: "at").inputs == .dense([5, 6, 7, 6, 7, 8]))
        #expect(try encoder.encode(csv: alone, order: "at").inputs == .dense([5, 7, 6, 7, 6, 8]))
        let error = #expect(throws: DatasetError.self) { try encoder.encode(csv: mixed, order: "at") }
        #expect(
            error?.description
                == "\(mixed): the rows do not stand in the order of \"at\", and windows are of rows that follow each other; sort the table by at"
        )
    }

    @Test func aSeriesTooShortToGoOnIsTold() throws {
        let data = try Self.open(WindowSettings(length: 3, horizon: 3))
        let folder = try TemporaryFolder()
        let rows = try RowEncoder(data).encode(csv: folder.write("a\n5\n6\n7\n8\n", to: "new.csv"))
        let error = #expect(throws: DatasetError.self) { try SeriesEnd(rows, FittedEncoder(data)) }
        #expect(
            error?.description.contains("4 rows are given, and 5 are needed to foretell 3 rows ahead") == true,
            "\(error?.description ?? "")")
    }

    @Test(arguments: [
        (
            WindowSettings(length: 3),
            "8 rows give 5 windows of 3, one from every row on, with the value of the next row; the first 3 rows have no full window before them and are not predicted."
        ),
        (
            WindowSettings(length: 2, horizon: 2, step: 3),
            "8 rows give 2 windows of 2, each 3 rows behind the one before, with the value 2 rows later; the first 3 rows have no full window before them and are not predicted, nor the last 1."
        ),
    ])
    func theirNumberIsSaid(window: WindowSettings, sentence: String) throws {
        #expect(try Self.open(window).summary.notices.map(\.sentence) == [sentence])
    }

    @Test func aTableTooShortIsRefused() {
        let error = #expect(throws: DatasetError.self) { try Self.open(WindowSettings(length: 7, horizon: 2)) }
        #expect(
            error?.description
                == "8 rows in time have no full window, which takes 9; give more rows, or take a smaller length or horizon")
    }

    @Test func newRowsMakeWindowsUpToTheLastRow() throws {
        let data = try Self.open(WindowSettings(length: 3, step: 2), scale: .none)
        let folder = try TemporaryFolder()
        let rows = try RowEncoder(data).encode(csv: folder.write("a\n5\n6\n7\n8\n", to: "new.csv"))
        #expect(rows.rowCount == 2 && rows.inputs == .dense([5, 6, 7, 6, 7, 8]))
        let error = #expect(throws: DatasetError.self) { try RowEncoder(data).encode(["a": "1"]) }
        #expect(error?.description == "the inputs are windows of 3 rows, and one row was given; give 3 rows or more as a table: --csv FILE")
    }

    @Test func sunspotsShip() throws {
        let folder = try TemporaryFolder()
        let window = WindowSettings(length: 24)
        let request = EncodingRequest(
            source: .catalogue(try Places.catalogue.entry(named: "sunspots")),
            inputs: InputSettings(columns: [.init(column: "SUNACTIVITY", encoding: .numeric(scale: .minMax), window: window)]),
            target: ColumnSettings(column: "SUNACTIVITY", encoding: .numeric(scale: .minMax)), split: SplitSettings(test: Self.last(60)))
        let data = try DatasetStore(folder: folder.path, mirrors: [Places.data]).open(request)
        #expect(data.rowCount == 285 && data.train.count == 225 && data.test.count == 60)
        #expect({ if case .values(_, _, let unit) = data.target { unit } else { nil } }() == TargetUnit(shift: 0, divisor: 154.4))
    }
}
