import Datasets
import Settings
import Testing

/// Splits in the order of time.
struct TimeSplitTests {
    private static func last(_ count: Int) -> PartSettings { PartSettings(size: .last(count)) }

    @Test(arguments: [(0, 5, 7, 10), (1, 3, 6, 10), (2, 1, 5, 10)])
    func theLastRowsArePartsWithAGapBeforeEach(gap: Int, train: Int, validation: Int, test: Int) throws {
        let split = try Splitter.split(
            10, SplitSettings(test: Self.last(3), validation: .part(Self.last(2)), gap: gap), labels: nil)
        #expect(split.train == (0..<Int32(train)).map { $0 })
        #expect(split.validation == (Int32(validation) - 2..<Int32(validation)).map { $0 })
        #expect(split.test == (Int32(test) - 3..<Int32(test)).map { $0 })
    }

    @Test func aShareOfTheEndHasAGapToo() throws {
        let split = try Splitter.split(10, SplitSettings(test: PartSettings(size: .fraction(0.2)), gap: 3), labels: nil)
        #expect(split.test == [8, 9] && split.train == [0, 1, 2, 3, 4])
    }

    @Test(arguments: [
        (SplitSettings(test: last(3), gap: 7), "a gap of 7 rows before the test part leaves none of 7 to train on; take a smaller one"),
        (
            SplitSettings(validation: .folds(count: 4, kind: .time), gap: 2),
            "10 rows cannot be split into 4 blocks that validate and rows before them that train, with a gap of 2; take fewer folds or a smaller gap"
        ),
    ])
    func whatLeavesNoRowToTrainIsSaid(request: SplitSettings, message: String) {
        let error = #expect(throws: DatasetError.self) { try Splitter.split(10, request, labels: nil) }
        #expect(error?.description == message)
    }

    // MARK: - In a table

    private static func open(
        _ cells: [String], _ split: SplitSettings = SplitSettings(test: last(2), order: "at"), fold: Int? = nil, scale: Scale = .none
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let rows = cells.enumerated().map { "\($0.element),\($0.offset),\($0.offset % 3)" }
        let request = EncodingRequest(
            source: .csv(path: try folder.write("at,x,y\n" + rows.joined(separator: "\n") + "\n", to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: scale))]),
            target: ColumnSettings(column: "y", encoding: .numeric(scale: .none)), split: split, fold: fold)
        return try DatasetStore(folder: folder.path).open(request)
    }

    @Test(arguments: [
        (["3", "1", "10", "2"], [Int32(1), 3], [Int32(0), 2], [DatasetNotice.rowsNotInOrder(column: "at")]),
        (["2023-12-31", "2024-02-29", "2024-03-01", "2024-03-02"], [0, 1], [2, 3], []),
        (
            ["2024-03-01 10:00", "2024-03-01T09:59:59", "2024/02/28", "2024-03-01 10:30+01:00"], [2, 3], [1, 0],
            [.rowsNotInOrder(column: "at")]
        ),
        (["1", "2", "2", "3"], [0, 1], [2, 3], [.orderTied(column: "at", part: "test", count: 1, of: 2)]),
    ])
    func aColumnPutsRowsInOrder(cells: [String], train: [Int32], test: [Int32], notices: [DatasetNotice]) throws {
        let data = try Self.open(cells)
        #expect(data.trainRows == train && data.testRows == test)
        #expect(data.summary.featureNames == ["x"], "the order's column is no input unless it is named")
        #expect(data.summary.notices == notices)
    }

    @Test(arguments: [("2024-02-30", 2), ("", 2), ("yesterday", 2), ("2024-03-01 25:00", 2)])
    func aCellWithoutPlaceInTheOrderIsSaid(cell: String, row: Int) {
        let error = #expect(throws: DatasetError.self) { try Self.open(["2024-01-01", cell, "2024-03-02", "2024-03-02"]) }
        #expect(
            error?.description
                == "row \(row) has \(cell.isEmpty ? "an empty cell" : "\"\(cell)\"") in the column \"at\", by which rows are put in order; it takes numbers in all rows, or dates such as 2024-03-31 or 2024-03-31 18:05"
        )
    }

    /// Nothing of a later time is known to an encoder, nor counted among the rows of a fold.
    @Test func aGrowingFoldLearnsFromEarlierRowsAlone() throws {
        let split = SplitSettings(validation: .folds(count: 3, kind: .time), order: "at", gap: 1)
        let cells = (0..<8).map { "\($0)" }
        for fold in 0..<3 {
            let data = try Self.open(cells, split, fold: fold, scale: .standard)
            #expect(data.trainRows == (0..<Int32(2 * fold + 1)).map { $0 })
            #expect(data.validationRows == [Int32(2 * fold + 2), Int32(2 * fold + 3)])
            guard case .numeric(let shift, _)? = data.summary.fitted.first?.fit else {
                Issue.record("x is not scaled")
                continue
            }
            #expect(shift == Double(fold))
        }
        let whole = try Self.open(cells, split, scale: .standard)
        #expect((whole.summary.trainCount, whole.summary.validationCount, whole.summary.foldCount) == (5, 2, 3))
    }
}
