import Datasets
import LinearAlgebra
import NeuralNetworks
import Settings
import TensorEngine

extension PreparedTrial {
    /// The figures of the clusters that the trial asks for: k-means, from ten draws of first centres, on what a layer gives for the train rows, and each
    /// part's rows by their nearest centres. None where it asks for none, or where a layer gives numbers that are not finite.
    func clusterFigures(
        of examples: PreparedExamples, from store: ParameterStore, seed: Int, train: [Int32], validation: UnsafeBufferPointer<Int32>,
        test: UnsafeBufferPointer<Int32>
    ) throws -> [(name: String, value: Double)] {
        guard let clusters = settings.training.clusters,
            let place = settings.model.places(of: .named([clusters.layer])).places.first
        else { return [] }
        let programs = try InferencePrograms(
            network.upTo(place), store: store, inputs: examples.tables.inputs, images: examples.dataset.summary.image(of: settings),
            loss: settings.training.loss)
        let width = network.shapes[place].count
        let known = try train.withUnsafeBufferPointer { try programs.scores(of: $0, width: width) }
        guard known.elements.allSatisfy(\.isFinite) else { return [] }
        let found = KMeans(of: known, count: clusters.count, seed: seed, path: clusters.layer)
        return try [("val_", validation), ("test_", test)].filter { !$0.1.isEmpty }.flatMap { prefix, rows in
            let code = try programs.scores(of: rows, width: width)
            let labels = examples.dataset.classNumbers(of: rows)
            return found.figures(of: code, labels: labels).map { (name: prefix + $0.name, value: $0.value) }
        }
    }
}

extension InferencePrograms {
    /// What the network gives for rows, in 64 bits.
    fileprivate func scores(of rows: UnsafeBufferPointer<Int32>, width: Int) throws -> Matrix {
        var found: [Double] = []
        found.reserveCapacity(rows.count * width)
        for batch in rows.batches() {
            guard let first = batch.baseAddress else { break }
            let program = try program(batch: batch.count)
            program.run(rows: first)
            found += program.scores.map(Double.init)
        }
        return Matrix(found, rows: rows.count, columns: width)
    }
}
