import Foundation
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine
import TestSupport
import Testing

/// Restricted Boltzmann machines: one update worked out from given draws, the likelihood, and what scikit-learn makes of the same rows.
@Suite struct BoltzmannMachineTests {
    /// A machine in Double, as plainly as can be.
    struct PlainMachine {
        var kernel: [[Double]]
        var bias: [Double]
        var visibleBias: [Double]
        var isGaussian = false

        func sums(_ v: [Double]) -> [Double] {
            bias.indices.map { unit in bias[unit] + v.indices.reduce(0) { $0 + v[$1] * kernel[$1][unit] } }
        }

        func hidden(_ v: [Double]) -> [Double] { sums(v).map { 1 / (1 + exp(-$0)) } }

        func visible(_ h: [Double]) -> [Double] {
            visibleBias.indices.map { place in
                let sum = visibleBias[place] + h.indices.reduce(0) { $0 + h[$1] * kernel[place][$1] }
                return isGaussian ? sum : 1 / (1 + exp(-sum))
            }
        }

        func freeEnergy(_ v: [Double]) -> Double {
            let outside = zip(v, visibleBias).reduce(0) { $0 + (isGaussian ? ($1.0 - $1.1) * ($1.0 - $1.1) / 2 : -$1.0 * $1.1) }
            return outside - sums(v).reduce(0) { $0 + log(1 + exp($1)) }
        }

        /// All its numbers in a row.
        var numbers: [Double] {
            get { kernel.flatMap(\.self) + bias + visibleBias }
            set {
                let (visible, hidden) = (visibleBias.count, bias.count)
                kernel = (0..<visible).map { Array(newValue[$0 * hidden..<($0 + 1) * hidden]) }
                bias = Array(newValue[visible * hidden..<(visible + 1) * hidden])
                visibleBias = Array(newValue[((visible + 1) * hidden)...])
            }
        }

        /// Those of a store.
        init(_ machine: BoltzmannMachine, in store: ParameterStore) throws {
            let (visible, hidden) = (machine.visibleUnits, machine.hiddenUnits)
            isGaussian = machine.visible == .gaussian
            let kernel = try store.elements(machine.kernel, [visible, hidden]).map(Double.init)
            self.kernel = (0..<visible).map { Array(kernel[$0 * hidden..<($0 + 1) * hidden]) }
            bias = try store.elements(machine.bias, [hidden]).map(Double.init)
            visibleBias = try store.elements(machine.visibleBias, [visible]).map(Double.init)
        }
    }

    /// Numbers of a step's draw.
    private func draws(_ count: Int, _ name: String, step: Int) -> [Double] {
        var stream = RandomStream(seed: 3, stream: .gibbs, path: "machine/" + name, step: step)
        return (0..<count).map { _ in Double(stream.nextUInt32() >> 9) / 8_388_608 }
    }

    private func on(_ probabilities: [[Double]], _ name: String, step: Int) -> [[Double]] {
        let width = probabilities[0].count
        let draws = draws(probabilities.count * width, name, step: step)
        return probabilities.enumerated().map { row, p in p.indices.map { draws[row * width + $0] < p[$0] ? 1 : 0 } }
    }

    /// Normal numbers around means, by Box and Muller's formula: of thirty-two words sixteen for the radius, sixteen for the angle.
    private func around(_ means: [[Double]], _ name: String, step: Int) -> [[Double]] {
        let width = means[0].count
        var stream = RandomStream(seed: 3, stream: .dropout, path: "machine/" + name, step: step)
        var numbers: [Double] = []
        while numbers.count < means.count * width {
            let words = (0..<32).map { _ in Double(stream.nextUInt32() >> 8) / 16_777_216 }
            numbers += (0..<16).map { (-2 * log(1 - words[$0])).squareRoot() * cos(2 * .pi * words[16 + $0]) }
            numbers += (0..<16).map { (-2 * log(1 - words[$0])).squareRoot() * sin(2 * .pi * words[16 + $0]) }
        }
        return means.enumerated().map { row, mean in mean.indices.map { mean[$0] + numbers[row * width + $0] } }
    }

    /// A machine on rows, and the programs that train it.
    private func machine(
        _ rows: [[Float]], hidden: Int, _ contrast: ContrastiveDivergenceSettings, visible: RBMSettings.Visible = .bernoulli,
        penalty: PenaltySettings? = nil, rate: Double = 0.1, momentum: Double = 0, chains: Int? = nil, deviation: Double = 0.5,
        seed: Int = 3,
        isJudged: Bool = false, fusing: Bool = true
    ) throws -> ContrastivePrograms {
        let width = rows[0].count
        let layer = RBMSettings(
            units: hidden, visible: visible, kernelInitializer: .normal(mean: 0, standardDeviation: deviation), kernelRegularizer: penalty)
        let network = try Network([.init("machine", layer)], input: .dense([width]))
        let store = ParameterStore()
        try network.initialize(store, seed: seed)
        let bits: TokenTable? = isJudged ? .holding(rows.flatMap { _ in (0..<width).map { Int32($0) } }, length: width) : nil
        return try ContrastivePrograms(
            try #require(BoltzmannMachine(network)), store: store, contrast: contrast,
            optimizer: .sgd(SGDSettings(learningRate: .constant(rate), momentum: momentum)),
            inputs: .dense(.holding(rows.flatMap(\.self), columns: width)), bits: bits, chains: chains ?? rows.count, seed: seed,
            fusing: fusing)
    }

    private func train(_ programs: ContrastivePrograms, on rows: Range<Int32>) throws {
        try Array(rows).withUnsafeBufferPointer { try programs.train(on: $0) }
    }

    /// A way to run chains.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let contrast: ContrastiveDivergenceSettings
        var visible = RBMSettings.Visible.bernoulli
        var penalty: PenaltySettings?
        var chains = 5
    }

    static let ways = [
        Way(testDescription: "one step", contrast: .init()),
        Way(testDescription: "three steps", contrast: .init(steps: 3)),
        Way(testDescription: "drawn visible states", contrast: .init(steps: 2, visible: .states)),
        Way(testDescription: "persistent", contrast: .init(persistent: true)),
        Way(
            testDescription: "persistent, other chains than rows", contrast: .init(steps: 2, persistent: true, visible: .states), chains: 7),
        Way(testDescription: "sparse", contrast: .init(sparsity: .init(target: 0.1, weight: 0.5))),
        Way(testDescription: "decay", contrast: .init(), penalty: PenaltySettings(l2: 0.01)),
        Way(testDescription: "numbers", contrast: .init(steps: 2), visible: .gaussian),
        Way(testDescription: "drawn numbers", contrast: .init(steps: 2, visible: .states), visible: .gaussian),
    ]

    /// Two updates, from the draws of their streams: each is -η times the slope of mean F(v) - mean F(v′), v′ held fixed, found by central differences, with
    /// the penalties.
    @Test(arguments: ways, [true, false])
    func updatesFollowTheFreeEnergies(_ way: Way, fusing: Bool) throws {
        var numbers = SeededNumbers(seed: 9)
        let rows = (0..<5).map { _ in
            numbers.numbers(4, in: -1...1).map { Float(way.visible == .gaussian ? $0 : $0 > 0 ? 1 : 0) }
        }
        let programs = try machine(
            rows, hidden: 3, way.contrast, visible: way.visible, penalty: way.penalty, chains: way.chains, fusing: fusing)
        var chains = [[Double]](repeating: [0, 0, 0], count: way.chains)
        for step in 1...2 {
            let before = try PlainMachine(programs.machine, in: programs.store)
            let data = rows.map { $0.map(Double.init) }
            var states = way.contrast.persistent ? chains : on(data.map(before.hidden), "hidden", step: step)
            var visible = data
            for turn in 1...way.contrast.steps {
                visible = states.map(before.visible)
                if way.contrast.visible == .states {
                    visible =
                        way.visible == .gaussian
                        ? around(visible, "visible_\(turn)", step: step) : on(visible, "visible_\(turn)", step: step)
                }
                if turn < way.contrast.steps || way.contrast.persistent {
                    states = on(visible.map(before.hidden), "hidden_\(turn)", step: step)
                }
            }
            chains = states
            func loss(_ numbers: [Double]) -> Double {
                var machine = before
                machine.numbers = numbers
                func mean(_ rows: [[Double]]) -> Double { rows.reduce(0) { $0 + machine.freeEnergy($1) } / Double(rows.count) }
                var loss = mean(data) - mean(visible)
                if let sparsity = way.contrast.sparsity {
                    let hidden = data.map(machine.hidden)
                    for unit in 0..<3 {
                        let away = hidden.reduce(0) { $0 + $1[unit] } / Double(hidden.count) - sparsity.target
                        loss += sparsity.weight * away * away
                    }
                }
                return loss + (way.penalty?.l2 ?? 0) * machine.kernel.flatMap(\.self).reduce(0) { $0 + $1 * $1 }
            }
            try train(programs, on: 0..<5)
            let after = try PlainMachine(programs.machine, in: programs.store).numbers
            for place in after.indices {
                var (low, high) = (before.numbers, before.numbers)
                low[place] -= 1e-5
                high[place] += 1e-5
                let expected = before.numbers[place] - 0.1 * (loss(high) - loss(low)) / 2e-5
                #expect(abs(after[place] - expected) < 1e-6, "\(place) in step \(step)")
            }
        }
    }

    /// With momentum μ the second update goes on with the first.
    @Test func momentumGoesOn() throws {
        let rows: [[Float]] = [[1, 0, 1], [0, 0, 1]]
        let (plain, moved) = (
            try machine(rows, hidden: 2, .init(), momentum: 0), try machine(rows, hidden: 2, .init(), momentum: 0.5)
        )
        let start = try PlainMachine(plain.machine, in: plain.store).numbers
        for programs in [plain, moved] { try train(programs, on: 0..<2) }
        let first = try PlainMachine(plain.machine, in: plain.store).numbers
        #expect(try PlainMachine(moved.machine, in: moved.store).numbers == first)
        for programs in [plain, moved] { try train(programs, on: 0..<2) }
        let second = try PlainMachine(plain.machine, in: plain.store).numbers
        for (place, number) in try PlainMachine(moved.machine, in: moved.store).numbers.enumerated() {
            #expect(abs(number - second[place] - 0.5 * (first[place] - start[place])) < 1e-6)
        }
    }

    // MARK: - Likelihood

    private static let stripes: [[Float]] = (0..<14).map { number in
        let (bits, isStanding) = (number / 2 + 1, number % 2 == 0)
        return (0..<9).map { Float(bits >> (isStanding ? $0 % 3 : $0 / 3) & 1) }
    }

    private func judge(_ programs: ContrastivePrograms, rows: Int) throws -> (energies: [Double], bits: [Double]) {
        try (0..<Int32(rows)).map { $0 }.withUnsafeBufferPointer {
            let judged = try programs.judge($0)
            return (judged.freeEnergies.map(Double.init), judged.bitLikelihoods?.map(Double.init) ?? [])
        }
    }

    /// The probabilities of all states of nine units are 1 together.
    @Test func probabilitiesAddUpToOne() throws {
        let rows: [[Float]] = (0..<512).map { state in (0..<9).map { Float(state >> $0 & 1) } }
        let programs = try machine(rows, hidden: 12, .init(), isJudged: true)
        let partition = try HiddenStateSum(programs.machine, in: programs.store).logarithm()
        let (energies, bits) = try judge(programs, rows: 512)
        #expect(abs(energies.reduce(0) { $0 + exp(-$1 - partition) } - 1) < 1e-4)
        // And from them follow those of each bit given the others.
        for state in [0, 37, 300, 511] {
            let expected = (0..<9).reduce(0) { $0 - log(1 + exp(energies[state] - energies[state ^ 1 << $1])) } / 9
            #expect(abs(bits[state] - expected) < 1e-5)
        }
    }

    /// Of numbers: the density over a fine grid.
    @Test func densitiesAddUpToOne() throws {
        let places = (0..<80).map { Float($0) * 0.2 - 8 }
        let rows = places.flatMap { x in places.map { [x, $0] } }
        let programs = try machine(rows, hidden: 3, .init(), visible: .gaussian)
        let partition = try HiddenStateSum(programs.machine, in: programs.store).logarithm()
        let energies = try judge(programs, rows: rows.count).energies
        #expect(abs(energies.reduce(0) { $0 + exp(-$1 - partition) } * 0.04 - 1) < 1e-4)
    }

    @Test func sumsOverTooManyStatesAreRefused() throws {
        let programs = try machine([[1, 0]], hidden: 21, .init())
        #expect(throws: ShapeError.self) { try HiddenStateSum(programs.machine, in: programs.store) }
    }

    /// Bars and stripes on three by three points become likelier, ever so.
    @Test(arguments: [
        ContrastiveDivergenceSettings(), .init(steps: 10), .init(persistent: true), .init(visible: .states),
    ])
    func contrastiveDivergenceRaisesTheLikelihood(_ contrast: ContrastiveDivergenceSettings) throws {
        let programs = try machine(Self.stripes, hidden: 8, contrast, rate: 0.1, deviation: 0.01)
        let sum = try HiddenStateSum(programs.machine, in: programs.store)
        func likelihood() throws -> Double {
            let partition = try sum.logarithm()
            return try judge(programs, rows: 14).energies.reduce(0) { $0 - $1 - partition } / 14
        }
        var seen = [try likelihood()]
        // All states are equally likely at first, but for the small weights.
        #expect(abs(seen[0] + 9 * log(2)) < 0.01)
        for _ in 1...4 {
            for _ in 1...500 { try train(programs, on: 0..<14) }
            seen.append(try likelihood())
        }
        #expect(seen[1] > seen[0] && seen[2] > seen[1] && seen[4] > seen[0] + 1.5, "\(seen)")
    }

    /// Chains that run long make each state as often as its probability says.
    @Test func generatedExamplesFollowTheLikelihood() throws {
        let rows: [[Float]] = (0..<8).map { state in (0..<3).map { Float(state >> $0 & 1) } }
        let programs = try machine(rows, hidden: 2, .init(), deviation: 1.5)
        let partition = try HiddenStateSum(programs.machine, in: programs.store).logarithm()
        let probabilities = try judge(programs, rows: 8).energies.map { exp(-$0 - partition) }
        let means = try programs.generated(20_000, steps: 50)
        for unit in 0..<3 {
            let expected = (0..<8).reduce(0) { $0 + (($1 >> unit & 1) == 1 ? probabilities[$1] : 0) }
            let found = (0..<20_000).reduce(0) { $0 + Double(means[$1 * 3 + unit]) } / 20_000
            #expect(abs(found - expected) < 0.015, "\(found) and \(expected)")
        }
    }

    // MARK: - scikit-learn

    private struct Peer: Decodable {
        let hidden: Int
        let batch: Int
        let rate: Double
        let epochs: Int
        let rows: [String]
        let pseudoLikelihood: [Double]
    }

    /// The pseudo-likelihood that BernoulliRBM reaches, within its spread over seeds; see make_rbm.py.
    @Test func likelihoodsAreThoseOfAnotherLibrary() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/rbm.json")
        let peer = try decoder.decode(Peer.self, from: Data(contentsOf: file))
        let rows = peer.rows.map { $0.map { $0 == "1" ? Float(1) : 0 } }
        let found = try (1...10).map { seed in
            let programs = try machine(
                rows, hidden: peer.hidden, .init(persistent: true, visible: .states), rate: peer.rate, chains: peer.batch, deviation: 0.01,
                seed: seed, isJudged: true)
            for _ in 1...peer.epochs {
                for first in stride(from: 0, to: rows.count, by: peer.batch) {
                    try train(programs, on: Int32(first)..<Int32(first + peer.batch))
                }
            }
            return try judge(programs, rows: rows.count).bits.reduce(0, +) / Double(rows.count) * 16
        }
        func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
        let (theirs, ours) = (mean(peer.pseudoLikelihood), mean(found))
        let spread = mean(peer.pseudoLikelihood.map { ($0 - theirs) * ($0 - theirs) }).squareRoot()
        #expect(abs(ours - theirs) < 3 * spread * (1.0 / 10 + 1.0 / 20).squareRoot(), "\(ours) and \(theirs), deviation \(spread)")
    }
}
