import Reports
import Testing

@Suite struct ScaleTests {
    @Test(arguments: [
        ([0.45, 0.96], ["0.4", "0.6", "0.8", "1.0"]), ([0, 3.4], ["0", "1", "2", "3", "4"]),
        ([-0.094, 0.02], ["−0.10", "−0.08", "−0.06", "−0.04", "−0.02", "0.00", "0.02"]),
        ([1000, 5000], ["1,000", "2,000", "3,000", "4,000", "5,000"]), ([0.5], ["0.45", "0.50", "0.55"]),
        ([0, 0], ["−1.0", "−0.5", "0.0", "0.5", "1.0"]), ([], []), ([.nan, .infinity], []),
        ([1, .nan, 2], ["1.0", "1.5", "2.0"]),
    ]) func ticksAreRound(values: [Double], texts: [String]) {
        #expect(Scale.over(values, from: 0, to: 100, ticks: 4).ticks.map(\.text) == texts)
    }

    @Test func wideSpansOfPositiveValuesAreLogarithmic() {
        let scale = Scale.over([0.002, 50], from: 100, to: 0, ticks: 4, mayBeLogarithmic: true)
        #expect(scale.ticks.map(\.text) == ["0.001", "0.01", "0.1", "1", "10", "100"])
        #expect(scale.place(0.001) == 100 && scale.place(100) == 0)
        #expect(Scale.over([0, 50], from: 0, to: 1, ticks: 4, mayBeLogarithmic: true).kind == .linear)
    }

    @Test(arguments: [
        (1, 4, ["1"]), (2, 4, ["1", "2"]), (9, 4, ["1", "5", "9"]), (10, 4, ["1", "5", "10"]), (20, 4, ["1", "5", "10", "15", "20"]),
        (100, 4, ["1", "50", "100"]), (500, 6, ["1", "100", "200", "300", "400", "500"]), (71, 4, ["1", "20", "40", "60", "71"]),
    ]) func epochsAreWhole(count: Int, ticks: Int, texts: [String]) {
        #expect(Scale.epochs(count, from: 0, to: 100, ticks: ticks).ticks.map(\.text) == texts)
    }

    @Test func valuesArePlacedInProportion() {
        let scale = Scale.over([0, 10], from: 50, to: 150, ticks: 5)
        #expect(scale.place(0) == 50 && scale.place(10) == 150 && scale.place(5) == 100)
    }
}
