import Datasets
import Documents
import Foundation
import Settings
import Testing

/// All that is wrong in a table comes at once, and not without end.
struct FindingTests {
    private static func findings(
        _ text: String, _ columns: [ColumnSettings],
        target: ColumnSettings = ColumnSettings(column: "y", encoding: .numeric(scale: .none)),
        split: SplitSettings = SplitSettings()
    ) throws -> [String] {
        let folder = try TemporaryFolder()
        do {
            _ = try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: try folder.write(text, to: "my.csv"), format: CSVFormat()), inputs: InputSettings(columns: columns),
                    target: target, split: split))
            return []
        } catch let findings as Diagnostics {
            return findings.all.map { "\($0.line ?? 0):\($0.columns?.lowerBound ?? 0) \($0.message)" }
        }
    }

    @Test func everyColumnTellsItsFindingsTheTargetToo() throws {
        let found = try Self.findings(
            "a,b,c,y\n1,2,u,3\nx,2,,4\n1,-,v,z\n",
            [
                .init(column: "a", encoding: .numeric(scale: .none)), .init(column: "b", encoding: .numeric(scale: .none)),
                .init(column: "c", encoding: .oneHot()),
            ])
        #expect(
            found == [
                "3:1 found \"x\" in the column \"a\", where a number was expected",
                "3:5 found an empty cell in the column \"c\", where a category was expected",
                "4:3 found \"-\" in the column \"b\", where a number was expected",
                "4:7 found \"z\" in the column \"y\", where a number was expected",
            ])
    }

    @Test func unknownCategoriesOfAllColumnsComeTogether() throws {
        let found = try Self.findings(
            "a,b,y\nu,p,k\nv,p,l\nw,q,m\n", [.init(column: "a", encoding: .oneHot()), .init(column: "b", encoding: .label)],
            target: ColumnSettings(column: "y", encoding: .label), split: SplitSettings(test: PartSettings(size: .fraction(0.3))))
        #expect(
            found == [
                "4:1 found \"w\" in the column \"a\", a category that no train row has",
                "4:3 found \"q\" in the column \"b\", a category that no train row has",
                "4:5 found \"m\" in the column \"y\", a category that no train row has",
            ])
    }

    @Test func aColumnOfTextsDoesNotHideTheOthers() throws {
        let rows = (0..<300).map { "t\($0),\($0 == 250 ? "oops" : "1"),2\n" }.joined()
        let numeric = Encoding.numeric(scale: .none)
        let found = try Self.findings("a,b,y\n" + rows, [.init(column: "a", encoding: numeric), .init(column: "b", encoding: numeric)])
        #expect(found.count == 6)
        #expect(found[4] == "6:1 found \"t4\" in the column \"a\", where a number was expected; so it is in 295 more cells of the column")
        #expect(found[5] == "252:6 found \"oops\" in the column \"b\", where a number was expected")
    }

    @Test func manyFaultyColumnsAreBoundedWithOneOfEach() throws {
        let names = (0..<18).map { "c\($0)" }
        let text =
            (names + ["y"]).joined(separator: ",") + "\n"
            + (0..<9).map { _ in names.map { _ in "x" }.joined(separator: ",") + ",1\n" }.joined()
        let found = try Self.findings(text, names.map { .init(column: $0, encoding: .numeric(scale: .none)) })
        #expect(found.count == 20)
        #expect(names.allSatisfy { name in found.contains { $0.contains("\"\(name)\"") } })
    }

    @Test func rowsThatWereLeftOutDoNotMoveTheOthers() throws {
        let found = try Self.findings(
            "a,b,y\n,1,1\n,2,1\n3,x,1\n4,4,1\n",
            [.init(column: "a", encoding: .numeric(scale: .none), missing: .drop), .init(column: "b", encoding: .numeric(scale: .none))])
        #expect(found == ["4:3 found \"x\" in the column \"b\", where a number was expected"])
    }

    @Test func severalUnknownColumnsComeTogether() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("price,kind,y\n1,2,3\n", to: "my.csv")
        let error = #expect(throws: DatasetErrors.self) {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: path, format: CSVFormat()),
                    inputs: InputSettings(columns: [.init(column: "prise", encoding: .label), .init(column: "q", encoding: .label)]),
                    target: ColumnSettings(column: "kind", encoding: .label)))
        }
        #expect(
            error?.description.replacing(path, with: "my.csv")
                == """
                my.csv has no column "prise"; did you mean "price"? its columns are price, kind, y
                my.csv has no column "q"; its columns are price, kind, y
                """)
    }

    @Test func manyColumnsAreNotAllListed() {
        let names = (1...785).map { "column\($0)" }
        let error = DatasetError.unknownColumn(name: "label", dataset: "digits", known: names)
        #expect(error.description.hasSuffix("column19, column20 and 765 more"))
        let other = DatasetError.unknownColumn(name: "x", dataset: "my.csv", known: ["x,y,k"])
        #expect(other.description == "my.csv has no column \"x\"; its only column is x,y,k, so the delimiter is likely another one")
    }

    @Test func aSingleClassIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x,y\n1,a\n2,a\n", to: "my.csv")
        #expect(throws: DatasetError.oneClass(column: "y", name: "a")) {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: path, format: CSVFormat()), inputs: InputSettings(columns: [.init(column: "x", encoding: .label)]),
                    target: ColumnSettings(column: "y", encoding: .label)))
        }
    }
}
