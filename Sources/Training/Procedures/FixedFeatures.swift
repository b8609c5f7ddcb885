import NeuralNetworks
import Settings
import TensorEngine

/// What the frozen layers at the front of a network make of each example, `[rows, features]`: it is the same in every epoch, and so computed once.
final class FixedFeatures {
    /// The layers behind them.
    let rest: Network
    /// The examples as these layers see them.
    let examples: ExampleTables
    private let front: Network
    private let inputs: ExampleTables.Inputs
    private let memory: Memory
    private var isComputed = false

    /// Where they stand.
    private final class Memory: Sendable {
        nonisolated(unsafe) let start: UnsafeMutablePointer<Float>

        init(count: Int) {
            start = .allocate(capacity: max(count, 1))
            start.initialize(repeating: 0, count: count)
        }

        deinit { start.deallocate() }
    }

    /// Those of a table of so many rows; nil where no frozen layer stands at the front.
    init?(of network: Network, on examples: ExampleTables, rows: Int) throws(LayerProblem) {
        guard let (front, rest) = try network.dividedBehindFrozen() else { return nil }
        (self.front, self.rest, inputs) = (front, rest, examples.inputs)
        let columns = front.outputShape.count
        memory = Memory(count: rows * columns)
        self.examples = ExampleTables(
            inputs: .dense(FloatTable(elements: UnsafePointer(memory.start), rows: rows, columns: columns, owner: memory)),
            targets: examples.targets, weights: examples.weights)
    }

    /// Tells that parameters have changed.
    func forget() { isComputed = false }

    /// Computes those of some parts with the parameters in `store`, unless that was done.
    func compute(for parts: [UnsafeBufferPointer<Int32>], from store: ParameterStore, loss: LossSettings) throws(ShapeError) {
        guard !isComputed else { return }
        isComputed = true
        let programs = try InferencePrograms(front, store: store, inputs: inputs, loss: loss)
        let columns = front.outputShape.count
        for rows in parts {
            for start in stride(from: 0, to: rows.count, by: Evaluation.batch) {
                let batch = UnsafeBufferPointer(rebasing: rows[start..<min(start + Evaluation.batch, rows.count)])
                guard let first = batch.baseAddress else { break }
                let program = try programs.program(batch: batch.count)
                program.run(rows: first)
                guard let outputs = program.scores.baseAddress else { break }
                for (place, row) in batch.enumerated() {
                    (memory.start + Int(row) * columns).update(from: outputs + place * columns, count: columns)
                }
            }
        }
    }
}
