import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Rows that train, validate and test in tables of their own.
struct JoinedTablesTests {
    private static func open(
        _ train: String, validation: String? = nil, test: String? = nil, missing: MissingSettings = .error,
        split: SplitSettings = SplitSettings(),
        encoding: Encoding = .numeric(scale: .minMax)
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let others = OtherTables(
            validation: try validation.map { try folder.write($0, to: "val.csv") },
            test: try test.map { try folder.write($0, to: "test.csv") })
        do {
            return try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: try folder.write(train, to: "train.csv"), format: CSVFormat(), others: others),
                    inputs: InputSettings(columns: [.init(column: "x", encoding: encoding, missing: missing)]),
                    target: ColumnSettings(column: "y", encoding: .label), split: split))
        } catch let findings as Diagnostics {
            var findings = findings
            for place in findings.all.indices {
                findings.all[place].file = String(findings.all[place].file.split(separator: "/").last ?? "")
                findings.all[place].message.replace(folder.path + "/", with: "")
            }
            throw findings
        }
    }

    @Test func eachTableIsAPartWithTheFirstOnesColumns() throws {
        let dataset = try Self.open("x,y\n0,a\n4,b\n2,a\n", validation: "y,x\nb,8\n", test: "y;x\nb;-4\na;2")
        #expect((dataset.trainRows, dataset.validationRows, dataset.testRows) == ([0, 1, 2], [3], [4, 5]))
        #expect(dataset.matrix == [0, 1, 0.5, 2, -1, 0.5], "the scale is that of the rows that train")
        #expect(dataset.labels == [0, 1, 0, 1, 1, 0])
        #expect((0..<6).map { dataset.fileRow(of: $0) } == [0, 1, 2, 0, 0, 1], "rows are numbered in their own file")
    }

    @Test func validationIsTakenFromTheRowsThatTrain() throws {
        let split = SplitSettings(validation: .part(PartSettings(size: .first(1))))
        let dataset = try Self.open("x,y\n0,a\n4,b\n2,a\n", test: "x,y\n2,a\n", split: split)
        #expect((dataset.trainRows, dataset.validationRows, dataset.testRows) == ([1, 2], [0], [3]))
    }

    @Test func testRowsAreTakenFromTheRowsThatTrain() throws {
        let split = SplitSettings(test: PartSettings(size: .first(1)))
        let dataset = try Self.open("x,y\n0,a\n4,b\n2,a\n", validation: "x,y\n2,a\n", split: split)
        #expect((dataset.trainRows, dataset.validationRows, dataset.testRows) == ([1, 2], [3], [0]))
    }

    @Test func rowsLeftOutAreLeftOutOfTheirPart() throws {
        let dataset = try Self.open("x,y\n0,a\n,b\n2,b\n", test: "x,y\n,a\n2,a\n1,b\n", missing: .drop)
        #expect((dataset.trainRows, dataset.testRows) == ([0, 1], [2, 3]))
        #expect((0..<4).map { dataset.fileRow(of: $0) } == [0, 2, 1, 2])
    }

    @Test func aTableWithoutHeaderHasNoneInItsTestRowsEither() throws {
        let folder = try TemporaryFolder()
        let train = try folder.write("1,a\n2,b\n", to: "train.csv")
        let test = try folder.write("a,b\n", to: "test.csv")
        let error = #expect(throws: Diagnostics.self) {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: train, format: CSVFormat(), others: OtherTables(test: test)),
                    inputs: InputSettings(columns: [.init(column: "column1", encoding: .numeric(scale: .none))]),
                    target: ColumnSettings(column: "column2", encoding: .label)))
        }
        #expect(error?.all.first?.message == "found nothing that tells whether the first line names the columns or is a row")
    }

    @Test(arguments: [
        (
            "y,z,x 2\n1,2,3\n",
            """
            test.csv:1: error: its columns are not those of train.csv: it lacks "x", and it has "z", "x 2" besides; all tables of a data set need the same columns, in any order
            """
        ),
        (
            "y,x\nb,1\na,oops\n",
            """
            test.csv:3:3: error: found "oops" in the column "x", where a number was expected
                3 | a,oops
                  |   ^~~~ encode the column as label or one-hot, or drop it
            """
        ),
        (
            "y,x\nb,1\na,",
            """
            test.csv:3:3: error: found an empty cell in the column "x", where a number was expected
                3 | a,
                  |   ^ fill it in, drop the column, or say what stands for it: missing: drop, mean, most_frequent or a number
            """
        ),
        (
            "y,x\nc,1\n",
            """
            test.csv:2:1: error: found "c" in the column "y", a category that no train row has
                2 | c,1
                  | ^ known: a, b; or keep its share of every class in each part with stratify, or write fit: all
            """
        ),
        ("x,y\n1\n", "test.csv:2: error: found 1 field where a row of 2 fields was expected"),
    ])
    func namesTheFileThatIsWrong(test: String, expected: String) {
        let error = #expect(throws: Diagnostics.self) { try Self.open("x,y\n0,a\n4,b\n2,a\n", test: test) }
        #expect(error?.rendered().trimmingCharacters(in: .newlines) == expected)
    }

    @Test func aPartIsGivenOnce() {
        let part = PartSettings(size: .first(1))
        #expect(throws: DatasetError.partGivenTwice(part: "test")) {
            try Self.open("x,y\n0,a\n4,b\n2,a\n", test: "x,y\n2,a\n", split: SplitSettings(test: part))
        }
        #expect(throws: DatasetError.partGivenTwice(part: "validation")) {
            try Self.open("x,y\n0,a\n4,b\n2,a\n", validation: "x,y\n2,a\n", split: SplitSettings(validation: .part(part)))
        }
    }
}
