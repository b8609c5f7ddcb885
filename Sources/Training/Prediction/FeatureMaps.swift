import Datasets
import NeuralNetworks
import Settings

/// What a convolution makes of one image: a map for each of its filters.
public struct FeatureMaps: Sendable {
    /// The layer, as weights carry it.
    public let layer: String
    /// Rows, columns, maps.
    public let sizes: [Int]
    /// `[rows, columns, maps]`, behind the layer's activation.
    public let values: [Float]
}

extension Predictor {
    /// What the first and the last convolution, or block of such, make of an image among encoded rows; none where the network has no convolution.
    public func featureMaps(of row: Int32, in dataset: EncodedDataset) throws -> [FeatureMaps] {
        let places = trial.network.layers.indices.filter { place in
            let kind = trial.settings.model.layers[place].kind
            return trial.network.shapes[place].rank == 3 && (kind is any WeightedLayerKind || kind is ResidualSettings)
        }
        guard let first = places.first, let last = places.last else { return [] }
        let inputs = try PreparedExamples(dataset, settings: trial.settings).tables.inputs
        return try (first == last ? [first] : [first, last]).map { place in
            let program = try programs(inputs, upTo: place).program(batch: 1)
            withUnsafePointer(to: row) { program.run(rows: $0) }
            return FeatureMaps(
                layer: trial.network.layers[place].name, sizes: trial.network.shapes[place].dimensions, values: Array(program.scores))
        }
    }
}
