import Datasets
import NeuralNetworks
import Settings

/// What a layer makes of examples.
public struct LayerOutputs: Sendable {
    /// The layer, as weights carry it.
    public let layer: String
    /// Numbers an example.
    public let width: Int
    /// Example by example.
    public let values: [Float]
}

extension Predictor {
    /// What the layer at a place of the settings' list makes of rows of a data set, behind its activation.
    public func outputs(ofLayer place: Int, of rows: [Int32], in dataset: EncodedDataset) throws -> LayerOutputs {
        try outputs(ofLayer: place, of: rows, in: PreparedExamples(dataset, settings: trial.settings).tables.inputs)
    }

    /// What the layer at a place of the settings' list makes of rows that were encoded as the data set's own, behind its activation.
    public func outputs(ofLayer place: Int, of rows: EncodedRows) throws -> LayerOutputs {
        guard rows.rowCount > 0, let inputs = inputs(of: rows) else {
            return LayerOutputs(layer: trial.network.layers[place].name, width: width(ofLayer: place), values: [])
        }
        return try outputs(ofLayer: place, of: (0..<Int32(rows.rowCount)).map { $0 }, in: inputs)
    }

    /// How many numbers the layer at a place of the settings' list makes of an example.
    public func width(ofLayer place: Int) -> Int { trial.network.shapes[place].count }

    private func outputs(ofLayer place: Int, of rows: [Int32], in inputs: ExampleTables.Inputs) throws -> LayerOutputs {
        let programs = try programs(inputs, upTo: place)
        var values: [Float] = []
        try rows.withUnsafeBufferPointer { rows in
            for batch in rows.batches() {
                guard let first = batch.baseAddress else { break }
                let program = try programs.program(batch: batch.count)
                program.run(rows: first)
                values.append(contentsOf: program.scores)
            }
        }
        return LayerOutputs(layer: trial.network.layers[place].name, width: width(ofLayer: place), values: values)
    }
}
