import Datasets
import Documents
import Foundation
import Settings
import Testing

/// What is learned of a column comes from the rows that train while a fold validates; `fit: folds` learns from all folds, `fit: all` from test rows too.
struct FoldFitTests {
    private static let text = "n,w,c,y\n0,a a,u,1\n2,a b,u,3\n4,b b,v,5\n100,q q q,v,90\n1000,z,u,500\n"

    private static func request(
        _ folder: TemporaryFolder, _ columns: [ColumnSettings], _ target: ColumnSettings, text: String = text,
        folds: Int = 2
    ) throws -> EncodingRequest {
        EncodingRequest(
            source: .csv(path: try folder.write(text, to: "my.csv"), format: CSVFormat()), inputs: InputSettings(columns: columns),
            target: target,
            split: SplitSettings(test: PartSettings(size: .fraction(0.2)), validation: .folds(count: folds, kind: .contiguous)))
    }

    private static func fitted(
        _ column: String, _ encoding: Encoding, _ fit: FittedRows, missing: MissingSettings = .error, fold: Int?, text: String = text
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        var request = try request(
            folder, [.init(column: column, encoding: encoding, missing: missing, fit: fit)],
            ColumnSettings(column: "y", encoding: .numeric(scale: .minMax), fit: fit), text: text)
        request.fold = fold
        return try DatasetStore(folder: folder.path).open(request)
    }

    @Test(arguments: [
        (FittedRows.train, Int?.some(0), 4.0, 96.0), (.train, 1, 0, 2), (.train, nil, 0, 100), (.folds, 0, 0, 100), (.folds, 1, 0, 100),
        (.all, 0, 0, 1000),
    ])
    func numbersAndTargets(fit: FittedRows, fold: Int?, shift: Double, divisor: Double) throws {
        let dataset = try Self.fitted("n", .numeric(scale: .minMax), fit, fold: fold)
        #expect(dataset.summary.fitted.first?.fit == .numeric(shift: shift, divisor: divisor))
        let targets: [Double] = fit == .all ? [1, 499] : fit == .folds || fold == nil ? [1, 89] : fold == 0 ? [5, 85] : [1, 2]
        #expect(dataset.summary.target == .values(width: 1, shift: targets[0], divisor: targets[1]))
        #expect(dataset.matrix == [0, 2, 4, 100, 1000].map { Float(($0 - shift) / divisor) })
    }

    @Test(arguments: [(FittedRows.train, Int?.some(0), "52.0"), (.train, 1, "2.0"), (.folds, 1, "35.333333333333336"), (.all, 0, "276.5")])
    func fillings(fit: FittedRows, fold: Int?, mean: String) throws {
        let text = Self.text.replacing("\n0,a a", with: "\n,a a")
        let dataset = try Self.fitted("n", .numeric(scale: .none), fit, missing: .mean, fold: fold, text: text)
        #expect(dataset.summary.fitted.first?.missing == mean)
    }

    @Test(arguments: [(FittedRows.train, Int?.some(0), ["q", "b"]), (.train, 1, ["a", "b"]), (.folds, 0, ["a", "b", "q"])])
    func vocabularies(fit: FittedRows, fold: Int?, words: [String]) throws {
        #expect(Set(try Self.fitted("w", .multiHot(vocabulary: nil), fit, fold: fold).vocabulary) == Set(words))
    }

    @Test func categoriesAreThoseOfTheFold() throws {
        let ignoring = Encoding.oneHot(unknown: .ignore)
        #expect(try Self.fitted("c", ignoring, .train, fold: 1).summary.featureNames == ["c=u"])
        #expect(try Self.fitted("c", ignoring, .folds, fold: 1).summary.featureNames == ["c=u", "c=v"])
        let error = #expect(throws: Diagnostics.self) { try Self.fitted("c", .oneHot(), .train, fold: 1) }
        #expect(
            error?.all.first?.message == "found \"u\" in the column \"c\", a category that no train row has while fold 1 validates")
        #expect(
            error?.all.first?.help
                == "known: v; or write unknown: ignore, which gives it zeros; or write fit: folds, which learns from rows that validate, too"
        )
    }

    @Test func whatAFoldCannotLearnIsToldWithTheFold() throws {
        let text = "n,w,c,y\n,a a,u,1\n,a b,u,3\n4,b b,v,5\n100,q q q,v,90\n1000,z,u,500\n"
        let error = #expect(throws: DatasetError.self) {
            try Self.fitted("n", .numeric(scale: .none), .train, missing: .mean, fold: nil, text: text)
        }
        #expect(
            error?.description
                == "the column \"n\" is empty in all rows that train; drop it, or say with missing what stands in its cells, while fold 2 validates"
        )
    }

    /// Classes are those of all rows that train in some fold: all folds have the same outputs.
    @Test func classesAreTheSameInEveryFold() throws {
        let folder = try TemporaryFolder()
        var request = try Self.request(
            folder, [.init(column: "n", encoding: .numeric(scale: .standard))], ColumnSettings(column: "c", encoding: .label))
        for fold in [nil, 0, 1] {
            request.fold = fold
            let dataset = try DatasetStore(folder: folder.path).open(request)
            #expect(dataset.classNames == ["u", "v"])
            #expect(
                dataset.summary.notices.contains(.classesLacking(part: "validation", folds: [1: ["v"], 2: ["u"]])))
        }
    }

    @Test(arguments: [
        (Encoding.numeric(scale: .standard), FittedRows.train, 3), (.numeric(scale: .standard), .folds, 1),
        (.numeric(scale: .none), .train, 1), (.numeric(scale: .divided(by: 2)), .train, 1),
    ])
    func aFoldHasAFileOfItsOwnWhereSomethingIsLearnedOfIt(encoding: Encoding, fit: FittedRows, files: Int) throws {
        let folder = try TemporaryFolder()
        var request = try Self.request(
            folder, [.init(column: "n", encoding: encoding, fit: fit)], ColumnSettings(column: "c", encoding: .label))
        let log = ProgressLog()
        for fold in [nil, 0, 1] {
            request.fold = fold
            let dataset = try DatasetStore(folder: folder.path).open(request) { log.note($0) }
            #expect(dataset.trainRows == (fold == nil ? [0, 1, 2, 3] : fold == 0 ? [2, 3] : [0, 1]))
            #expect(dataset.testRows == [4])
        }
        #expect(log.all.count == 2, "read once, encoded once")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache/encoded").count == files)
        request.fold = 2
        #expect(throws: DatasetError.noSuchFold(fold: 2, count: 2)) { try DatasetStore(folder: folder.path).open(request) }
    }

    @Test func aDamagedFoldIsMadeAnew() throws {
        let folder = try TemporaryFolder()
        var request = try Self.request(
            folder, [.init(column: "n", encoding: .numeric(scale: .minMax))], ColumnSettings(column: "y", encoding: .numeric(scale: .none)))
        request.fold = 1
        let matrix = try DatasetStore(folder: folder.path).open(request).matrix
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache/encoded") {
            let file = URL(fileURLWithPath: "\(folder.path)/cache/encoded/\(name)")
            var bytes = try Data(contentsOf: file)
            bytes.replaceSubrange(bytes.count - 512..<bytes.count, with: [UInt8](repeating: 0, count: 512))
            try bytes.write(to: file)
        }
        #expect(try DatasetStore(folder: folder.path).open(request).matrix == matrix)
    }
}
