import Foundation
import Testing

/// Two networks that learn against each other on a plain table: what they made is in the report.
@Suite struct MadeRowsRunTests {
    private func cells(of report: String) -> [[String]] {
        report.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// Codes that are drawn for a variational autoencoder make as many rows as means need.
    @Test func rowsOfDrawnCodesAreEnoughForMeans() throws {
        let project = try SampleProject()
        try project.write(
            """
            title: Which rows lie behind the code?
            dataset: {csv: data/table.csv}
            inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: standard}}
            target: inputs
            split: {validation: {first: 12}}
            model: {autoencoder: {encoder: [dense: {units: 4, activation: relu}], code: {variational: {units: 2}}, output: linear}}
            training: {loss: mse, epochs: 2, batch_size: 16}
            seeds: 1

            """, to: "experiments/drawn.yaml")
        let run = try project.ablate("run", "drawn")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/drawn/report.md")
        #expect(report.contains("Columns of 1,000 rows that are made of drawn codes and of 48 train rows:"), "\(report)")
        #expect(cells(of: report).count { $0.first == "made of drawn codes" } == 8)
    }

    /// A pair that is told classes makes rows of each, which stand beside real ones with theirs.
    @Test func rowsMadeOfClassesSayWhichAsRealOnesDo() throws {
        let project = try SampleProject()
        try project.write(
            """
            title: Which rows does it make of each grade?
            dataset: {csv: data/table.csv}
            inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: standard}}
            target: inputs
            labels: grade
            split: {validation: {first: 12}}
            model:
              generator: {noise: 4, conditional: true, layers: [{dense: {units: 8, activation: tanh}}, {dense: {units: 2}}]}
              discriminator: {layers: [{dense: {units: 8, activation: relu}}, {dense: {units: 1}}]}
            training: {loss: non_saturating, epochs: 2, batch_size: 16}
            seeds: 1

            """, to: "experiments/pair.yaml")
        let run = try project.ablate("run", "pair")
        #expect(run.status == 0, "\(run.messages)")
        let cells = try cells(of: project.text("results/pair/report.md"))
        #expect(cells.contains(["rows", "class", "a", "b"]))
        #expect(cells.filter { $0.first == "generated" }.map { $0[1] }.prefix(4) == ["high", "low", "middle", "high"])
        // The rows that train are those behind the first twelve.
        let table = try project.text("data/table.csv").split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        let grade = try #require(table.first?.firstIndex(of: "grade"))
        #expect(cells.filter { $0.first == "train" }.map { $0[1] } == table[13..<21].map { $0[grade] })
    }

    @Test func madeRowsStandInTheTablesOwnUnits() throws {
        let project = try SampleProject()
        let rows = (0..<60).map { "\(1000 + $0 * 7 % 60),\($0 % 4),\(["x", "z"][$0 % 2])\n" }
        try project.write("size,count,kind\n" + rows.joined(), to: "data/made.csv")
        try project.write(
            """
            title: Which rows does it make?
            dataset: {csv: data/made.csv}
            inputs: {"size": {encode: numeric, scale: standard}, "count": {encode: numeric, scale: min-max}, kind: {encode: one-hot}}
            target: inputs
            split: {validation: {first: 12}}
            model:
              generator: {noise: 4, layers: [{dense: {units: 8, activation: tanh}}, {dense: {units: 4}}]}
              discriminator: {layers: [{dense: {units: 8, activation: relu}}, {dense: {units: 1}}]}
            training: {loss: non_saturating, epochs: 2, batch_size: 16}
            seeds: 1

            """, to: "experiments/pair.yaml")
        let run = try project.ablate("run", "pair")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/pair/report.md")
        #expect(report.contains("Rows that are generated beside train rows (seed 1), in the units of the table where numbers were scaled:"))
        let cells = cells(of: report)
        #expect(cells.count { $0.first == "generated" } == 8 && cells.count { $0.first == "train" } == 8)
        #expect(cells.contains(["rows", "size", "count", "kind=x", "kind=z"]))
        // The first row that trains is the thirteenth, as it stands in the file.
        let real = try #require(
            cells.first { $0.first == "train" }?.dropFirst().map { $0.replacing(",", with: "") }.compactMap(Double.init))
        #expect(real == [1024, 0, 1, 0])
        let spread = try #require(cells.first { $0.first == "size" && $0.count == 5 }?.dropFirst().map { $0.replacing(",", with: "") })
        #expect(spread.compactMap(Double.init).count == 4 && abs((Double(spread[1 + spread.startIndex]) ?? 0) - 1030) < 10, "\(spread)")
        #expect(report.contains("Columns of 1,000 rows that are generated and of 48 train rows:"))
        // The same bytes, when it is written anew.
        #expect(try project.ablate("report", "pair").status == 0)
        #expect(try project.text("results/pair/report.md") == report)
    }
}
