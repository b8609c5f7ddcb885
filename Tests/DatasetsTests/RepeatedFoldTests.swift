import Datasets
import Settings
import Testing

/// Folds that are dealt several times.
struct RepeatedFoldTests {
    @Test(arguments: [FoldKind.shuffled, .stratified])
    func everyRepeatIsAnotherShuffleOfTheSameRows(kind: FoldKind) throws {
        let labels = (0..<60).map { Int32($0 % 3 == 0 ? 1 : 0) }
        let once = try Splitter.split(60, SplitSettings(validation: .folds(count: 4, kind: kind, seed: 5)), labels: labels)
        let thrice = try Splitter.split(60, SplitSettings(validation: .folds(count: 4, kind: kind, seed: 5, repeats: 3)), labels: labels)
        #expect(thrice.folds?.count == 12)
        var seen: Set<[[Int32]]> = []
        for repetition in 0..<3 {
            let folds = (0..<4).map { thrice.rows(validating: repetition * 4 + $0) }
            #expect(folds.flatMap(\.self).sorted() == (0..<60).map { Int32($0) }, "every row validates once a repeat")
            for (fold, rows) in folds.enumerated() {
                let train = thrice.training(whileValidating: repetition * 4 + fold)
                #expect(Set(train).isDisjoint(with: rows) && train.count + rows.count == 60)
            }
            seen.insert(folds)
        }
        #expect(seen.count == 3)
        #expect((0..<4).map { thrice.rows(validating: $0) } == (0..<4).map { once.rows(validating: $0) }, "the first repeat is as without")
    }

    @Test func theCacheKeepsEveryRepeat() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<20).map { "\($0),\($0 % 2)" }.joined(separator: "\n")
        var request = EncodingRequest(
            source: .csv(path: try folder.write("x,y\n\(rows)\n", to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none))]),
            target: ColumnSettings(column: "y", encoding: .numeric(scale: .none)),
            split: SplitSettings(validation: .folds(count: 2, kind: .shuffled, repeats: 3)))
        let store = DatasetStore(folder: folder.path)
        let split = try Splitter.split(20, request.split, labels: nil)
        for fold in 0..<6 {
            request.fold = fold
            let data = try store.open(request)
            #expect(data.trainRows == split.training(whileValidating: fold) && data.validationRows == split.rows(validating: fold))
        }
        request.fold = 6
        #expect(throws: DatasetError.noSuchFold(fold: 6, count: 6)) { try store.open(request) }
    }

    @Test func foldsAreNamedByTheirRepeat() {
        let split = SplitSettings(validation: .folds(count: 5, kind: .shuffled, repeats: 3))
        #expect((split.folds, split.foldsOfRepeat) == (15, 5))
        #expect(
            [1, 5, 6, 12].map(split.foldName) == ["fold 1 of repeat 1", "fold 5 of repeat 1", "fold 1 of repeat 2", "fold 2 of repeat 3"])
        #expect(SplitSettings(validation: .folds(count: 5, kind: .shuffled)).foldName(3) == "fold 3")
    }
}
