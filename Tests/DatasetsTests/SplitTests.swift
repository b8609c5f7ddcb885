import Datasets
import Settings
import Testing

struct SplitTests {
    private static func part(_ shuffle: Shuffle, _ size: PartSize, seed: Int = 0) -> PartSettings {
        PartSettings(shuffle: shuffle, seed: seed, size: size)
    }

    /// Made with pandas 3.1 and scikit-learn 1.9: `DataFrame(index=range(10)).sample(frac=0.7, random_state=0)`,
    /// `train_test_split(range(10), test_size=0.25, random_state=0)`; NumPy: `RandomState(0).shuffle(arange(10))`.
    @Test(arguments: [
        (part(.none, .fraction(0.2)), [0, 1, 2, 3, 4, 5, 6, 7], [8, 9]),
        (part(.none, .first(3)), [3, 4, 5, 6, 7, 8, 9], [0, 1, 2]),
        (part(.numpy, .fraction(0.2)), [2, 8, 4, 9, 1, 6, 7, 3], [0, 5]),
        (part(.numpy, .first(2)), [4, 9, 1, 6, 7, 3, 0, 5], [2, 8]),
        (part(.pandas, .fraction(0.3)), [2, 8, 4, 9, 1, 6, 7], [0, 3, 5]),
        (part(.scikitLearn, .fraction(0.25)), [9, 1, 6, 7, 3, 0, 5], [2, 8, 4]),
    ])
    func givesTheRowsThatItsModelGives(part: PartSettings, rest: [Int32], taken: [Int32]) throws {
        let split = try Splitter.split(10, SplitSettings(test: part), labels: nil)
        #expect(split.train == rest)
        #expect(split.test == taken)
    }

    /// Keras's cut where its order is taken, the library's own where there is one, else the nearest number.
    @Test(arguments: [
        (part(.philox, .fraction(0.8)), 10, 8), (part(.philox, .fraction(0.9)), 10, 9), (part(.philox, .fraction(0.81)), 100, 81),
        (part(.philox, .fraction(0.25)), 10, 3), (part(.philox, .fraction(0.3)), 4, 1),
        (PartSettings(shuffle: .philox, size: .fraction(0.8), stratified: true), 10, 8),
        (PartSettings(shuffle: .none, size: .fraction(0.8), stratified: true), 10, 8),
        (part(.none, .fraction(0.8)), 10, 9), (part(.numpy, .fraction(0.8)), 10, 9), (part(.pandas, .fraction(0.8)), 10, 8),
        (part(.scikitLearn, .fraction(0.8)), 10, 8), (part(.scikitLearn, .fraction(0.81)), 10, 9),
    ])
    func aShareIsRoundedAsItsModelRounds(part: PartSettings, rows: Int, taken: Int) throws {
        let labels = (0..<rows).map { Int32($0 % 2) }
        #expect(try Splitter.split(rows, SplitSettings(test: part), labels: labels).test.count == taken)
    }

    @Test func takesTestFirstAndValidationFromTheRest() throws {
        let request = SplitSettings(test: Self.part(.numpy, .fraction(0.2), seed: 113), validation: .part(Self.part(.none, .first(2))))
        let whole = try Splitter.split(20, SplitSettings(test: request.test), labels: nil)
        let split = try Splitter.split(20, request, labels: nil)
        #expect(split.test == whole.test)
        #expect(split.validation == Array(whole.train.prefix(2)))
        #expect(split.train == Array(whole.train.dropFirst(2)))
    }

    @Test(arguments: Shuffle.allCases, [PartSize.fraction(0.3), .first(37)])
    func noRowIsInTwoParts(shuffle: Shuffle, size: PartSize) throws {
        let request = SplitSettings(test: Self.part(shuffle, size, seed: 5), validation: .part(Self.part(shuffle, size, seed: 6)))
        let split = try Splitter.split(211, request, labels: nil)
        #expect((split.train + split.validation + split.test).sorted() == (0..<211).map { Int32($0) })
        #expect(!split.train.isEmpty && !split.validation.isEmpty && !split.test.isEmpty)
        #expect(try Splitter.split(211, request, labels: nil) == split, "a split is the same every time")
    }

    @Test func fractionsRoundAsTheirModelsRound() throws {
        // Keras: int(0.8 * 11228); pandas: round(0.7 * 1599); scikit-learn: ceil(0.25 * 10) above.
        #expect(try Splitter.split(11_228, SplitSettings(test: Self.part(.numpy, .fraction(0.2))), labels: nil).train.count == 8982)
        #expect(try Splitter.split(1599, SplitSettings(test: Self.part(.pandas, .fraction(0.3))), labels: nil).train.count == 1119)
        #expect(try Splitter.split(506, SplitSettings(test: Self.part(.numpy, .fraction(0.2))), labels: nil).train.count == 404)
    }

    // MARK: - Classes and columns

    /// Made with scikit-learn 1.9.1: `train_test_split(range(20), test_size=…, random_state=…, stratify=y)`, `y[i] = i * 7 % 10 // 4`.
    @Test(arguments: [
        (part(.scikitLearn, .fraction(0.25)), [11, 4, 1, 3, 2, 14, 16, 19, 9, 17, 18, 0, 6, 8, 15], [13, 7, 5, 10, 12]),
        (part(.scikitLearn, .fraction(0.3), seed: 7), [0, 18, 16, 11, 7, 9, 5, 13, 19, 8, 4, 6, 17, 12], [14, 10, 15, 2, 3, 1]),
        (part(.scikitLearn, .first(6), seed: 1), [12, 19, 4, 8, 13, 5, 6, 15, 11, 17, 7, 16, 0, 3], [18, 2, 10, 1, 14, 9]),
    ])
    func stratifiesAsScikitLearnDoes(part: PartSettings, rest: [Int32], taken: [Int32]) throws {
        var part = part
        part.stratified = true
        let labels = (0..<20).map { Int32($0 * 7 % 10 / 4) }
        let split = try Splitter.split(20, SplitSettings(test: part), labels: labels)
        #expect(split.train == rest)
        #expect(split.test == taken)
    }

    @Test(arguments: [Shuffle.none, .philox, .scikitLearn], [PartSize.fraction(0.3), .first(37)])
    func everyClassHasItsShareOfAStratifiedPart(shuffle: Shuffle, size: PartSize) throws {
        let labels = (0..<211).map { Int32($0 % 7 == 0 ? 1 : $0 % 3 == 0 ? 2 : 0) }
        let part = PartSettings(shuffle: shuffle, seed: 5, size: size, stratified: true)
        let split = try Splitter.split(211, SplitSettings(test: part, validation: .part(part)), labels: labels)
        #expect((split.train + split.validation + split.test).sorted() == (0..<211).map { Int32($0) })
        for label in 0..<3 {
            let share = Double(labels.count { $0 == label }) / 211
            let count = split.test.count { labels[Int($0)] == label }
            #expect(abs(Double(count) - share * Double(split.test.count)) < 1)
        }
    }

    @Test func aColumnTellsTheParts() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a,part,y\n1,train,5\n2,test,6\n3,val,7\n4,train,8\n5,test,9\n", to: "parts.csv")
        func request(_ values: [String]) -> EncodingRequest {
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat()),
                inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .none)),
                split: SplitSettings(
                    test: PartSettings(size: .rows(column: "part", values: values)),
                    validation: .part(PartSettings(size: .rows(column: "part", values: ["val"])))))
        }
        let store = DatasetStore(folder: folder.path)
        let dataset = try store.open(request(["test"]))
        #expect((dataset.trainRows, dataset.validationRows, dataset.testRows) == ([0, 3], [2], [1, 4]))
        #expect(dataset.summary.featureNames == ["a"])
        let error = #expect(throws: DatasetError.self) { try store.open(request(["tset"])) }
        #expect(
            error?.description == "no row has \"tset\" in the column \"part\"; did you mean \"test\"? it has \"test\", \"train\", \"val\"")
        // One that occurs does not make up for one that does not.
        #expect(throws: DatasetError.valuesWithoutRow(column: "part", values: ["tset"], known: ["test", "train", "val"])) {
            try store.open(request(["test", "tset"]))
        }
        #expect(throws: DatasetError.noRowWithValue(part: "validation", column: "part", values: ["val"])) {
            try store.open(request(["test", "val"]))
        }
    }

    /// Rows that take no part, or are left over, are as if they were not there: nothing is fitted on them, and no category of theirs is known.
    @Test func onlySomeRowsTakePartAndSomeOfTheseTrain() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "a,y\n1,three\n2,five\n3,six\n4,five\n5,three\n6,six\n7,five\n8,seven\n9,five\n", to: "digits.csv")
        func open(_ split: SplitSettings) throws -> EncodedDataset {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: path, format: CSVFormat()),
                    inputs: InputSettings(columns: [.init(column: "a", encoding: .numeric(scale: .minMax))]),
                    target: ColumnSettings(column: "y", encoding: .label), split: split))
        }
        let only = PartSettings(size: .rows(column: "y", values: ["five", "six"]))
        let whole = try open(SplitSettings(only: only, test: PartSettings(size: .last(1))))
        guard case .classes(_, let names) = whole.target else { return #expect(Bool(false)) }
        #expect(names == ["five", "six"] && whole.rowCount == 6)
        #expect((0..<6).map(whole.fileRow) == [1, 2, 3, 5, 6, 8] && Array(whole.testRows) == [5])
        // The sixth and the last of the file are left over, and the scale ends at 6.
        let few = try open(SplitSettings(only: only, validation: .part(PartSettings(size: .last(2))), train: PartSettings(size: .first(3))))
        #expect((0..<5).map(few.fileRow) == [1, 2, 3, 6, 8])
        guard case .dense(let numbers) = few.inputs else { return #expect(Bool(false)) }
        #expect(Array(numbers) == [0, 0.5, 1, 2.5, 3.5])
        #expect(throws: DatasetError.noRowWithValue(part: "only", column: "y", values: [])) {
            try open(SplitSettings(only: PartSettings(size: .rows(column: "y", values: []))))
        }
    }

    @Test(arguments: [
        (SplitRows(train: [0, 1], validation: [2], test: [3]), nil), (SplitRows(train: [3, 0]), nil),
        (SplitRows(train: [0, 1], validation: [1]), 1), (SplitRows(train: [0], validation: [1], test: [3, 1]), 1),
        (SplitRows(train: [2, 0, 2]), 2), (SplitRows(train: [0, 4]), 4), (SplitRows(train: [-1]), -1),
    ])
    func aRowInTwoPartsIsFound(split: SplitRows, row: Int?) throws {
        if let row {
            #expect(throws: DatasetError.rowInTwoParts(row: row)) { try split.check(rowCount: 4) }
        } else {
            try split.check(rowCount: 4)
        }
    }

    @Test func scikitLearnRefusesClassesItCannotSpread() {
        let part = PartSettings(shuffle: .scikitLearn, size: .first(2), stratified: true)
        let one: [Int32] = [0, 0, 0, 0, 1, 1, 1, 1, 2]
        #expect(throws: DatasetError.classOfOneRow(part: "test")) { try Splitter.split(9, SplitSettings(test: part), labels: one) }
        let three: [Int32] = [0, 0, 0, 1, 1, 1, 2, 2, 2]
        #expect(throws: DatasetError.fewerRowsThanClasses(part: "test", rows: 2, classes: 3)) {
            try Splitter.split(9, SplitSettings(test: part), labels: three)
        }
        let own = PartSettings(shuffle: .philox, size: .first(3), stratified: true)
        #expect(throws: Never.self) { try Splitter.split(9, SplitSettings(test: own), labels: one) }
    }

    // MARK: - Folds

    @Test(arguments: FoldKind.allCases)
    func everyRowValidatesAtMostOnce(kind: FoldKind) throws {
        let labels = (0..<103).map { Int32($0 % 7 == 0 ? 1 : 0) }
        let split = try Splitter.split(103, SplitSettings(validation: .folds(count: 4, kind: kind, seed: 1)), labels: labels)
        let folds = try #require(split.folds)
        #expect(folds.ofTrain.count == 103)
        let sizes = (0..<4).map { fold in folds.ofTrain.count { $0 == fold } }
        if kind == .stratified {
            #expect(sizes.reduce(0, +) == 103)
            for fold in 0..<4 {
                let ones = split.train.indices.count { folds.ofTrain[$0] == fold && labels[Int(split.train[$0])] == 1 }
                #expect((3...4).contains(ones))
            }
        } else {
            #expect(sizes == Array(repeating: kind == .time ? 20 : 25, count: 4))
        }
    }

    @Test func contiguousFoldsAreTheNotesFolds() throws {
        let request = SplitSettings(
            test: Self.part(.numpy, .fraction(0.2), seed: 113), validation: .folds(count: 4, kind: .contiguous))
        let split = try Splitter.split(506, request, labels: nil)
        #expect(split.test.count == 102)
        #expect(split.folds?.ofTrain == (0..<404).map { Int32($0 / 101) })
    }

    @Test func bostonRowsAreThoseOfTheNotes() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path, mirrors: [Places.data])
        var request = EncodingRequest(
            source: .catalogue(try Places.catalogue.entry(named: "boston")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
            target: ColumnSettings(column: "MEDV", encoding: .numeric(scale: .none)),
            split: SplitSettings(test: Self.part(.numpy, .fraction(0.2), seed: 113), validation: .folds(count: 4, kind: .contiguous)))
        let all = try store.open(request)
        #expect(all.row(Int(all.train[0])) == [1.23247, 0, 8.14, 0, 0.538, 6.142, 91.7, 3.9769, 4, 307, 21, 396.9, 18.72])
        #expect(all.trainRows.prefix(3).map { all.values[Int($0)] } == [15.2, 42.3, 50])
        let mean = all.trainRows.reduce(0) { $0 + Double(all.values[Int($1)]) } / 404
        #expect(abs(mean - 22.3950) < 0.00005)
        let targets = all.trainRows.map { all.values[Int($0)] }
        #expect((targets.min(), targets.max()) == (5, 50))
        for fold in 0..<4 {
            request.fold = fold
            let part = try store.open(request)
            #expect(part.validationRows == Array(all.trainRows[fold * 101..<(fold + 1) * 101]))
            #expect(part.trainRows == Array(all.trainRows[..<(fold * 101)]) + Array(all.trainRows[((fold + 1) * 101)...]))
            #expect((part.summary.trainCount, part.summary.validationCount) == (303, 101))
            #expect(part.summary.encodingDigest == all.summary.encodingDigest)
        }
        request.fold = 4
        #expect(throws: DatasetError.noSuchFold(fold: 4, count: 4)) { try store.open(request) }
    }

    // MARK: - Splits that cannot be made

    @Test(arguments: [
        (SplitSettings(test: part(.none, .fraction(1.5))), "the test part is a share of 1.5 of the rows; it must lie between 0 and 1"),
        (SplitSettings(test: part(.none, .fraction(.nan))), "the test part is a share of nan of the rows; it must lie between 0 and 1"),
        (SplitSettings(test: part(.none, .first(10))), "the test part takes 10 of 10 rows and leaves none to train on"),
        (SplitSettings(test: part(.pandas, .fraction(0.01))), "the test part would have no row of 10"),
        (SplitSettings(test: part(.philox, .fraction(0.01))), "the test part would have no row of 10"),
        (SplitSettings(test: part(.philox, .fraction(0.97))), "the test part takes 10 of 10 rows and leaves none to train on"),
        (
            SplitSettings(test: part(.numpy, .first(2), seed: -1)),
            "the seed -1 is not one that NumPy takes; it must lie between 0 and 4294967295"
        ),
        (
            SplitSettings(test: part(.none, .first(5)), validation: .part(part(.none, .first(5)))),
            "the validation part takes 5 of 5 rows and leaves none to train on"
        ),
        (
            SplitSettings(validation: .folds(count: 11, kind: .contiguous)),
            "10 rows cannot be split into 11 folds; take 2 folds at least, and no more than there are rows"
        ),
        (
            SplitSettings(test: PartSettings(size: .first(2), stratified: true)),
            "a stratified test part has its share of every class, but the target has no classes, of which each row is of one; leave out stratify"
        ),
        (
            SplitSettings(validation: .folds(count: 2, kind: .stratified)),
            "stratified folds spread classes evenly, but the target has no classes, of which each row is of one; take contiguous or shuffled folds"
        ),
    ])
    func saysWhyASplitCannotBeMade(request: SplitSettings, expected: String) {
        let error = #expect(throws: DatasetError.self) { try Splitter.split(10, request, labels: nil) }
        #expect(error?.description == expected)
    }
}
