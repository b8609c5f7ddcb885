import Datasets
import Settings
import Testing

/// Folds that test by turns, and what validates in each of them.
struct NestedSplitTests {
    private static func split(_ kind: FoldKind, seed: Int = 0, _ validation: ValidationSettings, group: String? = nil, gap: Int = 0)
        -> SplitSettings
    {
        SplitSettings(test: PartSettings(seed: seed, size: .fold(nil, of: 3, kind: kind)), validation: validation, group: group, gap: gap)
    }

    /// The rows of every run, in the order of its folds.
    private static func runs(_ settings: SplitSettings, rows: Int = 24) throws -> [(train: [Int32], validation: [Int32], test: [Int32])] {
        let labels = (0..<rows).map { Int32($0 % 2) }
        let columns = SplitColumns(groups: { _ in
            RowGroups(ofRow: (0..<rows).map { Int32($0 / 3) }, names: (0..<8).map(String.init), column: "g")
        })
        return try (1...(settings.folds ?? 1)).map { fold in
            let (chosen, inner) = settings.choosing(fold)
            let split = try Splitter.split(rows, chosen, labels: labels, columns: settings.group == nil ? .none : columns)
            return (split.training(whileValidating: inner.map { $0 - 1 }), split.rows(validating: (inner ?? 1) - 1), split.test)
        }
    }

    @Test(arguments: [FoldKind.contiguous, .shuffled, .stratified])
    func everyRowTestsInOneOuterFoldAndValidatesInTheOthers(kind: FoldKind) throws {
        let runs = try Self.runs(Self.split(kind, .folds(count: 2, kind: kind)))
        #expect(runs.count == 6)
        for outer in 0..<3 {
            let inner = runs[2 * outer..<2 * outer + 2]
            #expect(Set(inner.map(\.test)).count == 1, "inner folds share what tests")
            let validating = inner.flatMap(\.validation)
            #expect((validating + inner[2 * outer].test).sorted() == (0..<24).map { Int32($0) })
            for run in inner { #expect((run.train + run.validation + run.test).sorted() == (0..<24).map { Int32($0) }) }
            if kind == .stratified { #expect(inner[2 * outer].test.count { $0 % 2 == 0 } == 4) }
        }
        #expect(stride(from: 0, to: 6, by: 2).flatMap { runs[$0].test }.sorted() == (0..<24).map { Int32($0) })
    }

    @Test func theSeedOfTheOuterFoldsIsTheirOwn() throws {
        func tests(_ seed: Int) throws -> [Int32] {
            try Self.runs(Self.split(.shuffled, seed: seed, .folds(count: 2, kind: .shuffled)))[0].test
        }
        #expect(try tests(1) != tests(2))
        #expect(try tests(1) == tests(1))
    }

    @Test func groupsStayTogetherAndTimeGoesOn() throws {
        for run in try Self.runs(Self.split(.shuffled, .folds(count: 2, kind: .shuffled), group: "g")) {
            let parts = [run.train, run.validation, run.test].map { Set($0.map { $0 / 3 }) }
            #expect(parts[0].isDisjoint(with: parts[1]) && parts[2].isDisjoint(with: parts[0].union(parts[1])))
        }
        let runs = try Self.runs(Self.split(.time, .part(PartSettings(size: .fraction(0.25))), gap: 1))
        #expect(runs.map(\.test) == [Array(6..<12), Array(12..<18), Array(18..<24)])
        for run in runs {
            let (train, validation, test) = (try #require(run.train.max()), run.validation, run.test)
            #expect(
                train + 1 < validation.min() ?? 0 && (validation.max() ?? .max) + 1 < test.min() ?? 0, "a row is left out between parts")
        }
    }

    @Test func aPartMayValidateInEachOuterFold() throws {
        let settings = Self.split(.contiguous, .part(PartSettings(size: .fraction(0.25))))
        #expect(settings.folds == 3 && settings.foldName(2) == "outer fold 2")
        #expect(try Self.runs(settings).map(\.validation.count) == [4, 4, 4])
        let nested = Self.split(.contiguous, .folds(count: 2, kind: .shuffled, repeats: 2))
        #expect(nested.foldName(7) == "fold 1 of repeat 2 of outer fold 2" && nested.outerFold(of: 7) == 2)
        // Of 3 outer folds one tests; of the others two thirds, or half, train.
        #expect(settings.testShare.map { abs($0 - 0.5 * (1 + 1.0 / 3)) < 1e-12 } == true && nested.testShare == 1)
    }

    @Test func scalersLearnFromTheRowsThatTrainAlone() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x,y\n" + (0..<24).map { "\($0 * $0),\($0 % 2)\n" }.joined(), to: "a.csv")
        let store = DatasetStore(folder: folder.path)
        func open(_ fold: Int, _ validation: ValidationSettings) throws -> EncodedDataset {
            let (split, inner) = Self.split(.contiguous, validation).choosing(fold)
            return try store.open(
                EncodingRequest(
                    source: .csv(path: path, format: CSVFormat()),
                    inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .standard))]),
                    target: ColumnSettings(column: "y", encoding: .label), split: split, fold: inner.map { $0 - 1 }))
        }
        let runs = try (1...6).map { try open($0, .folds(count: 2, kind: .contiguous)) }
        #expect(Set(runs.map(\.summary.encodingDigest)).count == 1 && Set(runs.map(\.summary.fitted)).count == 3)
        // The same eight rows train in the first inner folds of the first two outer ones.
        #expect(runs[0].summary.fitted == runs[2].summary.fitted && runs[0].summary.fitted != runs[1].summary.fitted)
        #expect(runs[0].testRows == (0..<8).map { Int32($0) } && runs[5].testRows == (16..<24).map { Int32($0) })
    }

    @Test func aRunOnAllRowsHasWhatAlwaysTests() {
        let fixed = SplitSettings(test: PartSettings(size: .fraction(0.2)), validation: .folds(count: 4, kind: .contiguous), refit: true)
        #expect(fixed.refitted == SplitSettings(test: PartSettings(size: .fraction(0.2))) && fixed.isRefit(fold: nil))
        var nested = Self.split(.shuffled, .folds(count: 2, kind: .shuffled))
        nested.refit = true
        #expect(nested.refitted == SplitSettings() && !nested.isRefit(fold: 1) && nested.runName(fold: nil) == "all rows")
    }
}
