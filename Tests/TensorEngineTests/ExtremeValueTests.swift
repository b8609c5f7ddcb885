import Foundation
import TensorEngine
import TestSupport
import Testing

/// Numbers at the ends of what 32 bits hold, and what is not a number.
@Suite struct ExtremeValueTests {
    static let extremes: [Float] = [-.infinity, -1e30, -1e4, -100, -88, -87.4, -1e-30, 0, 1e-30, 87.4, 88, 100, 1e4, 1e30, .infinity]

    private func apply(_ x: [Float], _ build: (inout Graph, Value) throws -> Value) throws -> [Float] {
        var graph = Graph()
        let input = try graph.parameter("x", [x.count])
        let y = try build(&graph, input)
        let store = ParameterStore()
        _ = try store.declare("x", [x.count]).update(fromContentsOf: x)
        let program = try Program.compile(graph, outputs: [y], parameters: store)
        program.run()
        return Array(program.output(0))
    }

    @Test func sigmoidSaturates() throws {
        for (x, y) in try paired(Self.extremes, try apply(Self.extremes) { graph, x in try graph.sigmoid(x) }) {
            #expect(abs(Double(y) - 1 / (1 + exp(-Double(x)))) < 1e-7, "sigmoid(\(x)) = \(y)")
        }
    }

    @Test func tanhSaturates() throws {
        for (x, y) in try paired(Self.extremes, try apply(Self.extremes) { graph, x in try graph.tanh(x) }) {
            #expect(abs(Double(y) - tanh(Double(x))) < 2e-7, "tanh(\(x)) = \(y)")
        }
    }

    @Test func sigmoidCrossEntropyGrowsWithTheLogit() throws {
        let finite = Self.extremes.filter(\.isFinite)
        for target: Float in [0, 1, 0.25] {
            let losses = try apply(finite) { graph, x in try graph.sigmoidCrossEntropy(logits: x, targets: graph.constant(target)) }
            for (z, loss) in try paired(finite.map(Double.init), losses) {
                let expected = max(z, 0) - z * Double(target) + log1p(exp(-abs(z)))
                #expect(abs(Double(loss) - expected) <= 1e-6 * max(1, abs(expected)), "logit \(z), target \(target): \(loss)")
            }
        }
    }

    /// A sure and right answer has a small loss, not none, and not the rounding of its logit.
    @Test func sigmoidCrossEntropyKeepsSmallLosses() throws {
        let sizes: [Float] = [0.1, 1, 5, 12.3, 20.7, 40, 80]
        for target: Float in [0, 1] {
            let logits = sizes.map { target == 1 ? $0 : -$0 }
            let losses = try apply(logits) { graph, x in try graph.sigmoidCrossEntropy(logits: x, targets: graph.constant(target)) }
            for (size, loss) in try paired(sizes, losses) {
                let expected = log1p(exp(-Double(size)))
                #expect(abs(Double(loss) - expected) <= 1e-6 * expected, "logit \(size), target \(target): \(loss)")
            }
        }
    }

    /// The same of several classes, in a vector's tail or beyond a whole one, with the sure label anywhere.
    @Test(arguments: [2, 10, 16, 46])
    func softmaxCrossEntropyKeepsSmallLosses(classes: Int) throws {
        for (row, size) in ([0.1, 1, 5, 12.3, 20.7, 40, 80] as [Float]).enumerated() {
            let label = (row * 7) % classes
            let values = (0..<classes).map { Float($0 % 3) + ($0 == label ? size + 30 - Float($0 % 3) : 28) }
            var graph = Graph()
            let z = try graph.parameter("z", [1, classes])
            let loss = try graph.softmaxCrossEntropy(logits: z, labels: graph.gather(.holding([Int32(label)]), graph.batchRows(1)))
            let store = ParameterStore()
            _ = try store.declare("z", [1, classes]).update(fromContentsOf: values)
            let program = try Program.compile(graph, outputs: [loss], parameters: store)
            program.run(rows: [0])
            let own = Double(values[label])
            let expected = log1p(values.indices.filter { $0 != label }.reduce(0) { $0 + exp(Double(values[$1]) - own) })
            #expect(abs(Double(program.output(0)[0]) - expected) <= 1e-6 * expected, "\(classes) classes, logit \(size)")
        }
    }

    @Test(arguments: [100, 1e4, 1e30] as [Float])
    func softmaxOfDistantLogits(size: Float) throws {
        #expect(try apply([-size, size, 0]) { graph, x in try graph.softmax(x) }.map { $0 > 1e-30 ? $0 : 0 } == [0, 1, 0])
        let equal = try apply([size, size]) { graph, x in try graph.softmax(x) }
        #expect(equal == [0.5, 0.5])
        #expect(try apply([-size, -size]) { graph, x in try graph.logSoftmax(x) }.allSatisfy { abs($0 + Float(log(2.0))) < 1e-6 })
    }

    @Test(arguments: [100, 1e4, 1e30] as [Float])
    func softmaxCrossEntropyOfDistantLogits(size: Float) throws {
        var graph = Graph()
        let z = try graph.parameter("z", [2, 3])
        let loss = try graph.softmaxCrossEntropy(logits: z, labels: graph.gather(.holding([0, 1]), graph.batchRows(2)))
        let gradient = try graph.gradients(of: graph.sum(loss), for: [z])[0]
        let store = ParameterStore()
        _ = try store.declare("z", [2, 3]).update(fromContentsOf: [-size, size, 0, -size, size, 0])
        let program = try Program.compile(graph, outputs: [loss, gradient], parameters: store)
        program.run(rows: [0, 1])
        #expect(abs(program.output(0)[0] - 2 * size) <= 1e-6 * size)
        // Powers are held at e^-87.3, the smallest that stays normal.
        #expect(program.output(0)[1] < 1e-37)
        let expected: [Float] = [-1, 1, 0, 0, 0, 0]
        for (found, wanted) in try paired(program.output(1), expected) { #expect(abs(found - wanted) < 1e-6) }
    }

    @Test func logarithmsOfTheEnds() throws {
        let found = try apply([0, -1, .infinity, 1, .leastNormalMagnitude, .greatestFiniteMagnitude]) { graph, x in try graph.logarithm(x) }
        #expect(found[0] == -.infinity && found[1].isNaN && found[2] == .infinity && found[3] == 0)
        #expect(abs(found[4] - log(Float.leastNormalMagnitude)) < 1e-5)
        #expect(abs(found[5] - log(Float.greatestFiniteMagnitude)) < 1e-5)
    }

    static let functions: [(String, @Sendable (inout Graph, Value) throws -> Value)] = [
        ("relu", { graph, x in try graph.relu(x) }), ("sigmoid", { graph, x in try graph.sigmoid(x) }),
        ("tanh", { graph, x in try graph.tanh(x) }), ("square", { graph, x in try graph.square(x) }),
        ("absolute", { graph, x in try graph.absolute(x) }), ("exponential", { graph, x in try graph.exponential(x) }),
        ("logarithm", { graph, x in try graph.logarithm(x) }), ("softmax", { graph, x in try graph.softmax(x) }),
        ("log softmax", { graph, x in try graph.logSoftmax(x) }), ("clip", { graph, x in try graph.clipProbability(x, low: 1e-7) }),
        ("maximum, first", { graph, x in try graph.maximum(x, graph.constant(0)) }),
        ("maximum, second", { graph, x in try graph.maximum(graph.constant(0), x) }),
        ("sigmoid cross-entropy", { graph, x in try graph.sigmoidCrossEntropy(logits: x, targets: graph.constant(1)) }),
        ("leaky relu", { graph, x in try graph.leakyRelu(x, slope: 0.2) }), ("elu", { graph, x in try graph.elu(x) }),
        ("selu", { graph, x in try graph.selu(x) }), ("gelu", { graph, x in try graph.gelu(x) }),
        ("silu", { graph, x in try graph.silu(x) }), ("softplus", { graph, x in try graph.softplus(x) }),
        ("huber", { graph, x in try graph.huber(x, delta: 1) }), ("clip magnitude", { graph, x in try graph.clipMagnitude(x, limit: 1) }),
        ("square root", { graph, x in try graph.squareRoot(x) }),
        ("sum", { graph, x in try graph.sum(x) }),
    ]

    /// Wherever it stands, in whatever sign, and in a whole vector or its tail.
    @Test(arguments: functions.indices)
    func notANumberIsHandedOn(functionIndex: Int) throws {
        let (name, function) = Self.functions[functionIndex]
        for count in [1, 3, 16, 19, 40] {
            for place in [0, count / 2, count - 1] {
                for bad in [Float.nan, -Float.nan] {
                    var x = (0..<count).map { Float($0) * 0.1 + 0.1 }
                    x[place] = bad
                    let y = try apply(x, function)
                    #expect(y.contains { $0.isNaN }, "\(name) of \(count) numbers with \(bad) at \(place)")
                }
            }
        }
    }

    @Test func notANumberAmongLogitsReachesTheLossAndTheGradient() throws {
        for place in [0, 2, 45] {
            var graph = Graph()
            let z = try graph.parameter("z", [2, 46])
            let losses = try graph.softmaxCrossEntropy(logits: z, labels: graph.gather(.holding([7, 9]), graph.batchRows(2)))
            let loss = try graph.mean(losses)
            let gradient = try graph.gradients(of: loss, for: [z])[0]
            let store = ParameterStore()
            try store.declare("z", [2, 46])[46 + place] = .nan
            let program = try Program.compile(graph, outputs: [loss, gradient], parameters: store)
            program.run(rows: [0, 1])
            #expect(program.output(0)[0].isNaN)
            #expect(program.output(1)[46...].allSatisfy { $0.isNaN })
            #expect(program.output(1)[..<46].allSatisfy { $0.isFinite })
        }
    }
}
