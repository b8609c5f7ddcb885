import Documents
import Experiments
import Settings
import Testing

/// How columns become numbers, and which rows are for what: what may be written, what it means, what is refused.
struct DataSettingTests {
    private static func inputs(_ settings: String) -> String {
        base.replacing("{encode: multi-hot, vocabulary: 100}", with: "{\(settings)}")
    }

    @Test(arguments: [
        ("encode: one-hot, drop_first: true, unknown: ignore", Encoding.oneHot(dropFirst: true, unknown: .ignore)),
        ("encode: multi-hot, separator: ;", .parts(separator: ";")),
        (
            "encode: multi-hot, tokens: characters, minimum_count: 3, skip_top: 2",
            .multiHot(vocabulary: nil, words: WordSettings(tokens: .characters, minimumCount: 3, skipTop: 2))
        ),
        ("encode: multi-hot, vocabulary: 9, coding: keras", .multiHot(vocabulary: 9, words: WordSettings(coding: .keras))),
        (
            "encode: multi-hot, ngrams: [1, 2], stop_words: english",
            .multiHot(vocabulary: nil, words: WordSettings(stopWords: .english, ngrams: 1...2))
        ),
        (
            "encode: counts, stop_words: [the, a], tokens: words",
            .multiHot(vocabulary: nil, words: WordSettings(tokens: .words, stopWords: .list(["the", "a"]), weights: .counts))
        ),
        ("encode: tf-idf, vocabulary: 9", .multiHot(vocabulary: 9, words: WordSettings(weights: .tfidf(TFIDF())))),
        (
            "encode: tf-idf, norm: none, smooth_idf: false, sublinear_tf: true",
            .multiHot(vocabulary: nil, words: WordSettings(weights: .tfidf(TFIDF(isSmooth: false, isSublinear: true, norm: .none))))
        ),
        ("encode: auto, scale: standard", .auto(scale: .standard)),
        ("encode: tokens, length: 200, vocabulary: 9", .tokens(TokenSettings(vocabulary: 9, length: 200))),
        (
            "encode: tokens, length: 40, unit: character, step: 3, truncate: end, pad: end",
            .tokens(TokenSettings(length: 40, truncate: .end, pad: .end, step: 3, words: WordSettings(tokens: .characters)))
        ),
    ])
    func encodings(text: String, expected: Encoding) throws {
        let settings = try load(Self.inputs(text)).baseline.trial.settings
        #expect(settings.inputs.columns == [ColumnSettings(column: "text", encoding: expected)])
    }

    /// A variant that changes no more than how words are encoded keeps which words they are.
    @Test func anotherEncodingOfWordsKeepsTheSettingsThatItShares() throws {
        let text =
            Self.inputs("encode: multi-hot, vocabulary: 9, ngrams: [1, 2]") + """
                ablate:
                  short: {inputs.text.encode: tf-idf}
                  whole: {inputs.text: {encode: tf-idf, vocabulary: 7, norm: l1}}
                  back: {inputs.text: {encode: one-hot}}

                """
        let encodings = try load(text).variants.map { $0.trial.settings.inputs.columns[0].encoding }
        func words(_ weights: WordWeights) -> WordSettings { WordSettings(ngrams: 1...2, weights: weights) }
        #expect(
            encodings == [
                .multiHot(vocabulary: 9, words: words(.binary)), .multiHot(vocabulary: 9, words: words(.tfidf(TFIDF()))),
                .multiHot(vocabulary: 7, words: words(.tfidf(TFIDF(norm: .l1)))), .oneHot(),
            ])
    }

    @Test(arguments: [
        ("missing: drop", MissingSettings.drop, FittedRows.train), ("missing: most_frequent, fit: all", .mostFrequent, .all),
        ("missing: -1", .value("-1"), .train), ("missing: unknown", .value("unknown"), .train), ("missing: error", .error, .train),
        ("missing: mean", .mean, .train), ("fit: train", .error, .train), ("fit: folds", .error, .folds),
    ])
    func emptyCellsAndRowsToFitOn(text: String, missing: MissingSettings, fit: FittedRows) throws {
        let column = try #require(try load(Self.inputs("encode: numeric, \(text)")).baseline.trial.settings.inputs.columns.first)
        #expect(column == ColumnSettings(column: "text", encoding: .numeric(scale: .none), missing: missing, fit: fit))
    }

    @Test(arguments: [
        ("first: 10, shuffle: true, stratify: true", PartSettings(shuffle: .philox, size: .first(10), stratified: true)),
        ("column: part, values: [2, val]", PartSettings(size: .rows(column: "part", values: ["2", "val"]))),
        ("fraction: 0.5, shuffle: false", PartSettings(size: .fraction(0.5))), ("last: 60", PartSettings(size: .last(60))),
    ])
    func parts(text: String, expected: PartSettings) throws {
        let split = "split: {validation: {\(text)}, test: {\(text)}}"
        let settings = try load(base.replacing("split: {validation: {first: 10}}", with: split)).baseline.trial.settings
        #expect(settings.split == SplitSettings(test: expected, validation: .part(expected)))
    }

    @Test func shuffledFoldsHaveASeed() throws {
        let settings = try load(base.replacing("first: 10", with: "folds: 4, kind: stratified, seed: 7")).baseline.trial.settings
        #expect(settings.split.validation == .folds(count: 4, kind: .stratified, seed: 7))
    }

    @Test func groupsTimeAndRepeats() throws {
        func split(_ text: String) throws -> SplitSettings {
            let trial = try load(base.replacing("split: {validation: {first: 10}}", with: "split: {\(text)}")).baseline.trial
            #expect(try load(trial.canonical).baseline.trial.canonical == trial.canonical)
            return trial.settings.split
        }
        #expect(
            try split("group: who, validation: {folds: 5, kind: shuffled, repeats: 3}")
                == SplitSettings(validation: .folds(count: 5, kind: .shuffled, repeats: 3), group: "who"))
        #expect(
            try split("order: date, gap: 4, test: {last: 60}, validation: {folds: 3, kind: time}")
                == SplitSettings(
                    test: PartSettings(size: .last(60)), validation: .folds(count: 3, kind: .time), order: "date", gap: 4))
        #expect(
            try Plan(load(base.replacing("first: 10", with: "folds: 2, kind: shuffled, repeats: 3"))).runs.compactMap(\.fold) == [
                1, 2, 3, 4, 5, 6,
            ])
    }

    @Test(arguments: [
        ("validation: {first: 10}", "this validation part is the same for every seed | write fraction: …, with shuffle: true"),
        ("validation: {fraction: 0.2}", "this validation part is the same for every seed | write fraction: …, with shuffle: true"),
        ("validation: {folds: 3}", "these folds are the same for every seed | write kind: shuffled or kind: stratified"),
        (
            "validation: {folds: 3, kind: shuffled, seed: 4}",
            "a seed has no effect with resplit | leave it out: each run draws by its own"
        ),
        ("order: a", "there is nothing to draw anew | write validation or test"),
    ])
    func whatIsTheSameForEverySeedIsNotDrawnAnew(text: String, expected: String) {
        let found = errors(base.replacing("split: {validation: {first: 10}}", with: "split: {resplit: true, \(text)}"))
        #expect(found == ["5:18 " + expected])
    }

    @Test func tablesOfOtherKinds() throws {
        let csv = "{csv: {path: sms.txt, delimiter: \"\\t\", header: false, columns: [label, text], quotes: false, empty: [NA, \"?\"]}}"
        let settings = try load(base.replacing("dataset: reuters", with: "dataset: \(csv)")).baseline.trial.settings
        #expect(
            settings.dataset
                == .csv(
                    CSVSettings(
                        path: "sms.txt",
                        format: CSVFormat(
                            delimiter: UInt8(ascii: "\t"), header: false, columns: ["label", "text"], quotes: false, empty: ["NA", "?"]))))
    }

    @Test(arguments: [
        (
            "decimal: \",\", thousands: .",
            CSVSettings(path: "a.csv", format: CSVFormat(numbers: NumberFormat(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: "."))))
        ),
        ("validation: v.csv, test: t.csv", CSVSettings(path: "a.csv", validation: "v.csv", test: "t.csv")),
        ("decimal: .", CSVSettings(path: "a.csv")),
    ])
    func tablesInFurtherDress(text: String, expected: CSVSettings) throws {
        let trial = try load(base.replacing("dataset: reuters", with: "dataset: {csv: {path: a.csv, \(text)}}")).baseline.trial
        #expect(trial.settings.dataset == .csv(expected))
        #expect(try load(trial.canonical).baseline.trial.canonical == trial.canonical)
    }

    /// Rows that validate in a table of their own give figures of validation.
    @Test func aTableOfValidationRowsIsAsGoodAsAPart() throws {
        let text = base.replacing("dataset: reuters", with: "dataset: {csv: {path: a.csv, validation: v.csv}}")
            .replacing("split: {validation: {first: 10}}\n", with: "")
        #expect(try load(text).selection.metric == "val_accuracy")
        #expect(try load(text.replacing("validation: v.csv", with: "test: v.csv")).selection.metric == "test_accuracy")
    }

    @Test(arguments: [
        ("{lines: a.txt}", LineSettings(path: "a.txt")),
        ("{lines: {path: a.txt, label: last}}", LineSettings(path: "a.txt", format: LineFormat(label: .last))),
        ("{lines: {path: a.txt, separator: \"::\"}}", LineSettings(path: "a.txt", format: LineFormat(separator: "::"))),
    ])
    func linesWithALabel(text: String, expected: LineSettings) throws {
        let trial = try load(base.replacing("dataset: reuters", with: "dataset: \(text)")).baseline.trial
        #expect(trial.settings.dataset == .lines(expected))
        #expect(try load(trial.canonical).baseline.trial.settings.dataset == .lines(expected))
    }

    @Test(arguments: [
        ("standard", Scale.standard), ("min-max", .minMax), ("none", .none), ("{divide_by: 255}", .divided(by: 255)), ("robust", .robust),
        ("log", .log(.log, then: .none)), ("{log1p: min-max}", .log(.log1p, then: .minMax)),
    ])
    func scales(text: String, expected: Scale) throws {
        let trial = try load(Self.inputs("encode: numeric, scale: \(text)")).baseline.trial
        #expect(trial.settings.inputs.columns.map(\.encoding) == [.numeric(scale: expected)])
        #expect(try load(trial.canonical).baseline.trial.settings.inputs == trial.settings.inputs)
    }

    @Test(arguments: [("{numpy: data/a.npz}", DatasetSettings.numpy("data/a.npz")), ("{folder: data/films}", .folder("data/films"))])
    func dataOfOtherKinds(text: String, expected: DatasetSettings) throws {
        let trial = try load(base.replacing("dataset: reuters", with: "dataset: \(text)")).baseline.trial
        #expect(trial.settings.dataset == expected)
        #expect(try load(trial.canonical).baseline.trial.settings.dataset == expected)
    }

    /// What stands at its default is not part of a trial's identity, so that runs from before a key was there stay what they are.
    @Test(arguments: [
        ("encode: one-hot", "encode: one-hot, drop_first: false, unknown: error, missing: error, fit: train"),
        (
            "encode: multi-hot, vocabulary: 100",
            "encode: multi-hot, vocabulary: 100, minimum_count: 1, skip_top: 0, fit: train, coding: plain, ngrams: [1, 1]"
        ),
        ("encode: counts", "encode: counts, minimum_count: 1, skip_top: 0, fit: train, ngrams: [1, 1]"),
        ("encode: tf-idf", "encode: tf-idf, norm: l2, smooth_idf: true, sublinear_tf: false"),
        ("encode: numeric", "encode: numeric, scale: none, missing: error, fit: train"), ("encode: label", "encode: label, missing: error"),
    ])
    func defaultsDoNotCount(short: String, long: String) throws {
        #expect(try load(Self.inputs(short)).baseline.trial.canonical == load(Self.inputs(long)).baseline.trial.canonical)
    }

    @Test(arguments: [
        "encode: one-hot, drop_first: true", "encode: multi-hot, separator: ;",
        "encode: multi-hot, vocabulary: 9, tokens: words, skip_top: 4", "encode: multi-hot, coding: keras, fit: folds",
        "encode: counts, ngrams: [2, 3], stop_words: [a, b]", "encode: tf-idf, stop_words: english, norm: l1, sublinear_tf: true, fit: all",
        "encode: numeric, missing: mean, fit: all", "encode: label, missing: 7", "encode: auto", "encode: numeric, scale: {log: standard}",
        "encode: numeric, scale: log1p, missing: {fill: median, indicator: true}", "encode: one-hot, min_count: 3, unknown: rare",
        "encode: ordinal, order: [S, M, L], scale: robust", "encode: yes-no", "encode: window, length: 24",
        "encode: tokens, length: 40, unit: character, step: 3",
        "encode: tokens, vocabulary: 9, length: 7, truncate: end, pad: end, tokens: words, stop_words: [a], minimum_count: 2, skip_top: 1",
        "encode: tokens, length: 7, coding: keras, fit: all",
        "encode: window, length: 24, horizon: 3, step: 2, scale: min-max, missing: mean, fit: all",
        "encode: date, format: \"%d.%m.%Y\", parts: [year], cyclic: [month, day_of_year], since: 2020-01-31, scale: standard",
    ])
    func everySettingSurvivesItsCanonicalText(text: String) throws {
        for part in ["first: 10, shuffle: true, stratify: true", "column: part, values: [2, val]", "folds: 3, kind: shuffled, seed: 4"] {
            let trial = try load(Self.inputs(text).replacing("first: 10", with: part)).baseline.trial
            let again = try load(trial.canonical).baseline.trial.settings
            #expect(again.inputs == trial.settings.inputs)
            #expect(again.split == trial.settings.split)
            #expect(try load(trial.canonical).baseline.trial.canonical == trial.canonical)
        }
    }

    @Test(arguments: [
        (
            "encode: multi-hot, vocabulary: 100", "encode: multi-hot, vocabulary: 100, separator: ;",
            "3:48 vocabulary goes with words, separator with categories | keep one of them"
        ),
        (
            "dataset: reuters", "dataset: {csv: a.csv, delimiter: \";\"}",
            "2:23 \"delimiter\" stands beside csv, and is a setting of it | write {csv: {path: a.csv, delimiter: ;}}"
        ),
        (
            "dataset: reuters", "dataset: {csv: {path: a.csv}, header: false}",
            "2:31 \"header\" stands beside csv, and is a setting of it | write {csv: {path: a.csv, header: false}}"
        ),
        (
            "dataset: reuters", "dataset: {csv: {path: a.csv, train: b.csv}}",
            "2:30 unknown key \"train\" in csv | did you mean \"path\"? known keys: columns, decimal, delimiter, empty, header, path, quotes, test, thousands, validation"
        ),
        (
            "dataset: reuters", "dataset: {csv: {path: a.csv, decimal: \",\", thousands: \",\"}}",
            "2:55 thousands and decimals cannot have the same character | write decimal: \",\" if that is meant"
        ),
        (
            "encode: multi-hot, vocabulary: 100", "encode: numeric, scale: {divide_by: 0}",
            "3:53 divide_by must be above 0, found 0"
        ),
        (
            "encode: multi-hot, vocabulary: 100", "encode: one-hot, dropfirst: true",
            "3:34 unknown key \"dropfirst\" in one-hot | did you mean \"drop_first\"? known keys: drop_first, fit, min_count, missing, positive, unknown"
        ),
        (
            "{encode: one-hot}", "{encode: one-hot, missing: mean}",
            "4:9 an empty cell of a target can only be an error or drop its row | write missing: drop"
        ),
        ("{encode: one-hot}", "{encode: one-hot, drop_first: true}", "4:9 a target keeps every class | leave out drop_first"),
        ("{encode: one-hot}", "{encode: one-hot, unknown: ignore}", "4:9 a row with an unknown class has no target | leave out unknown"),
        (
            "first: 10", "folds: 4, kind: stratified, shuffle: numpy",
            "5:59 shuffle has no effect with folds | leave it out, kind says it"
        ),
        ("{first: 10}", "0.2", "5:21 validation must be a map of keys and values, found 0.2 | write {fraction: 0.2}"),
        ("{first: 10}", "100", "5:21 validation must be a map of keys and values, found 100 | write {first: 100}"),
        ("{first: 10}", "-1", "5:21 validation must be a map of keys and values, found -1"),
        ("first: 10", "folds: 4, shuffle: numpy", "5:41 shuffle has no effect with folds | write kind: shuffled"),
        (
            "first: 10", "first: 10, shuffle: numpy, stratify: true",
            "5:59 this order of rows knows no classes | stratify goes with shuffle: true or shuffle: scikit-learn"
        ),
        ("first: 10", "column: part", "5:30 column goes with values | write values: […], those of the rows that are the part"),
        ("first: 10", "first: 10, values: [a]", "5:41 values go with column | write column"),
        ("first: 10", "column: part, values: [a], shuffle: true", "5:58 shuffle has no effect with column | leave it out"),
        ("first: 10", "folds: 4, stratify: true", "5:42 stratify has no effect with folds | write kind: stratified"),
        ("first: 10", "first: 10, repeats: 2", "5:42 repeats goes with folds | write folds, or leave it out"),
        (
            "first: 10", "folds: 4, kind: time, seed: 2",
            "5:50 a seed has no effect with expanding folds | leave it out, or write kind: shuffled"
        ),
        (
            "first: 10", "folds: 4, repeats: 2",
            "5:41 contiguous folds are the same in every repeat | write kind: shuffled or kind: stratified"
        ),
        ("first: 10", "folds: 40, kind: shuffled, repeats: 26", "5:58 40 folds in 26 repeats are more than 1000 | take fewer of either"),
        (
            "first: 10", "last: 10, shuffle: true",
            "5:41 last takes the rows of the order that they have | leave out shuffle, or write fraction"
        ),
        ("first: 10", "first: 10, last: 10", "5:33 \"first\" and \"last\" exclude each other in validation | keep one of them"),
        (
            "first: 10}", "first: 10}, group: who",
            "5:21 this way to take rows knows no groups | write fraction: …, with shuffle: true or shuffle: scikit-learn"
        ),
        (
            "first: 10}", "fraction: 0.2, shuffle: true, stratify: true}, group: who",
            "5:21 this way to take rows knows no groups | leave out stratify, or take folds of kind: stratified"
        ),
        (
            "first: 10}", "folds: 3, kind: time}, group: who",
            "5:52 groups stay together wherever their rows stand, so they cannot be cut by time | leave out group, or order, gap and time"
        ),
        (
            "first: 10}", "first: 10}, gap: 3",
            "5:39 gap has no effect: no part is cut off the end | write last, a fraction without shuffle, or folds of kind: time"
        ),
        (
            "first: 10", "folds: 4, seed: 2",
            "5:38 a seed has no effect with contiguous folds | leave it out, or write kind: shuffled"
        ),
    ])
    func oneSlip(right: String, wrong: String, expected: String) {
        #expect(errors(base.replacing(right, with: wrong, maxReplacements: 1)) == [expected])
    }
}
