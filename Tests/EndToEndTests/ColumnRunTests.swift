import Foundation
import Testing

/// Columns of many kinds, from the table to the answer, by the command line.
@Suite struct ColumnRunTests {
    private let project: SampleProject
    private static let validating = 20

    init() throws {
        project = try SampleProject()
    }

    /// Houses sold, with prices from about 100,000 to 900,000.
    private static let rows = (0..<100).map { row in
        let area = 40 + (row * 37) % 90
        let sold = "\(row % 28 + 1)/\(row % 12 + 1)/\(2019 + row % 3)"
        return (
            cells: "\(sold);\(["S", "M", "L"][row % 3]);\(row % 2 == 0 ? "yes" : "No");\(row % 7 == 0 ? "" : "\(area)");\(row % 10).5 %",
            price: Double(area) * 4_000 * (1 + Double(row % 3) / 2) + 1_000
        )
    }

    private func experiment(_ scale: String) throws {
        let table = Self.rows.map { "\($0.cells);$\($0.price)\n" }.joined()
        try project.write("sold;size;garden;area;rate;price\n" + table, to: "data/houses.csv")
        try project.write(
            """
            title: What does a house cost?
            dataset: {csv: data/houses.csv}
            inputs:
              sold: {encode: date, cyclic: [month], since: 2019-01-01, scale: standard}
              size: {encode: ordinal, order: [S, M, L]}
              garden: {encode: yes-no}
              area: {encode: numeric, scale: {log: standard}, missing: {fill: median, indicator: true}}
              rate: {encode: numeric, scale: robust}
            target: {price: {encode: numeric, scale: \(scale)}}
            split: {validation: {first: \(Self.validating)}}
            model: {mlp: {hidden: [6], activation: tanh, output: linear}}
            training: {loss: mse, optimizer: {adam: {learning_rate: 0.01}}, epochs: 4, metrics: [mae, rmse, r2, mape]}
            seeds: 1
            baselines: [mean]

            """, to: "experiments/houses.yaml")
    }

    /// What figures say of the validation rows is what the answers for these rows say.
    @Test(arguments: ["standard", "min-max", "robust", "log1p", "{log: standard}", "{divide_by: 1000}"])
    func aScaledTargetIsToldInItsOwnUnit(scale: String) throws {
        try experiment(scale)
        let run = try project.ablate("run", "houses")
        #expect(run.status == 0, "\(run.messages)")
        let asked = Self.rows.prefix(Self.validating)
        try project.write("sold;size;garden;area;rate\n" + asked.map { $0.cells + "\n" }.joined(), to: "new.csv")
        let answers = try project.ablate("predict", "houses", "--csv", "new.csv", "--json")
        #expect(answers.status == 0, "\(answers.messages)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answers.output.utf8)) as? [String: Any])
        let values = try #require(json["predictions"] as? [[String: Double]]).compactMap { $0["value"] }
        try #require(values.count == Self.validating)
        let errors = zip(values, asked).map { $0 - $1.price }
        let prices = asked.map(\.price)
        let mean = prices.reduce(0, +) / Double(prices.count)
        func average(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
        let expected = [
            "val_mae": average(errors.map(abs)), "val_rmse": average(errors.map { $0 * $0 }).squareRoot(),
            "val_r2": 1 - average(errors.map { $0 * $0 }) / average(prices.map { ($0 - mean) * ($0 - mean) }),
            "val_mape": average(zip(errors, prices).map { abs($0) / $1 }),
        ]
        let table = try project.ablate("list", "houses", "--columns", expected.keys.sorted().joined(separator: ","), "--format", "csv")
        let lines = table.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        try #require(lines.count == 2, "\(table.output) \(table.messages)")
        for (name, figure) in expected {
            let place = try #require(lines[0].firstIndex(of: name))
            let found = try #require(Double(lines[1][place]))
            #expect(abs(found - figure) <= 1e-4 * max(abs(figure), 1), "\(name): \(found), the answers say \(figure)")
        }
    }

    /// Each encoder reads further rows, and says what it does not know.
    @Test func answersTellWhatIsNoValueOfAColumn() throws {
        try experiment("{log: standard}")
        #expect(try project.ablate("run", "houses").status == 0)
        let typed = try project.ablate("predict", "houses", "--row", "sold=13/4/2020,size=L,garden=T,area=,rate=3 %")
        #expect(typed.status == 0, "\(typed.messages)")
        for (row, problem) in [
            ("sold=31/2/2020,size=L,garden=T,area=50,rate=3 %", "there is no day 31 of February 2020"),
            ("sold=13/4/2020,size=XL,garden=T,area=50,rate=3 %", "a category of its order was expected"),
            ("sold=13/4/2020,size=L,garden=maybe,area=50,rate=3 %", "yes or no was expected"),
            ("sold=13/4/2020,size=L,garden=T,area=0,rate=3 %", "whose scale log takes numbers above 0"),
            ("sold=13/4/2020,size=L,garden=T,area=50,rate=$3", "whose other cells have the sign %"),
        ] {
            let answer = try project.ablate("predict", "houses", "--row", row)
            #expect(answer.status == 2 && answer.messages.contains(problem), "\(row): \(answer.messages)")
        }
    }

    @Test func initSuggestsWhatColumnsAreByTheirLooks() throws {
        let table = Self.rows.map { "\($0.cells);$\($0.price)\n" }.joined()
        try project.write("sold;size;garden;area;rate;price\n" + table, to: "data/houses.csv")
        let made = try project.ablate("init", "data/houses.csv", "-o", "experiments/houses.yaml")
        #expect(made.status == 0, "\(made.messages)")
        let text = try project.text("experiments/houses.yaml")
        #expect(text.contains("sold: {encode: date, cyclic: [month, weekday], since: \"2019-01-01\", scale: standard}"))
        #expect(text.contains("garden: {encode: yes-no}") && text.contains("rate: {encode: numeric, scale: standard}"))
        #expect(text.contains("price: {encode: numeric, scale: standard}"))
        #expect(try project.ablate("validate", "houses").status == 0)
    }
}
