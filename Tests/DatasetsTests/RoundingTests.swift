import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Numbers that differ and are one in 32 bits, or in 64.
@Suite struct RoundingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(_ x: [String], _ encoding: Encoding) throws -> EncodedDataset {
        let text = "x,y\n" + x.enumerated().map { "\($1),\($0)\n" }.joined()
        let path = try folder.write(text, to: "\(UUID().uuidString).csv")
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat(delimiter: UInt8(ascii: ","), header: true)),
                inputs: InputSettings(columns: [.init(column: "x", encoding: encoding)]),
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .none)), split: SplitSettings()))
    }

    private func notices(_ dataset: EncodedDataset) -> [String] {
        dataset.summary.notices.map(\.sentence).filter { $0.contains("32 bits") }
    }

    private func error(_ x: [String], _ encoding: Encoding) throws -> String? {
        do {
            _ = try open(x, encoding)
            return nil
        } catch let findings as Diagnostics {
            return findings.all.map { $0.message + ($0.help.map { " | \($0)" } ?? "") }.joined(separator: "\n")
        }
    }

    // MARK: - Grave losses

    private static let standard = "write scale: standard (it works in 64 bits before it rounds), "
    private static let rest = "subtract what the numbers have in common, or encode names and keys as label or one-hot"

    @Test(arguments: [
        // A sentinel makes the spread large; what lies together is lost all the same.
        (
            ["0"] + (1..<60).map { "\(1_700_000_000 + 7 * $0)" }, Encoding.numeric(scale: .none),
            "found 1700000014 in the column \"x\", which in 32 bits becomes the same number as 1700000007 in row 2; "
                + "of 60 different numbers 5 are left | " + standard + rest
        ),
        (
            (0..<40).map { "\(16_777_210 + $0)" }, .numeric(scale: .none),
            "found 16777217 in the column \"x\", which in 32 bits becomes the same number as 16777216 in row 7; "
                + "of 40 different numbers 23 are left | " + standard + rest
        ),
        (
            (0..<20).map { "\(1000 + Double($0) / 1_000_000)" }, .numeric(scale: .divided(by: 10)),
            "found 1000.000001 in the column \"x\", which in 32 bits becomes the same number as 1000.0 in row 1; of 20 different numbers 1 is left | "
                + rest
        ),
        (
            (0..<30).map { "\(1_152_921_504_606_846_976 + $0)" }, .numeric(scale: .standard),
            "found 1152921504606846977 in the column \"x\", which in 32 bits becomes the same number as 1152921504606846976 in row 1; "
                + "of 30 different numbers 1 is left | " + rest
        ),
    ])
    func graveLossesAreErrors(x: [String], encoding: Encoding, expected: String) throws {
        #expect(try error(x, encoding) == expected)
    }

    // MARK: - Small ones

    @Test func aFewWholeNumbersThatMeetAreTold() throws {
        let x = (0..<500).map { "\($0 < 498 ? $0 * 1000 + 50_000 : 16_777_216 + $0 - 498)" }
        #expect(
            notices(try open(x, .numeric(scale: .none))) == [
                "1 of 500 different numbers in \"x\" become one with another in 32 bits, first 16777216 in row 499 and 16777217 in row 500; "
                    + Self.standard + Self.rest + "."
            ])
    }

    @Test(arguments: [Encoding.numeric(scale: .none), .numeric(scale: .standard), .numeric(scale: .minMax)])
    func measuredColumnsAreTakenWithoutAWord(encoding: Encoding) throws {
        var numbers = SystemRandomNumberGenerator()
        let measured = (0..<20_000).map { _ in "\(Double.random(in: 0..<1, using: &numbers))" }
        let prices = (0..<500).map { "\(Double(($0 * 7919) % 100_000) / 100)" }
        let whole = (0..<500).map { "\($0 * 8000)" }
        // 0.8999999999999999 and 0.9000000000000001 are what sums leave, not two measurements.
        let sums = (0..<60).map { row -> String in
            let (a, b, c) = (Double(row * 37 % 60) / 60, Double(row * 23 % 60) / 60, Double(row % 7))
            return "\(2 * a - b + 0.05 * c)"
        }
        for x in [measured, prices, whole, sums] { #expect(notices(try open(x, encoding)) == []) }
    }

    @Test func scaledTimesAreTaken() throws {
        let x = (0..<40).map { "\(1_700_000_000 + $0)" }
        for scale in [Scale.standard, .minMax] {
            let dataset = try open(x, .numeric(scale: scale))
            #expect(notices(dataset) == [])
            guard case .dense(let numbers) = dataset.inputs else {
                Issue.record("the inputs are not dense")
                return
            }
            #expect(Set(numbers).count == 40)
        }
    }

    @Test func numbersThatAreRoundedByAShareOfTheirSpreadAreTold() throws {
        // Steps of 200 seconds keep apart in steps of 128.
        let notice = notices(try open((0..<10).map { "\(1_700_000_000 + 200 * $0)" }, .numeric(scale: .none)))
        #expect(notice.count == 1 && notice[0].hasPrefix("numbers in \"x\" are rounded in 32 bits by up to "), "\(notice)")
    }

    // MARK: - Constants

    /// 0.1 + 0.2 is not 0.3 in 64 bits: no scaler blows that up.
    @Test(arguments: [Scale.standard, .minMax])
    func aSpreadOfRoundingIsNone(scale: Scale) throws {
        let dataset = try open((0..<20).map { $0 % 2 == 0 ? "0.30000000000000004" : "0.3" }, .numeric(scale: scale))
        guard case .dense(let numbers) = dataset.inputs, case .numeric(_, let divisor, _)? = dataset.summary.fitted.first?.fit else {
            Issue.record("the column is not numeric")
            return
        }
        #expect(divisor == 1)
        #expect(numbers.allSatisfy { abs($0) < 1e-15 })
        #expect(notices(dataset) == [])
    }

    @Test func spreadsWhoseSquaresVanishAreScaled() throws {
        let dataset = try open((0..<20).map { "\(Double($0 % 5) * 1e-180)" }, .numeric(scale: .standard))
        guard case .dense(let numbers) = dataset.inputs else {
            Issue.record("the inputs are not dense")
            return
        }
        #expect(abs((numbers.max() ?? 0) - Float(2).squareRoot()) < 1e-6)
    }

    // MARK: - 64 bits

    @Test func wholeNumbersOfArraysAreExactCategories() throws {
        let keys: [Int64] = [1 << 60, 1 << 60 + 1, 1 << 60 + 2, -(1 << 60) - 1, -(1 << 60)]
        let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (5, 2), }"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count + 1), 0] + Array(header.utf8) + [0x0a]
        for (row, key) in keys.enumerated() {
            for number in [key, Int64(row)] { withUnsafeBytes(of: number.littleEndian) { bytes += Array($0) } }
        }
        let path = try folder.write(bytes, to: "d.npy")
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .numpy(path: path), inputs: InputSettings(columns: [.init(column: "column1", encoding: .oneHot())]),
                target: ColumnSettings(column: "column2", encoding: .numeric(scale: .none)), split: SplitSettings()))
        #expect(
            dataset.summary.featureNames == [
                "column1=-1152921504606846977", "column1=-1152921504606846976", "column1=1152921504606846976",
                "column1=1152921504606846977",
                "column1=1152921504606846978",
            ])
        let profile = try DatasetStore(folder: folder.path).profile(of: .numpy(path: path))
        #expect(profile.columns.map(\.distinctCount) == [5, 5])
    }
}
