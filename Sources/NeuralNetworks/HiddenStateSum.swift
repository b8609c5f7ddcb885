import Settings
import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// ln Z of a restricted Boltzmann machine, exactly: the logarithm of the sum over all states of its hidden units, which are at most
/// ``mostUnits``. With it the likelihood of a row is known: ln p(v) = -F(v) - ln Z.
public final class HiddenStateSum {
    /// More units would have too many states.
    public static let mostUnits = MachineFigures.mostUnitsOfLikelihood

    private static let lowUnits = 10
    private let machine: BoltzmannMachine
    private let source: ParameterStore
    private let store = ParameterStore()
    private let program: Program
    private let states: UnsafeMutableBufferPointer<Float>
    private let batch: Int

    /// Prepares the sum of the machine whose tensors lie in `store`.
    ///
    /// - Throws: `ShapeError` when it has more than ``mostUnits`` hidden units, or the store has not its tensors.
    public init(_ machine: BoltzmannMachine, in source: ParameterStore) throws(ShapeError) {
        let hidden = machine.hiddenUnits
        guard hidden <= Self.mostUnits else {
            throw ShapeError(operation: "sum over hidden states", shapes: [[hidden]], expected: "at most \(Self.mostUnits) hidden units")
        }
        self.machine = machine
        self.source = source
        batch = 1 << min(hidden, Self.lowUnits)
        for place in try source.places(of: [machine.kernel, machine.bias, machine.visibleBias]) {
            try store.declare(place.path, place.shape)
        }
        states = try store.declare("states", [batch, hidden])
        var graph = Graph()
        let values = try machine.values(in: &graph)
        let h = try graph.parameter("states", [batch, hidden])
        let sums = try graph.product(h, values.kernel, transposeB: true)
        let biased = try graph.add(sums, values.visibleBias)
        // Σ over v of e^-E(v, h); of numbers the integral, less the (2π)^(visible / 2) of all.
        let visible =
            machine.visible == .bernoulli
            ? try graph.softplus(biased) : try graph.multiply(sums, graph.add(graph.scale(sums, by: 0.5), values.visibleBias))
        let weights = try graph.add(graph.sumOfColumns(visible), graph.sumOfColumns(graph.multiply(h, values.bias)))
        program = try Program.compile(graph, outputs: [weights], parameters: store)
    }

    /// ln Z with the tensors as they are.
    public func logarithm() throws(ShapeError) -> Double {
        let paths = [machine.kernel, machine.bias, machine.visibleBias]
        for (from, to) in zip(try source.places(of: paths), try store.places(of: paths)) {
            to.bytes.copyMemory(from: UnsafeRawBufferPointer(from.bytes))
        }
        let hidden = machine.hiddenUnits
        var (largest, sum) = (-Double.infinity, 0.0)
        for block in 0..<(1 << hidden) / batch {
            for row in 0..<batch {
                let state = block * batch + row
                for unit in 0..<hidden { states[row * hidden + unit] = Float(state >> unit & 1) }
            }
            program.run()
            for weight in program.output(0) {
                let weight = Double(weight)
                if weight > largest { (largest, sum) = (weight, sum * exp(largest - weight)) }
                sum += exp(weight - largest)
            }
        }
        let outside = machine.visible == .gaussian ? Double(machine.visibleUnits) / 2 * log(2 * Double.pi) : 0
        return largest + log(sum) + outside
    }
}
