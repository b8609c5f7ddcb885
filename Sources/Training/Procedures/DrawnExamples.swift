import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

extension Network {
    /// What the layers behind the code make of `count` rows of numbers of the standard normal distribution, drawn for `seed`, example by example; nil where no code is
    /// held near such numbers, or the layers behind it need those before it.
    func examples(fromNormalCodes count: Int, store: ParameterStore, loss: LossSettings, seed: Int) throws(ShapeError) -> [Float]? {
        guard let place = layers.lastIndex(where: { type(of: $0.layer).isNearlyNormal }), place + 1 < layers.count,
            let rest = try? Network(Array(layers[(place + 1)...]), input: .dense(shapes[place]))
        else { return nil }
        let width = shapes[place].count
        var stream = RandomStream(seed: seed, stream: .sample, path: layers[place].name)
        let codes = OwnedNumbers((0..<count * width).map { _ in Float(stream.normal()) })
        let table = FloatTable(elements: codes.start, rows: count, columns: width, owner: codes)
        let program = try InferencePrograms(rest, store: store, inputs: .dense(table), loss: loss).program(batch: count)
        let rows = (0..<Int32(count)).map { $0 }
        rows.withUnsafeBufferPointer { rows in if let first = rows.baseAddress { program.run(rows: first) } }
        return program.scores.map { Float(program.meaning.value($0)) }
    }
}
