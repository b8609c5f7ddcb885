import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Lines of plain text with a label each.
struct LineTests {
    private static func open(_ text: String, _ format: LineFormat = LineFormat()) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .lines(path: try folder.write(text, to: "mail.txt"), format: format),
                inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
                target: ColumnSettings(column: "class", encoding: .label)))
    }

    @Test(arguments: [
        ("ham\tHe said \"no\nspam\tWin, win; \"now\n", LineFormat()), ("ham He said \"no\nspam Win, win; \"now\n", LineFormat()),
        ("\u{feff}ham  He said \"no\r\n\r\n\tspam\tWin, win; \"now", LineFormat()),
        ("__label__ham He said \"no\n__label__spam Win, win; \"now\n", LineFormat()),
        ("He said \"no\tham\nWin, win; \"now\tspam\n", LineFormat(label: .last)),
        ("He said \"no ham\nWin, win; \"now spam\n", LineFormat(label: .last)),
        ("ham :: He said \"no\nspam::Win, win; \"now\n", LineFormat(separator: "::")),
        ("He said \"no||ham\nWin, win; \"now||spam\n", LineFormat(label: .last, separator: "||")),
    ])
    func readsLabelAndText(text: String, format: LineFormat) throws {
        let dataset = try Self.open(text, format)
        #expect(dataset.classNames == ["ham", "spam"])
        #expect(dataset.labels == [0, 1])
        #expect(dataset.vocabulary == ["win", "he", "said", "no", "now"])
    }

    @Test(arguments: [
        (
            "ham\tone\nspam\nham\ttwo\n",
            "mail.txt:2: error: found no tab between a label and a text; write the label at the line's start, or say what stands between: separator"
        ),
        (
            "ham\tone\n<<<<<<< ours\nspam\ttwo\n",
            "mail.txt:2: error: found \"<<<<<<<\" where a label and a text were expected; it looks like a merge conflict marker"
        ),
        ("", "mail.txt: error: the file is empty; lines with a label were expected"),
        // A line is read as most are.
        (
            "ham\tone\nspam two three\nham\tfour\n",
            "mail.txt:2: error: found no tab between a label and a text; "
                + "write the label at the line's start, or say what stands between: separator"
        ),
        ("ham\tone\nspam\t\nham\ttwo\n", "mail.txt:2: error: found the label \"spam\" and no text; write a text, or take the line away"),
        (
            "__label__a one\n__label__b __label__a two\n__label__c three\n",
            "mail.txt:2: error: found 2 labels, \"b\", \"a\", where one was expected; a target has one class a row; leave one label in each line"
        ),
        (
            "__label__a one\ntwo three\n__label__c three\n",
            "mail.txt:2: error: found no label such as \"__label__…\", as the other lines have; write one at the line's start"
        ),
    ])
    func saysWhichLineIsWrong(text: String, expected: String) {
        let error = #expect(throws: Diagnostics.self) { try Self.open(text) }
        #expect(error?.rendered().replacing(/\S*\/mail\.txt/, with: "mail.txt").trimmingCharacters(in: .newlines) == expected)
    }

    @Test(arguments: [
        ("ham\tone two three four five\n", "spam\tsix seven eight nine ten\n", LineFormat()),
        ("one two three four five\t0\n", "six seven eight nine ten\t1\n", LineFormat(label: .last)),
        ("__label__a one two, three four five\n", "__label__b six seven eight nine ten\n", LineFormat()),
    ])
    func findsOutWhereTheLabelStands(one: String, other: String, expected: LineFormat) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(String(repeating: one + other, count: 8), to: "mail.txt")
        #expect(RawSource(userPath: path) == .lines(path: path, format: expected))
    }

    @Test func aTableNamedAsTextStaysATable() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x y z\n" + (0..<40).map { "\($0) \($0 * 2) \($0 % 3)\n" }.joined(), to: "numbers.txt")
        #expect(RawSource(userPath: path) == .csv(path: path, format: CSVFormat()))
    }
}
