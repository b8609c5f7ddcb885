import Datasets
import Settings
import Testing

/// Splits that are drawn anew by the seed of a run.
struct ResplitTests {
    private static let part = PartSettings(shuffle: .philox, size: .fraction(0.25))

    private static func open(_ split: SplitSettings, seed: Int?, in folder: TemporaryFolder, fold: Int? = nil) throws -> EncodedDataset {
        let rows = (0..<40).map { "\($0),\($0 % 2)" }.joined(separator: "\n")
        let request = EncodingRequest(
            source: .csv(path: try folder.write("x,y\n\(rows)\n", to: "a.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .standard))]),
            target: ColumnSettings(column: "y", encoding: .label), split: split, fold: fold, seed: seed)
        return try DatasetStore(folder: folder.path).open(request)
    }

    @Test func everySeedValidatesOnOtherRowsAndTestsOnTheSame() throws {
        let folder = try TemporaryFolder()
        let split = SplitSettings(test: Self.part, validation: .part(Self.part), resplit: true)
        let seeds = try [1, 2, 3].map { try Self.open(split, seed: $0, in: folder) }
        #expect(Set(seeds.map(\.validationRows)).count == 3 && Set(seeds.map(\.testRows)).count == 1)
        #expect(Set(seeds.map(\.summary.encodingDigest)).count == 1, "seeds share what their runs are known by")
        #expect(Set(seeds.map(\.summary.fitted)).count == 3, "encoders learn from the rows that train for the seed")
        #expect(try Self.open(split, seed: 2, in: folder).validationRows == seeds[1].validationRows)
        #expect(try Self.open(split, seed: nil, in: folder).validationRows == seeds[0].validationRows)
        let fixed = SplitSettings(test: Self.part, validation: .part(Self.part))
        #expect(try Self.open(fixed, seed: 1, in: folder).validationRows == Self.open(fixed, seed: 2, in: folder).validationRows)
    }

    @Test func withoutRowsThatValidateThoseThatTestAreDrawnAnew() throws {
        let folder = try TemporaryFolder()
        let split = SplitSettings(test: Self.part, resplit: true)
        #expect(Set(try (1...4).map { try Self.open(split, seed: $0, in: folder).testRows }).count == 4)
    }

    @Test func foldsAreDealtAnew() throws {
        let folder = try TemporaryFolder()
        let split = SplitSettings(validation: .folds(count: 4, kind: .stratified), resplit: true)
        for seed in 1...2 {
            let folds = try (0..<4).map { try Self.open(split, seed: seed, in: folder, fold: $0).validationRows }
            #expect(folds.flatMap(\.self).sorted() == (0..<40).map { Int32($0) })
            let settings = SplitSettings(validation: .folds(count: 4, kind: .stratified, seed: seed))
            let expected = try Splitter.split(40, settings, labels: (0..<40).map { Int32($0 % 2) })
            #expect(folds == (0..<4).map { expected.rows(validating: $0) })
        }
    }
}
