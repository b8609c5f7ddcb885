import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Tables as they are met in the wild.
struct TableTests {
    private static func open(_ bytes: [UInt8], format: CSVFormat = CSVFormat()) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: "my.csv")
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: format),
                inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
                target: ColumnSettings(column: format.header == false ? "column2" : "y", encoding: .numeric(scale: .none))))
    }

    private static func findings(_ bytes: [UInt8], format: CSVFormat = CSVFormat()) throws -> String {
        do {
            _ = try open(bytes, format: format)
            return "no finding"
        } catch let diagnostics as Diagnostics {
            let text = diagnostics.rendered()
            // The folder's name differs from run to run.
            return text.replacing(/\S*\/my\.csv/, with: "my.csv").trimmingCharacters(in: .newlines)
        }
    }

    // MARK: - Tables that are read

    @Test(
        arguments: [
            "x,y\n1,2\n3,4\n", "x,y\n1,2\n3,4", "x,y\r\n1,2\r\n3,4\r\n", "x,y\r1,2\r3,4\r", "\u{feff}x,y\n1,2\n3,4\n", "x;y\n1;2\n3;4\n",
            "x\ty\n1\t2\n3\t4\n", "x|y\n1|2\n3|4\n", "\"x\",\"y\"\n\"1\",2\n3,\"4\"\n", "\n\nx,y\n\n1,2\n\n\n3,4\n\n",
            " x , y \n 1 , 2 \n3,4\n", "\"x\", \"y\"\n\"1\" , \"2\"\n3,\t\"4\"\n",
            "x,y\n+1.0e0,2\n30e-1,4.000000000000000000\n",
        ])
    func readsEveryDialect(text: String) throws {
        let dataset = try Self.open(Array(text.utf8))
        #expect(dataset.matrix == [1, 3])
        #expect(dataset.values == [2, 4])
        #expect(dataset.summary.featureNames == ["x"])
    }

    @Test func readsTablesWithoutAHeader() throws {
        #expect(try Self.open(Array("1,2\n3,4\n".utf8), format: CSVFormat(header: false)).matrix == [1, 3])
    }

    @Test func readsLinesOfPlainTextWithALabel() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("ham\tHe said \"no\nspam\tWin, \"win\" now\n", to: "messages.txt")
        let format = CSVFormat(delimiter: UInt8(ascii: "\t"), header: false, columns: ["label", "text"], quotes: false)
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: format),
                inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
                target: ColumnSettings(column: "label", encoding: .label)))
        #expect(dataset.vocabulary == ["win", "he", "said", "no", "now"])
        #expect(dataset.classNames == ["ham", "spam"])
        let wrong = CSVFormat(delimiter: UInt8(ascii: "\t"), header: false, columns: ["text", "b", "c"], quotes: false)
        let error = #expect(throws: Diagnostics.self) {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: path, format: wrong), inputs: InputSettings(columns: [.init(column: "*", encoding: .label)]),
                    target: ColumnSettings(column: "text", encoding: .label)))
        }
        #expect(error?.all.first?.message == "found a row of 2 fields, but columns has 3 names")
    }

    @Test func keepsLineBreaksQuotesAndDelimitersInsideQuotes() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("name,y\n\"a \"\"b\"\"\nc, d\",1\nplain,2\n", to: "quotes.csv")
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat()), inputs: InputSettings(columns: [.init(column: "name", encoding: .oneHot())]),
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .none))))
        #expect(dataset.summary.featureNames == ["name=a \"b\"\nc, d", "name=plain"])
        #expect(dataset.matrix == [1, 0, 0, 1])
    }

    @Test(arguments: [
        ("0.1", 0.1), ("-0.0078125", -0.0078125), ("123456789012345", 123_456_789_012_345), ("1e-7", 1e-7), ("2.5E3", 2500), (".5", 0.5),
        ("5.", 5),
        ("0.30000000000000004", 0.30000000000000004), ("1.7976931348623157e38", 1.7976931348623157e38),
    ])
    func readsNumbersToTheLastBit(text: String, expected: Double) throws {
        let dataset = try Self.open(Array("x,y\n\(text),0\n".utf8))
        #expect(dataset.matrix == [Float(expected)])
    }

    // MARK: - Tables that are refused

    @Test(arguments: [
        (
            "x,y\n1,2\n3\n",
            "my.csv:3: error: found 1 field where a row of 2 fields was expected"
        ),
        (
            "x,y\n1,2\n3,4,5\n6,7\n8\n",
            """
            my.csv:3: error: found 3 fields where a row of 2 fields was expected
            my.csv:5: error: found 1 field where a row of 2 fields was expected
            """
        ),
        (
            "x,y\n1,2\n=======\nx,y\n1,2\n",
            """
            my.csv:3: error: found "=======" where a row of 2 fields was expected; it looks like a merge conflict marker
            my.csv:4: error: found the header again; it looks like two files were joined
            """
        ),
        (
            "x,y\n1,2\n3",
            "my.csv:3: error: found 1 field where a row of 2 fields was expected; the file ends in the middle of a row, it may have been cut off"
        ),
        (
            "x,y\n1,2\nten,4\n",
            """
            my.csv:3:1: error: found "ten" in the column "x", where a number was expected
                3 | ten,4
                  | ^~~ encode the column as label or one-hot, or drop it
            """
        ),
        (
            "x,y\n1,2\n3,\n",
            """
            my.csv:3:3: error: found an empty cell in the column "y", where a number was expected
                3 | 3,
                  |   ^ fill it in, or leave its row out: missing: drop
            """
        ),
        (
            "x;y\n7,4;2\n",
            """
            my.csv:2:1: error: found "7,4" in the column "x", where a number was expected
                2 | 7,4;2
                  | ^~~ write a point instead of the comma, or say so: {csv: {path: …, decimal: ","}}
            """
        ),
        (
            "x,y\nnan,2\n-inf,2\n1e999,3\n-4e38,3\n",
            """
            my.csv:2:1: error: found "nan" in the column "x", where a number was expected
                2 | nan,2
                  | ^~~ if it stands for an empty cell, say so: {csv: {path: …, empty: [nan]}}, and missing: mean
            my.csv:3:1: error: found "-inf" in the column "x", where a number was expected
                3 | -inf,2
                  | ^~~~ write a number between -3.4e38 and 3.4e38
            my.csv:4:1: error: found "1e999" in the column "x", where a number was expected
                4 | 1e999,3
                  | ^~~~~ write a number between -3.4e38 and 3.4e38
            my.csv:5:1: error: found "-4e38" in the column "x", where a number was expected
                5 | -4e38,3
                  | ^~~~~ write a number between -3.4e38 and 3.4e38
            """
        ),
        (
            "x,y\n1,\"2\n3,4\n",
            """
            my.csv:2:3: error: the quote that opens here is never closed
                2 | 1,"2
                  |   ^ close it, or write "" for a quote inside; or the file was cut off
            """
        ),
        (
            "x,y\n1,\"2\"3\n",
            """
            my.csv:2:6: error: found text behind a closing quote
                2 | 1,"2"3
                  |      ^ write "" for a quote inside a quoted field
            """
        ),
        (
            "x,y,x\n1,2,3\n",
            """
            my.csv:1:5: error: the column "x" stands in the header twice
                1 | x,y,x
                  |     ^ name one of them anew, or all of them: {csv: {path: …, columns: […]}}
            """
        ),
        ("x,y\n", "my.csv: error: found a header and no rows"),
        ("", "my.csv: error: the file is empty; a table was expected"),
        ("\n\n", "my.csv: error: the file is empty; a table was expected"),
        ("x,y\n1,\0\n", "my.csv:2: error: found a zero byte where text was expected; the file is not a table, or it is damaged"),
        ("x,y\n\"a\nb\",2\n3\n", "my.csv:4: error: found 1 field where a row of 2 fields was expected"),
        ("x,y\r\"a\rb\",2\r3\r", "my.csv:4: error: found 1 field where a row of 2 fields was expected"),
    ])
    func saysWhereATableIsWrong(text: String, expected: String) throws {
        let found = try Self.findings(Array(text.utf8))
        #expect(found == expected)
    }

    @Test(arguments: [
        (
            "# made by hand\nx,y\n1,2\n3,4\n",
            "my.csv:1: error: found a first line of 1 field, and rows of 2 fields below it; take away what stands above the table, such as a title or a comment"
        ),
        (
            "x,y\na,1,2\nb,3,4\n",
            "my.csv:1: error: found a first line of 2 fields, and rows of 3 fields below it; if rows begin with a name that has no column, give the first column a name in the header"
        ),
        ("x,y,z\n1,2\n3,4\n", "my.csv:1: error: found a first line of 3 fields, and rows of 2 fields below it; make header and rows agree"),
        (
            "x,*,y\n1,2,3\n",
            "my.csv:1: error: found a column \"*\", the name that stands for all columns in an experiment; name the columns anew: {csv: {path: …, columns: […]}}"
        ),
    ])
    func aHeaderThatDoesNotFitIsToldOnce(text: String, expected: String) throws {
        #expect(try Self.findings(Array(text.utf8), format: CSVFormat(delimiter: UInt8(ascii: ","))) == expected)
    }

    @Test(arguments: [
        ("1,5;2,5\n3,5;4,5\n", UInt8(ascii: ";")), ("a\tb, c\nd\te, f\n", UInt8(ascii: "\t")), ("a,b;c\nd,e\n", UInt8(ascii: ",")),
        ("1,2\n3,4\n", UInt8(ascii: ",")),
    ])
    func aCommaComesLastAmongDelimiters(text: String, expected: UInt8) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "my.csv")
        let found = try DatasetStore(folder: folder.path).profile(of: .csv(path: path, format: CSVFormat(header: false)))
        let given = try DatasetStore(folder: folder.path).profile(
            of: .csv(path: path, format: CSVFormat(delimiter: expected, header: false)))
        #expect(found == given)
    }

    @Test func refusesLatin1() throws {
        for row in ["caf\u{e9},2\n", "1,2 \u{e9}"] {
            let bytes = Array("x,y\n1,2\n".utf8) + row.unicodeScalars.map { UInt8($0.value) }
            #expect(
                try Self.findings(bytes)
                    == "my.csv:3: error: found the byte 0xe9, which is not UTF-8; the file looks like Latin-1 or Windows-1252; write it as UTF-8, such as with iconv -f WINDOWS-1252 -t UTF-8"
            )
        }
    }

    @Test func refusesUTF16WithoutAMark() throws {
        for isBigEndian in [false, true] {
            let bytes = Array("x,y\n1,2\n".utf16).flatMap { code in
                isBigEndian ? [UInt8(code >> 8), UInt8(code & 255)] : [UInt8(code & 255), UInt8(code >> 8)]
            }
            #expect(try Self.findings(bytes) == "my.csv: error: the file is UTF-16; write it as UTF-8")
        }
    }

    @Test(arguments: [
        (
            "\n<!DOCTYPE html>\n<p>a, b</p>\n",
            "my.csv:1: error: found a web page where a table was expected; download the file itself, its raw form, not the page that shows it"
        ),
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n",
            "my.csv:1: error: found a Git LFS pointer where a table was expected; fetch the file itself: git lfs pull"
        ),
    ])
    func refusesWhatADownloadLeftInPlace(text: String, expected: String) throws {
        #expect(try Self.findings(Array(text.utf8)) == expected)
    }

    @Test func refusesUTF16() throws {
        let bytes = Array("x,y\n1,2\n".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(try Self.findings([0xff, 0xfe] + bytes) == "my.csv: error: the file is UTF-16; write it as UTF-8")
    }

    @Test func namesTheLineWithinAFileOfLoneCarriageReturns() throws {
        let found = try Self.findings(Array("x,y\r1,2\r3,4\r5,oops\r".utf8))
        #expect(found.hasPrefix("my.csv:4:3: error: found \"oops\" in the column \"y\", where a number was expected"), "\(found)")
    }

    @Test func stopsAfterTwentyFindings() throws {
        let text = "x,y\n" + String(repeating: "1,2\n3\n", count: 100)
        #expect(try Self.findings(Array(text.utf8)).split(separator: "\n").count { $0.contains("error:") } == 20)
    }
}
