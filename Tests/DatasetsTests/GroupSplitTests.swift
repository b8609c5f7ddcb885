import Datasets
import Settings
import Testing

/// Splits in which all rows of one value of a column stay together.
struct GroupSplitTests {
    /// 211 rows of 23 groups of various sizes.
    private static let groups = (0..<211).map { Int32($0 * $0 % 23) }
    private static let labels = (0..<211).map { Int32($0 % 7 == 0 ? 1 : 0) }

    private static func split(_ request: SplitSettings, groups: [Int32] = groups, own: SplitRows? = nil) throws -> SplitRows {
        let names = (0...(groups.max() ?? 0)).map { "\($0)" }
        let columns = SplitColumns(groups: { RowGroups(ofRow: groups, names: names, column: $0) })
        return try Splitter.split(groups.count, request, labels: Array(labels.prefix(groups.count)), own: own, columns: columns)
    }

    @Test(arguments: [Shuffle.none, .philox, .scikitLearn], [0, 1, 2, 3])
    func noGroupIsInTwoParts(shuffle: Shuffle, seed: Int) throws {
        let part = PartSettings(shuffle: shuffle, seed: seed, size: .fraction(0.25))
        let split = try Self.split(SplitSettings(test: part, validation: .part(part), group: "g"))
        #expect((split.train + split.validation + split.test).sorted() == (0..<211).map { Int32($0) })
        let parts = [split.train, split.validation, split.test].map { Set($0.map { Self.groups[Int($0)] }) }
        #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]) && parts[1].isDisjoint(with: parts[2]))
        #expect(parts.allSatisfy { !$0.isEmpty })
    }

    /// In our own order a part is nearer to its share than half of the largest group.
    @Test(arguments: 0..<20)
    func aPartOfGroupsIsNearItsShare(seed: Int) throws {
        let part = PartSettings(shuffle: .philox, seed: seed, size: .fraction(0.3))
        let split = try Self.split(SplitSettings(test: part, group: "g"))
        let largest = Dictionary(grouping: Self.groups) { $0 }.values.map(\.count).max() ?? 0
        #expect(abs(Double(split.test.count) - 0.3 * 211) <= Double(largest) / 2)
    }

    @Test func theLastGroupsOfTheFileAreThePartWithoutShuffle() throws {
        let split = try Self.split(
            SplitSettings(test: PartSettings(size: .fraction(0.3)), group: "g"), groups: [0, 1, 0, 2, 2, 3, 1, 3, 4, 0])
        // Groups in the order in which they begin: 0, 1, 2, 3, 4; three rows are wanted, and 4 with 3 are three.
        #expect(split.test == [5, 7, 8] && split.train == [0, 1, 2, 3, 4, 6, 9])
    }

    @Test(arguments: [FoldKind.contiguous, .shuffled, .stratified])
    func noGroupIsInTwoFolds(kind: FoldKind) throws {
        let split = try Self.split(SplitSettings(validation: .folds(count: 4, kind: kind, seed: 1), group: "g"))
        let folds = (0..<4).map { split.rows(validating: $0) }
        #expect(folds.flatMap(\.self).sorted() == (0..<211).map { Int32($0) }, "every row validates once")
        for (fold, rows) in folds.enumerated() {
            let own = Set(rows.map { Self.groups[Int($0)] })
            #expect(own.isDisjoint(with: split.training(whileValidating: fold).map { Self.groups[Int($0)] }))
            // As even as whole groups allow.
            #expect((35...70).contains(rows.count), "\(rows.count)")
        }
        #expect(try Self.split(SplitSettings(validation: .folds(count: 4, kind: kind, seed: 1), group: "g")) == split)
        let other = try Self.split(SplitSettings(validation: .folds(count: 4, kind: kind, seed: 2), group: "g"))
        #expect((other == split) == (kind == .contiguous), "a seed deals groups anew where the kind shuffles")
    }

    @Test func aGroupThatOtherwiseGivenPartsTearIsFound() throws {
        let own = SplitRows(train: [0, 1, 2], test: [3])
        #expect(throws: DatasetError.groupInTwoParts(column: "g", group: "1", parts: ["train", "test"])) {
            try Self.split(SplitSettings(group: "g"), groups: [0, 1, 0, 1], own: own)
        }
        #expect(throws: Never.self) { try Self.split(SplitSettings(group: "g"), groups: [0, 0, 0, 1], own: own) }
    }

    @Test(arguments: [
        (
            SplitSettings(validation: .folds(count: 3, kind: .shuffled), group: "g"), [Int32(0), 1, 0, 1],
            "the 2 groups of the column \"g\" cannot be dealt to 3 folds; take no more folds than there are groups"
        ),
        (
            SplitSettings(test: PartSettings(size: .fraction(0.5)), group: "g"), [0, 0, 0, 0],
            "the test part cannot be made of whole groups, there is one and one must be left to train on"
        ),
        (
            SplitSettings(test: PartSettings(shuffle: .scikitLearn, size: .fraction(0.9)), group: "g"), [0, 1, 2, 0],
            "the test part takes all 3 groups and leaves none to train on; take a smaller fraction"
        ),
    ])
    func groupsThatDoNotFitAreSaid(request: SplitSettings, groups: [Int32], message: String) {
        let error = #expect(throws: DatasetError.self) { try Self.split(request, groups: groups) }
        #expect(error?.description == message)
    }

    // MARK: - In a table

    private static func open(_ inputs: [String], table: String = table, fit: FittedRows = .train) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let request = EncodingRequest(
            source: .csv(path: try folder.write(table, to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: inputs.map { .init(column: $0, encoding: .auto(scale: .none), fit: fit) }),
            target: ColumnSettings(column: "y", encoding: .numeric(scale: .none)),
            split: SplitSettings(test: PartSettings(shuffle: .philox, size: .fraction(0.5)), group: "who"))
        return try DatasetStore(folder: folder.path).open(request)
    }

    private static let table = "who,x,y\nann,1,5\nbob,2,6\nann,3,7\ncy,4,8\nbob,5,9\ncy,6,1\n"

    @Test func theColumnOfGroupsIsNoInputUnlessItIsNamed() throws {
        let data = try Self.open(["*"])
        #expect(data.summary.featureNames == ["x"] && data.summary.notices.isEmpty)
        #expect([[0, 2], [1, 4], [3, 5]].allSatisfy { Set($0).isSubset(of: data.testRows) || Set($0).isDisjoint(with: data.testRows) })
        // One group alone is as near to half as two are; the fewer are taken.
        #expect(data.testRows.count == 2)
        let named = try Self.open(["x", "who"], fit: .all)
        #expect(named.summary.notices.contains(.groupAmongInputs(column: "who")))
    }

    @Test func aRowWithoutGroupIsSaid() {
        let error = #expect(throws: DatasetError.self) { try Self.open(["*"], table: "who,x,y\nann,1,5\n,2,6\n") }
        #expect(error?.description == "row 2 has an empty cell in the column \"who\", by which rows are grouped; fill it in")
    }
}
