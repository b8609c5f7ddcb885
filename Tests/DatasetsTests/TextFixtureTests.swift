import Datasets
import Foundation
import Settings
import TestSupport
import Testing

/// Texts that scikit-learn encoded, by `Fixtures/make_texts.py`, row for row.
struct TextFixtureTests {
    private struct File: Decodable {
        let texts: [String]
        let train: Int
        let cases: [Case]
    }

    struct Case: Decodable, CustomTestStringConvertible {
        let encode: String
        let tokens: Tokens
        let ngrams: [Int]
        let stopWords: Stops?
        let vocabulary: Int?
        let norm: RowNorm
        let smoothIdf: Bool
        let sublinearTf: Bool
        let width: Int
        let rows: [[String: Double]]

        enum Stops: Decodable {
            case named(String)
            case list([String])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self = try (try? container.decode(String.self)).map(Stops.named) ?? .list(container.decode([String].self))
            }
        }

        enum CodingKeys: String, CodingKey {
            case encode, tokens, ngrams, vocabulary, norm, width, rows
            case stopWords = "stop_words"
            case smoothIdf = "smooth_idf"
            case sublinearTf = "sublinear_tf"
        }

        var encoding: Encoding {
            let weights: WordWeights =
                switch encode {
                case "multi-hot": .binary
                case "counts": .counts
                default: .tfidf(TFIDF(isSmooth: smoothIdf, isSublinear: sublinearTf, norm: norm))
                }
            let stops: StopWords? =
                switch stopWords {
                case nil: nil
                case .named: .english
                case .list(let words): .list(words)
                }
            return .multiHot(
                vocabulary: vocabulary,
                words: WordSettings(tokens: tokens, stopWords: stops, ngrams: ngrams[0]...ngrams[1], weights: weights))
        }

        var testDescription: String {
            "\(encode) of \(tokens) \(ngrams) \(stopWords.map { "\($0)" } ?? "") \(vocabulary ?? 0) \(norm) \(smoothIdf) \(sublinearTf)"
        }
    }

    private static let file: Result<File, any Error> = Result {
        let place = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/texts.json")
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: place))
    }

    private static var cases: [Case] { (try? file.get().cases) ?? [] }

    @Test func thereAreFixtures() throws { #expect(try Self.file.get().cases.count > 40) }

    /// The words are learned from the rows that train, the numbers are those of all rows, and of the same rows as new ones.
    @Test(arguments: cases)
    func textsAreEncodedAsScikitLearnDoes(_ one: Case) throws {
        let file = try Self.file.get()
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "text,y\n" + file.texts.enumerated().map { "\"\($1)\",\($0 % 2)\n" }.joined(), to: "texts.csv")
        let others = file.texts.count - file.train
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat()),
                inputs: InputSettings(columns: [.init(column: "text", encoding: one.encoding)]),
                target: ColumnSettings(column: "y", encoding: .label),
                split: SplitSettings(test: PartSettings(size: .fraction(Double(others) / Double(file.texts.count))))))
        #expect(dataset.train.count == file.train)
        #expect(dataset.featureCount == one.width)
        let words = dataset.vocabulary
        for matrix in [dataset.matrix, try RowEncoder(dataset).encode(csv: path).matrix] {
            for (row, expected) in one.rows.enumerated() {
                let numbers = matrix[row * one.width..<(row + 1) * one.width]
                let found = zip(words, numbers).filter { $1 != 0 }
                #expect(Set(found.map(\.0)) == Set(expected.keys))
                for (word, number) in found { #expect(abs(Double(number) - (expected[word] ?? 0)) <= 1e-6, "\(word) in row \(row)") }
            }
        }
    }
}
