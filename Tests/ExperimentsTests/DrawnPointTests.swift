import Documents
import Experiments
import Foundation
import Testing

/// Points that are drawn: the same everywhere, a longer draw beginning with the shorter one, distributed as asked.
struct DrawnPointTests {
    /// The names and values of a draw over `training.optimizer.learning_rate`.
    private func drawn(_ distribution: String, points: Int, by mode: String = "random", seed: Int = 0, more: String = "") throws -> [(
        name: String, value: Double
    )] {
        let text = base + "sweep: {\(mode): {points: \(points), seed: \(seed), training.optimizer.learning_rate: \(distribution)\(more)}}\n"
        return try load(text).variants.filter { $0.origin == .sweep }.map { variant in
            let change = try #require(variant.changes.first { $0.path.hasSuffix("learning_rate") })
            return (variant.name, try #require(Double(change.text)))
        }
    }

    @Test(arguments: ["random", "quasi_random"])
    func aLongerDrawBeginsWithTheShorterOne(mode: String) throws {
        let few = try drawn("{log_uniform: [1e-4, 0.1]}", points: 200, by: mode)
        let many = try drawn("{log_uniform: [1e-4, 0.1]}", points: 400, by: mode)
        #expect(few.map(\.value) == Array(many.map(\.value).prefix(200)))
        #expect(few.map(\.name) == Array(many.map(\.name).prefix(200)))
        #expect(Set(many.map(\.name)).count == 400)
        let other = try drawn("{log_uniform: [1e-4, 0.1]}", points: 200, by: mode, seed: 1)
        #expect(Set(other.map(\.value)).intersection(few.map(\.value)).count < 10)
    }

    @Test(arguments: ["random", "quasi_random"])
    func anotherAxisLeavesTheOthersAsTheyWere(mode: String) throws {
        let alone = try drawn("{uniform: [0, 1]}", points: 50, by: mode)
        let beside = try drawn("{uniform: [0, 1]}", points: 50, by: mode, more: ", training.batch_size: {int_uniform: [1, 512]}")
        #expect(alone.map(\.value) == beside.map(\.value))
    }

    /// The first values, kept so that another machine, or a change of the program, shows.
    @Test func drawsAreTheSameEverywhere() throws {
        #expect(try drawn("{log_uniform: [1e-4, 0.1]}", points: 3).map(\.value) == Self.random)
        #expect(try drawn("{log_uniform: [1e-4, 0.1]}", points: 3, by: "quasi_random").map(\.value) == Self.quasiRandom)
    }

    private static let random = [0.00247521, 0.000209179, 0.0353666]
    private static let quasiRandom = [0.00484972, 0.000153361, 0.027272]

    /// Mean and quartiles of 2,000 points lie where the distribution has them, within 5 % of its width.
    @Test(arguments: [
        ("{uniform: [2, 6]}", 3.0, 4.0, 5.0, 2.0, 6.0), ("{log_uniform: [0.01, 100]}", 0.1, 1.0, 10.0, 0.01, 100.0),
        ("{int_uniform: [1, 9]}", 3.0, 5.0, 7.0, 1.0, 9.0), ("{int_log_uniform: [1, 1000]}", 4.0, 22.0, 150.0, 1.0, 1000.0),
        ("{normal: {mean: 10, standard_deviation: 2, low: 0}}", 8.651, 10.0, 11.349, 0.0, 20.0),
        ("{normal: {mean: 0, standard_deviation: 1, low: 0, high: 8}}", 0.3186, 0.6745, 1.1503, 0.0, 8.0),
        ("{log_normal: [-3, 1]}", 0.02536, 0.04979, 0.09773, 0.0, 10.0),
        ("{log_normal: {mean: -3, standard_deviation: 1}}", 0.02536, 0.04979, 0.09773, 0.0, 10.0),
        ("[1, 2, 3, 4]", 1.5, 2.5, 3.5, 1.0, 4.0),
    ])
    func quartiles(distribution: String, lower: Double, median: Double, upper: Double, low: Double, high: Double) throws {
        for mode in ["random", "quasi_random"] {
            // A second axis keeps points with one value of the first from being one trial.
            let values = try drawn(distribution, points: 2000, by: mode, more: ", training.optimizer.epsilon: {uniform: [0.1, 0.9]}")
                .map(\.value).sorted()
            #expect(values.count > 1990)
            #expect((values.first ?? -1) >= low && (values.last ?? 1e9) <= high)
            for (share, expected) in [(0.25, lower), (0.5, median), (0.75, upper)] {
                let below = Double(values.count { $0 < expected }) / Double(values.count)
                let upTo = Double(values.count { $0 <= expected }) / Double(values.count)
                let slack = mode == "random" ? 0.035 : 0.012
                #expect(
                    below <= share + slack && upTo >= share - slack,
                    "\(mode) \(distribution): \(below) to \(upTo) lie below \(expected), \(share) should")
            }
        }
    }

    @Test func quasiRandomPointsFillEveryCell() throws {
        // 36 points in bases 2 and 3: one in each of 4 x 9 cells.
        let text =
            base
            + "sweep: {quasi_random: {points: 36, training.optimizer.learning_rate: {uniform: [0, 1]}, training.optimizer.epsilon: {uniform: [0, 1]}}}\n"
        let cells = try load(text).variants.dropFirst().map { variant -> Int in
            let values = variant.changes.compactMap { Double($0.text) }
            return Int(values[0] * 4) * 9 + Int(values[1] * 9)
        }
        #expect(Set(cells).count == 36)
    }

    @Test func choicesAreEvenAndMayBeFragments() throws {
        let text =
            perceptron
            + "sweep: {random: {points: 600, training.optimizer: {choice: [sgd, {adam: {beta_1: 0.5}}]}, training.optimizer.learning_rate: {uniform: [0.001, 1]}}}\n"
        let experiment = try load(text)
        let adam = experiment.variants.count { $0.changes.first?.text.hasPrefix("{adam") == true }
        #expect((250...350).contains(adam))
    }

    @Test func namesOfDrawnNumbersAreRoundedAsFarAsTheyDiffer() throws {
        let names = try drawn("{uniform: [0.5, 0.5001]}", points: 40).map(\.name)
        #expect(Set(names).count == 40)
        #expect(names.filter { $0 == "learning-rate-0-5" }.count == 1)
        #expect(names.allSatisfy { $0.count <= 26 }, "\(names)")
    }
}
