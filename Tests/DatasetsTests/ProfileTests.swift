import Datasets
import Foundation
import Testing

/// What a table holds, and what could be made of it.
struct ProfileTests {
    private static let text: String = {
        let rows = (0..<120).map { row in
            "\(row + 1),\(4000 - row * 7),name \(row),\(row % 3 == 0 ? "red" : "blue"),\(row % 5 == 0 ? "" : "\(Double(row) / 4)"),1,\(row % 2)\n"
        }
        return "row,key,who,colour,size,same,y\n" + rows.joined()
    }()

    private static func profile(_ text: String = text) throws -> DatasetProfile {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).profile(
            of: .csv(path: try folder.write(text, to: "my.csv"), format: CSVFormat()))
    }

    @Test func tellsWhatColumnsHold() throws {
        let profile = try Self.profile()
        #expect(profile.rowCount == 120)
        #expect(
            profile.columns.map(\.kind) == [
                .rowNumbers, .numbers(low: 3167, high: 4000, mean: 3583.5, isWhole: true), .names, .categories,
                .numbers(low: 0.25, high: 29.75, mean: 15, isWhole: false), .numbers(low: 1, high: 1, mean: 1, isWhole: true),
                .numbers(low: 0, high: 1, mean: 0.5, isWhole: true),
            ])
        #expect(profile["size"]?.emptyCount == 24)
        #expect(profile["colour"]?.mostFrequent.map(\.text) == ["blue", "red"])
        #expect(profile["colour"]?.mostFrequent.map(\.count) == [80, 40])
    }

    @Test func suggestsEncodings() throws {
        let suggestion = try EncodingSuggestion(Self.profile())
        #expect(
            suggestion.inputs.columns == [
                .init(name: "colour", encoding: .oneHot()), .init(name: "size", encoding: .numeric(scale: .standard), missing: .mean),
            ])
        #expect(suggestion.dropped.map(\.column) == ["row", "key", "who", "same"])
        #expect(suggestion.target == TargetEncoding(column: "y", encoding: .label))
        #expect(suggestion.classCount == 2)
        let other = try EncodingSuggestion(Self.profile(), target: "size")
        #expect(other.target == TargetEncoding(column: "size", encoding: .numeric(scale: .standard), missing: .drop))
        #expect(other.classCount == nil)
        #expect(throws: DatasetError.noTarget(column: "who")) { try EncodingSuggestion(Self.profile(), target: "who") }
        #expect(throws: DatasetError.self) { try EncodingSuggestion(Self.profile(), target: "Y") }
    }

    @Test func suggestsATextWhereThereIsNothingElse() throws {
        let rows = (0..<30).map { "\($0 % 3 == 0 ? "spam" : "ham")\tthis is the message number \($0)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("kind\ttext\n" + rows.joined()), target: "kind")
        #expect(suggestion.inputs.columns == [.init(name: "text", encoding: .multiHot(vocabulary: 10_000))])
    }
}
