import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Encoding new rows as the data set's own were.
struct RowEncoderTests {
    private static let people = """
        land,age,tags,member,y
        Spain,40,a;b,yes,1
        France,,b,no,0
        Germany,31.25,,yes,1
        Spain,22,c; a,,0
        Italy,60,b,no,1

        """
    private static let inputs = InputSettings(columns: [
        .init(column: "land", encoding: .oneHot(dropFirst: true, unknown: .ignore)),
        .init(column: "age", encoding: .numeric(scale: .standard), missing: .mean), .init(column: "tags", encoding: .parts(separator: ";")),
        .init(column: "member", encoding: .label, missing: .mostFrequent),
    ])
    private static let lastValidates = SplitSettings(validation: .part(PartSettings(size: .fraction(0.2))))

    private static func dataset(_ folder: TemporaryFolder) throws -> (dataset: EncodedDataset, path: String) {
        let path = try folder.write(people, to: "people.csv")
        let request = EncodingRequest(
            source: .csv(path: path, format: CSVFormat()), inputs: inputs, target: ColumnSettings(column: "y", encoding: .label),
            split: lastValidates)
        return (try DatasetStore(folder: folder.path).open(request), path)
    }

    @Test func theTablesOwnRowsBecomeTheSameBits() throws {
        let folder = try TemporaryFolder()
        let (dataset, path) = try Self.dataset(folder)
        let encoder = RowEncoder(dataset)
        #expect(encoder.columns == ["land", "age", "tags", "member"])
        let rows = try encoder.encode(csv: path)
        #expect((rows.rowCount, rows.featureCount) == (5, 7))
        #expect(rows.inputs == .dense(dataset.matrix))
        // Italy is no train row's: it has zeros.
        #expect(dataset.summary.featureNames == ["land=Germany", "land=Spain", "age", "tags=a", "tags=b", "tags=c", "member"])
        #expect(Array(dataset.row(4).prefix(2)) == [0, 0])
        #expect(Array(dataset.row(1)[3...]) == [0, 1, 0, 0])
        #expect(dataset.row(3)[6] == 1, "yes stands most often")
    }

    @Test func aTypedRowBecomesTheSameBits() throws {
        let folder = try TemporaryFolder()
        let (dataset, _) = try Self.dataset(folder)
        let encoder = RowEncoder(dataset)
        #expect(
            try encoder.encode(["land": "Spain", "age": " 22", "tags": "c;a", "member": "yes"]).inputs == .dense(dataset.row(3)))
        #expect(try encoder.encode(["land": "France", "age": "", "tags": "b", "member": "no"]).inputs == .dense(dataset.row(1)))
    }

    @Test(arguments: [
        (["land": "Spain", "age": "1"], "the row lacks the columns \"tags\", \"member\""),
        (
            ["land": "Spain", "age": "1", "tags": "", "member": "yes", "Age": "2"],
            "the row has no column \"Age\"; did you mean \"age\"? its columns are land, age, tags, member"
        ),
        (
            ["land": "Spain", "age": "old", "tags": "", "member": "yes"],
            "the row: error: found \"old\" in the column \"age\", where a number was expected; encode the column as label or one-hot, or drop it"
        ),
        (
            ["land": "Spain", "age": "1", "tags": "a;z", "member": "perhaps"],
            """
            the row: error: found "z" in the column "tags", a category that no train row has; known: a, b, c
            the row: error: found "perhaps" in the column "member", a category that no train row has; known: no, yes
            """
        ),
    ])
    func saysWhatIsWrongWithARow(row: [String: String], expected: String) throws {
        let folder = try TemporaryFolder()
        let encoder = RowEncoder(try Self.dataset(folder).dataset)
        do {
            _ = try encoder.encode(row)
            Issue.record("no error")
        } catch let error as DatasetError {
            #expect(error.description == expected)
        } catch let findings as Diagnostics {
            #expect(findings.rendered().trimmingCharacters(in: .newlines) == expected)
        }
    }

    @Test(arguments: [
        WordSettings(), WordSettings(tokens: .words), WordSettings(tokens: .characters), WordSettings(minimumCount: 2, skipTop: 1),
        WordSettings(coding: .keras), WordSettings(minimumCount: 2, skipTop: 1, coding: .keras),
    ])
    func textsBecomeTheSameOnes(options: WordSettings) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("text,y\n\"B a, b! \u{e9}t\u{e9}\",0\nA b c,1\nit's a,0\nonly here here,1\n", to: "texts.csv")
        for vocabulary in [nil, 6] {
            let dataset = try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: path, format: CSVFormat()),
                    inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: vocabulary, words: options))]),
                    target: ColumnSettings(column: "y", encoding: .label), split: Self.lastValidates))
            guard case .sparse(let offsets, let columns, nil) = dataset.inputs else {
                Issue.record("a text must give sparse rows")
                return
            }
            let rows = try RowEncoder(dataset).encode(csv: path)
            #expect(rows.inputs == .sparse(SparseRows(offsets: Array(offsets), columns: Array(columns))))
        }
    }

    @Test(.enabled(if: Places.isMirrored("reuters21578.tar.gz"), "ABLATE_MIRROR names no folder with reuters21578.tar.gz"))
    func storiesAreEncodedByTheirWords() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(ReutersTests.request())
        let rows = try RowEncoder(dataset).encode(["text": "The OF zyzzyva, the"])
        #expect(rows.inputs == .sparse(SparseRows(offsets: [0, 4], columns: [1, 2, 4, 5])))
    }
}
