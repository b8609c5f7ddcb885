import NeuralNetworks
import Settings
import TensorEngine

/// What the layers at the front of a network make of each example, `[rows, features]`, worked out once for those that stand behind them.
final class LayerFeatures {
    /// The examples as the layers behind see them.
    let inputs: ExampleTables.Inputs
    private let front: Network
    private let seen: ExampleTables.Inputs
    private let memory: Memory

    /// Where they stand.
    private final class Memory: Sendable {
        nonisolated(unsafe) let start: UnsafeMutablePointer<Float>

        init(count: Int) {
            start = .allocate(capacity: max(count, 1))
            start.initialize(repeating: 0, count: count)
        }

        deinit { start.deallocate() }
    }

    /// Zeros so far, for a table of so many rows.
    init(of front: Network, on seen: ExampleTables.Inputs, rows: Int) {
        (self.front, self.seen) = (front, seen)
        let columns = front.outputShape.count
        memory = Memory(count: rows * columns)
        inputs = .dense(FloatTable(elements: UnsafePointer(memory.start), rows: rows, columns: columns, owner: memory))
    }

    /// Computes those of some parts with the parameters in `store`.
    func compute(for parts: [UnsafeBufferPointer<Int32>], from store: ParameterStore, loss: LossSettings) throws(ShapeError) {
        let programs = try InferencePrograms(front, store: store, inputs: seen, loss: loss)
        let columns = front.outputShape.count
        for rows in parts {
            for batch in rows.batches() {
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
