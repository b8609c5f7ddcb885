import Foundation
import Testing

/// What a network that is asked for its own inputs gives again of the rows of a table.
@Suite struct ReconstructionTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        let rows = (0..<60).map { "\(1000 + $0 * 7 % 60),\(1 + $0 % 4),\(["x", "z"][$0 % 2])\n" }
        try project.write("size,count,kind\n" + rows.joined(), to: "data/made.csv")
        try project.write(
            """
            title: A code of two numbers
            dataset: {csv: data/made.csv}
            inputs: {size: {encode: numeric, scale: standard}, count: {encode: numeric, scale: log}, kind: {encode: one-hot}}
            target: inputs
            split: {validation: {first: 12}}
            model: {autoencoder: {encoder: [], code: 3, output: linear}}
            training: {loss: mse, optimizer: {adam: {learning_rate: 0.05}}, epochs: 80, batch_size: 16}
            seeds: 2

            """, to: "experiments/code.yaml")
        #expect(try project.ablate("run", "code").status == 0)
    }

    private func cells(_ text: Substring) -> [String] { text.split(separator: " ").map(String.init) }

    @Test func columnsAreNamedAndInTheirOwnUnits() throws {
        let table = try project.ablate("predict", "code", "--csv", "data/made.csv")
        #expect(table.status == 0, "\(table.messages)")
        let lines = table.output.split(separator: "\n")
        #expect(
            lines[0].hasPrefix("code, baseline, mean of 2 runs: ")
                && cells(lines[1]) == ["row", "error", "size", "count", "kind=x", "kind=z"])
        #expect(lines.last == "  in the units of the table where numbers were scaled" && lines.count == 64)
        // Row 8 is 1049, 4, z.
        let numbers = cells(lines[9]).compactMap(Double.init)
        #expect(numbers.count == 6 && numbers[0] == 8)
        // The logarithm of a count is 1.4 at most.
        #expect(abs(numbers[2] - 1049) < 10 && numbers[3] > 1.6 && numbers[5] > numbers[4], "\(numbers)")
    }

    /// What is stored of validation rows and what new rows are asked for are one thing.
    @Test func errorsAreThoseOfStoredPredictions() throws {
        let stored = try project.ablate("predictions", "code", "--format", "csv")
        let lines = stored.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let titles = try #require(lines.first, "\(stored.messages)")
        #expect(
            titles.suffix(9) == ["error", "target size", "target count", "target kind=x", "target kind=z"]
                + ["size", "count", "kind=x", "kind=z"].map { "predicted \($0)" })
        let row = try #require(titles.firstIndex(of: "row"))
        let error = titles.count - 9
        let first = lines.dropFirst().filter { $0[row] == "1" }
        #expect(first.count == 2 && first.allSatisfy { $0[error + 1] == "1000" && $0[error + 2] == "1" })
        let mean = first.compactMap { Double($0[error]) }.reduce(0, +) / 2
        let asked = try project.ablate("predict", "code", "--row", "size=1000,count=1,kind=x", "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(asked.output.utf8)) as? [String: Any], "\(asked.messages)")
        let answer = try #require((json["predictions"] as? [[String: Any]])?.first)
        #expect(abs(try #require(answer["error"] as? Double) - mean) < 1e-6 * max(mean, 0.01))
        #expect(answer["error_deviation"] as? Double != nil)
    }

    @Test func aSingleRowIsToldColumnByColumn() throws {
        let one = try project.ablate("predict", "code", "--row", "size=1049,count=4,kind=z")
        let lines = one.output.split(separator: "\n")
        #expect(cells(lines[1]) == ["column", "given", "again", "±"] && lines.count == 8, "\(one.output)\(one.messages)")
        let size = cells(lines[2])
        #expect(size[0] == "size" && abs((Double(size[1]) ?? 0) - 1049) < 10)
    }

    /// Programs get both: what the network gives, as an exported model does, and the columns.
    @Test func programsGetTheNetworksNumbersAndTheColumns() throws {
        let result = try project.ablate("predict", "code", "--row", "size=1049,count=4,kind=z", "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.messages)")
        let answer = try #require((json["predictions"] as? [[String: Any]])?.first)
        let columns = try #require(answer["columns"] as? [String: Double])
        let values = try #require(answer["value"] as? [Double])
        #expect(columns.keys.sorted() == ["count", "kind=x", "kind=z", "size"] && values.count == 4)
        #expect(abs((columns["size"] ?? 0) - 1049) < 10 && abs(values[0]) < 3 && columns["kind=z"] == values[3])
        #expect((answer["column_deviations"] as? [String: Double])?.count == 4)
    }

    @Test func scalesAreTakenBackNumberByNumber() throws {
        let run = try #require(project.runs(of: "code").first)
        let result = try project.ablate("predict", run, "--row", "size=1049,count=4,kind=z", "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.messages)")
        let answer = try #require((json["predictions"] as? [[String: Any]])?.first)
        let columns = try #require(answer["columns"] as? [String: Double])
        let values = try #require(answer["value"] as? [Double])
        #expect(abs((columns["count"] ?? 0) - exp(values[1])) < 1e-9 && answer["column_deviations"] == nil)
    }
}
