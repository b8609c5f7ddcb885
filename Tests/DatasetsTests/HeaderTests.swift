import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Whether the first line of a table names its columns: no row is lost, and no header becomes a row.
struct HeaderTests {
    /// The names of the columns and the number of rows, or the finding.
    private static func read(_ text: String, format: CSVFormat = CSVFormat(), names: [String] = []) throws -> String {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "my.csv")
        do {
            let profile = try DatasetStore(folder: folder.path).profile(of: .csv(path: path, format: format), names: names)
            return "\(profile.columns.map(\.name).joined(separator: " ")): \(profile.rowCount)"
        } catch let findings as Diagnostics {
            return findings.rendered().replacing(/\S*\/my\.csv/, with: "my.csv").trimmingCharacters(in: .newlines)
        }
    }

    private static let doubt =
        "my.csv:1: error: found nothing that tells whether the first line names the columns or is a row; "
        + "say so: {csv: {path: …, header: true}} where it names them, else header: false"
    private static let pets = "species,2019,2020\ndog,0,0\ncat,1,2\ndog,2,4\ncat,3,6\n"
    private static let mails = "ham\tsee you\nspam\twin now\nham\tcall me\nspam\tfree money\n"
    private static let mushrooms = "p,x,s,n\ne,x,s,y\ne,b,s,w\np,x,y,w\np,x,s,n\ne,x,s,y\n"

    @Test(arguments: [
        // A text above numbers, above few texts that come again; a number below numbers.
        ("x,y\n1,2\n3,4\n", "x y: 2"), ("text,label\na b,pos\nc d,neg\ne f,pos\ng h,neg\n", "text label: 4"),
        (pets, "species 2019 2020: 4"),
        ("x,y\nNA,1\n2,3\n", "x y: 2"), (",0,1,2\n0,1.5,2,3\n1,4,5,6\n", doubt), ("1,a\n2,b\n1,a\n3,a\n", "column1 column2: 4"),
        // Something that comes again below.
        (mails, "column1 column2: 4"), (mushrooms, "column1 column2 column3 column4: 6"),
        ("5.1,setosa\n4.9,setosa\n6.3,virginica\n", "column1 column2: 3"),
        // Numbers above numbers: those of a row lie among the others, years and the columns' numbers do not tell.
        ("5,1,7\n4,1,8\n6,2,6\n", "column1 column2 column3: 3"), ("2019,2020\n1,2\n3,4\n", doubt), ("0,1,2\n3,0,1\n0,5,9\n2,2,2\n", doubt),
        // Nothing to go by.
        ("ana,Rome\nbob,Oslo\n", doubt), ("a,b\nb,c\n", doubt), ("NA,x\nNA,y\n", doubt),
        // One thing against the other: a text above numbers, and a number among those below.
        ("oops,5\n1,4\n2,6\n", doubt),
    ])
    func theFirstLineIsComparedWithTheRowsBelow(text: String, expected: String) throws {
        #expect(try Self.read(text) == expected)
    }

    @Test(arguments: [
        (pets, nil, ["2019", "2020", "species"], "species 2019 2020: 4"),
        (pets, ["species", "a", "b"], ["a", "species"], "species a b: 4"),
        (mails, ["label", "message"], ["message", "label"], "label message: 4"),
        (mushrooms, ["class", "cap", "surface", "colour"], ["class"], "class cap surface colour: 6"),
        ("ana,Rome\nbob,Oslo\n", nil, ["Rome"], "ana Rome: 1"), ("ana,Rome\nbob,Oslo\n", nil, ["column2"], "column1 column2: 2"),
        ("name,city\nana,Rome\nbob,Oslo\n", ["city", "name"], ["city"], "city name: 2"),
        // A text that comes but once above texts that come again may be a row, too, and would be lost behind other names.
        ("eggs,a\nham,b\nspam,c\nham,d\nspam,e\n", ["label", "message"], ["label"], doubt),
        ("x,y\n1,2\n3,4\n", ["a", "b"], ["b"], "a b: 2"), ("1,2\n3,4\n0,5\n", nil, ["column2"], "column1 column2: 3"),
    ])
    func namesThatAreKnownTell(text: String, columns: [String]?, names: [String], expected: String) throws {
        #expect(try Self.read(text, format: CSVFormat(columns: columns), names: names) == expected)
    }

    @Test(arguments: [(true, "ana Rome: 1"), (false, "column1 column2: 2")])
    func whatTheFormatSaysHolds(header: Bool, expected: String) throws {
        #expect(try Self.read("ana,Rome\nbob,Oslo\n", format: CSVFormat(header: header)) == expected)
    }

    @Test(arguments: [
        ("a,a\n1,2\n", nil, "my.csv:1:3: error: the column \"a\" stands in the header twice"),
        ("2,2\n3,4\n1,2\n1,1\n", ["a", "a"], "my.csv:1: error: columns names \"a\" twice; give each column a name of its own"),
        (
            "column2,,y\n1,2,3\n", nil,
            "my.csv:1: error: column 2 has no name, and another one is called \"column2\"; give it a name in the header, "
                + "or name all of them: {csv: {path: …, columns: […]}}"
        ),
    ])
    func twoColumnsNeverHaveTheSameName(text: String, columns: [String]?, expected: String) throws {
        #expect(try Self.read(text, format: CSVFormat(columns: columns)).hasPrefix(expected))
    }

    @Test(arguments: [
        (
            " 0.1  2.0  1\n 0.2 14.0  0\n 0.3  5.0  1\n",
            "my.csv:1: error: found a single column, and 3 fields in each row with spaces between them; "
                + "write a comma in place of the spaces between them, such as with sed 's/^ *//; s/  */,/g'"
        ),
        (
            "0.1 2.0\n0.2 14.0\n0.3 5.0\n",
            "my.csv:1: error: found a single column, and 2 fields in each row with spaces between them; say so: {csv: {path: …, delimiter: \" \"}}"
        ),
        (
            "sep=;\na;b\n1;2\n",
            "my.csv:1: error: found \"sep=;\", by which spreadsheets say what stands between fields; take the line away; "
                + "{csv: {path: …, delimiter: \";\"}} says the same"
        ),
        (
            "a,y\n1,2,\n3,4,\n",
            "my.csv:1: error: found a first line of 2 fields, and rows of 3 fields below it; every row ends with a \",\" that the first line "
                + "lacks: take it away, or write one behind the first line, too"
        ),
        (
            "a,y\n1,2\n3,4\n\u{1a}",
            "my.csv:4: error: found a Ctrl-Z (0x1A) behind the last row, by which DOS ended texts; take it away, such as with tr -d '\\032'"
        ),
    ])
    func whatIsNoTableIsToldByItsCause(text: String, expected: String) throws {
        #expect(try Self.read(text) == expected)
    }

    @Test(arguments: [
        (
            "2,b\n1,a\n1,b\n",
            "test.csv:1: error: its first line is no header, as train.csv has one; all tables of a data set have a header, or none has"
        ),
        (
            "y,x\nb,1\na,2\n",
            "test.csv:1: error: its header is not that of train.csv, whose columns are named anew; make the headers alike, in the same order, or leave out columns"
        ),
    ])
    func allTablesHaveAHeaderOrNone(test: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let train = try folder.write("x,y\n1,a\n2,b\n1,b\n", to: "train.csv")
        let other = try folder.write(test, to: "test.csv")
        let error = #expect(throws: Diagnostics.self) {
            try DatasetStore(folder: folder.path).profile(
                of: .csv(path: train, format: CSVFormat(columns: ["number", "letter"]), others: OtherTables(test: other)), names: ["letter"]
            )
        }
        #expect(error?.rendered().replacing(/\S*\/(?=t)/, with: "").trimmingCharacters(in: .newlines) == expected)
    }
}
