import Datasets
import Documents
import Settings
import Testing

/// Texts as rows of whole numbers.
struct TokenTests {
    private static func open(
        _ texts: [String], _ settings: TokenSettings, split: SplitSettings = SplitSettings(), fit: FittedRows = .train
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let lines = texts.enumerated().map { "\"\($0.element)\",\($0.offset % 2 == 0 ? "even" : "odd")" }
        let request = EncodingRequest(
            source: .csv(path: try folder.write("text,y\n" + lines.joined(separator: "\n") + "\n", to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: [.init(column: "text", encoding: .tokens(settings), fit: fit)]),
            target: ColumnSettings(column: "y", encoding: .label), split: split)
        return try DatasetStore(folder: folder.path).open(request)
    }

    private static func rows(_ data: EncodedDataset) -> [[Int32]] {
        guard case .tokens(let numbers) = data.inputs else { return [] }
        let length = data.featureCount
        return (0..<data.rowCount).map { Array(numbers[$0 * length..<($0 + 1) * length]) }
    }

    private static let texts = ["b a c a", "a", "a b d"]

    /// As keras.utils.pad_sequences fills and cuts the numbers a = 2, b = 3, c = 4, d = 5.
    @Test(
        arguments: [
            (TextEnd.start, TextEnd.start, [[2, 4, 2], [0, 0, 2], [2, 3, 5]]),
            (.start, .end, [[2, 4, 2], [2, 0, 0], [2, 3, 5]]),
            (.end, .start, [[3, 2, 4], [0, 0, 2], [2, 3, 5]]),
            (.end, .end, [[3, 2, 4], [2, 0, 0], [2, 3, 5]]),
        ] as [(TextEnd, TextEnd, [[Int32]])])
    func textsAreCutAndFilledAtEitherEnd(truncate: TextEnd, pad: TextEnd, rows: [[Int32]]) throws {
        let data = try Self.open(Self.texts, TokenSettings(length: 3, truncate: truncate, pad: pad))
        #expect(Self.rows(data) == rows)
        #expect(data.summary.inputKind == .sequences(vocabulary: 6) && data.vocabulary == ["a", "b", "c", "d"])
    }

    @Test(
        arguments: [
            // Two words have numbers, the others are unknown.
            (TokenSettings(vocabulary: 4, length: 4), [[3, 2, 1, 2], [0, 0, 0, 2], [0, 2, 3, 1]], 4),
            (TokenSettings(vocabulary: 4, length: 4, words: WordSettings(skipTop: 1)), [[2, 1, 3, 1], [0, 0, 0, 1], [0, 1, 2, 1]], 4),
            (TokenSettings(length: 4, words: WordSettings(stopWords: .list(["a"]))), [[0, 0, 2, 3], [0, 0, 0, 0], [0, 0, 2, 4]], 5),
            // 1 begins a text, 2 is unknown, the word of rank r is r + 3.
            (
                TokenSettings(vocabulary: 6, length: 5, words: WordSettings(coding: .keras)),
                [[1, 5, 4, 2, 4], [0, 0, 0, 1, 4], [0, 1, 4, 5, 2]], 6
            ),
        ] as [(TokenSettings, [[Int32]], Int)])
    func wordsHaveNumbersByRank(settings: TokenSettings, rows: [[Int32]], vocabulary: Int) throws {
        let data = try Self.open(Self.texts, settings)
        #expect(Self.rows(data) == rows && data.summary.inputKind == .sequences(vocabulary: vocabulary))
    }

    @Test func theVocabularyIsThatOfTrainRows() throws {
        let data = try Self.open(["a b", "b", "c c c"], TokenSettings(length: 3), split: SplitSettings(test: PartSettings(size: .last(1))))
        #expect(data.vocabulary == ["b", "a"] && Self.rows(data) == [[0, 3, 2], [0, 0, 2], [1, 1, 1]])
    }

    @Test func newTextsAreEncodedAlike() throws {
        let data = try Self.open(Self.texts, TokenSettings(vocabulary: 4, length: 3))
        #expect(try RowEncoder(data).encode(["text": "B! what, a"]).inputs == .tokens([3, 1, 2]))
        #expect(FittedEncoder(data).contradiction == nil)
    }

    @Test func theyAreTheOnlyInput() throws {
        let folder = try TemporaryFolder()
        let request = EncodingRequest(
            source: .csv(path: try folder.write("text,x,y\na b,1,0\nb,2,1\n", to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: [
                .init(column: "text", encoding: .tokens(TokenSettings(length: 2))), .init(column: "x", encoding: .numeric(scale: .none)),
            ]), target: ColumnSettings(column: "y", encoding: .label))
        #expect(throws: DatasetError.tokensBesideOthers) { try DatasetStore(folder: folder.path).open(request) }
    }

    // MARK: - Running text

    private static func running(
        _ text: String, _ settings: TokenSettings, split: SplitSettings = SplitSettings(), each: Bool = false
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let request = EncodingRequest(
            source: .text(path: try folder.write(text, to: "a.txt")),
            inputs: InputSettings(columns: [.init(column: "text", encoding: .tokens(settings))]),
            target: ColumnSettings(column: "text", encoding: .next, each: each), split: split)
        return try DatasetStore(folder: folder.path).open(request)
    }

    private static func labels(_ data: EncodedDataset) -> [String] {
        guard case .classes(let labels, let names) = data.target else { return [] }
        return labels.map { names[Int($0)] }
    }

    @Test func runningTextGivesWindowsAndWhatFollows() throws {
        let characters = WordSettings(tokens: .characters)
        let data = try Self.running("Abab a\nb", TokenSettings(length: 3, step: 2, words: characters))
        // a 3, b 3, space 1, line break 1: 2 to 5.
        #expect(Self.rows(data) == [[2, 3, 2], [2, 3, 4], [4, 2, 5]])
        #expect(Self.labels(data) == ["b", "a", "b"])
        #expect((0..<3).map { data.fileRow(of: $0) } == [3, 5, 7])
        if case .classes(_, let names) = data.target { #expect(names == ["a", "b", "(space)", "(line break)"]) }
    }

    @Test func wordsFollowWords() throws {
        let data = try Self.running("the cat and the dog and the cat", TokenSettings(vocabulary: 4, length: 2))
        #expect(Self.rows(data) == [[2, 3], [3, 1], [1, 2], [2, 1], [1, 1], [1, 2]])
        #expect(Self.labels(data) == ["(unknown)", "the", "(unknown)", "(unknown)", "the", "cat"])
    }

    /// Where every step has a target, what is asked within a window counts, too.
    @Test(arguments: [(false, ["a", "b"]), (true, ["(unknown)", "a", "b"])])
    func unknownWordsAreAClassWhereTheyAreAsked(each: Bool, classes: [String]) throws {
        let characters = WordSettings(tokens: .characters)
        let data = try Self.running("abcabaab", TokenSettings(vocabulary: 4, length: 3, step: 4, words: characters), each: each)
        #expect(Self.rows(data) == [[2, 3, 1], [3, 2, 2]] && Self.labels(data) == ["a", "b"])
        if case .classes(_, let names) = data.target { #expect(names == classes) }
    }

    /// No window reaches over the border; numpy.lib.stride_tricks.sliding_window_view(part, 4)[::2] gives as many.
    @Test func partsAreCutBeforeWindows() throws {
        let characters = WordSettings(tokens: .characters)
        let data = try Self.running(
            "abcabcabcabcabcabczz", TokenSettings(length: 3, step: 2, words: characters),
            split: SplitSettings(test: PartSettings(size: .fraction(0.3)), validation: .part(PartSettings(size: .last(4)))))
        // 14 of 20 characters are left, of which the last 4 validate.
        #expect(data.train.count == 4 && data.validation.count == 1 && data.test.count == 2)
        #expect(data.test.map { data.fileRow(of: $0) } == [17, 19] && data.validation.map { data.fileRow(of: $0) } == [13])
        #expect(Self.labels(data).last == "(unknown)" && data.vocabulary == ["a", "b", "c"])
    }

    @Test(arguments: [
        SplitSettings(test: PartSettings(shuffle: .philox, size: .fraction(0.3))),
        SplitSettings(validation: .folds(count: 2, kind: .contiguous)),
    ])
    func itIsCutByPlace(split: SplitSettings) {
        #expect(throws: DatasetError.runningTextSplit) { try Self.running("abcabcabc", TokenSettings(length: 2), split: split) }
    }

    @Test(.enabled(if: Places.isMirrored("alice.txt"), "alice.txt lies in no folder of ABLATE_MIRROR"))
    func aliceHasAsManyWindowsAsElsewhere() throws {
        let folder = try TemporaryFolder()
        let request = EncodingRequest(
            source: .catalogue(try Places.catalogue.entry(named: "alice")),
            inputs: InputSettings(columns: [
                .init(column: "text", encoding: .tokens(TokenSettings(length: 40, step: 3, words: WordSettings(tokens: .characters))))
            ]), target: ColumnSettings(column: "text", encoding: .next), split: SplitSettings(test: PartSettings(size: .fraction(0.1))))
        let data = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(request)
        // len(sliding_window_view(text[:int(0.9 n)], 41)[::3]), n = 144,396.
        #expect(data.train.count == 43_306 && data.test.count == 4_800)
    }
}
