import Foundation
import NeuralNetworks
import TensorEngine
import TestSupport
import Testing

/// A training of a small network by another library, as the scripts beside the fixtures describe it.
struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    struct Tensor: Decodable, Sendable {
        let shape: [Int]
        let values: [Float]
    }

    struct NamedTensor: Decodable, Sendable {
        let name: String
        let shape: [Int]
        let values: [Float]
    }

    struct LayerDescription: Decodable, Sendable {
        let kind: String
        let name: String
        let units: Int?
        let activation: String?
        let useBias: Bool?
    }

    struct NetworkDescription: Decodable, Sendable {
        let inputs: Int
        let layers: [LayerDescription]
    }

    struct LossDescription: Decodable, Sendable {
        let kind: String
        let fromLogits: Bool?
    }

    struct OptimizerDescription: Decodable, Sendable {
        let kind: String
        let learningRate: Double
        let momentum: Double?
        let nesterov: Bool?
        let rho: Double?
        let epsilon: Double?
        let centered: Bool?
        let beta1: Double?
        let beta2: Double?
    }

    struct Batch: Decodable, Sendable {
        let x: Tensor?
        let rows: [[Int32]]?
        let y: Tensor?
        let labels: [Int32]?

        var count: Int { labels?.count ?? y?.shape[0] ?? 0 }
    }

    let name: String
    let network: NetworkDescription
    let loss: LossDescription
    let optimizer: OptimizerDescription
    let batches: [Batch]
    let initial: [NamedTensor]
    let losses: [Double]
    let firstOutput: Tensor
    let lastOutput: Tensor
    let after1: [NamedTensor]
    let after10: [NamedTensor]

    var testDescription: String { name }

    /// All cases of a file beside this one.
    static func cases(_ file: String) throws -> [Fixture] {
        struct File: Decodable { let cases: [Fixture] }
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(File.self, from: Data(contentsOf: folder.appending(path: file))).cases
    }
}

// MARK: - As a model of ours

extension Fixture {
    func makeNetwork() throws -> Network {
        let layers: [any Layer] = try network.layers.map { layer in
            let activation = try #require(Activation(rawValue: layer.activation ?? "linear"))
            switch layer.kind {
            case "dense":
                return Dense(name: layer.name, units: try #require(layer.units), activation: activation, useBias: layer.useBias ?? true)
            default: return ActivationLayer(name: layer.name, activation: activation)
            }
        }
        return Network(layers: layers, inputWidth: network.inputs)
    }

    func makeLoss() throws -> Loss {
        let fromLogits = loss.fromLogits ?? false
        switch loss.kind {
        case "mse": return .meanSquaredError
        case "mae": return .meanAbsoluteError
        case "binary_crossentropy": return .binaryCrossentropy(fromLogits: fromLogits)
        case "categorical_crossentropy": return .categoricalCrossentropy(fromLogits: fromLogits)
        default:
            try #require(loss.kind == "sparse_categorical_crossentropy")
            return .sparseCategoricalCrossentropy(fromLogits: fromLogits)
        }
    }

    func makeOptimizer() throws -> Optimizer {
        let o = optimizer
        switch o.kind {
        case "sgd": return .sgd(learningRate: o.learningRate, momentum: o.momentum ?? 0, nesterov: o.nesterov ?? false)
        case "rmsprop":
            return .rmsprop(
                learningRate: o.learningRate, rho: try #require(o.rho), momentum: o.momentum ?? 0, epsilon: try #require(o.epsilon),
                centered: o.centered ?? false)
        default:
            try #require(o.kind == "adam")
            return .adam(
                learningRate: o.learningRate, beta1: try #require(o.beta1), beta2: try #require(o.beta2), epsilon: try #require(o.epsilon))
        }
    }

    /// All batches, one below the other. With `labels`, one-hot targets become class numbers.
    func makeTables(denseRows: Bool = false, labels: Bool = false) throws -> ExampleTables {
        let inputs: ExampleTables.Inputs
        let count = batches.reduce(0) { $0 + $1.count }
        if let first = batches.first, first.rows != nil {
            let rows = batches.flatMap { $0.rows ?? [] }
            if denseRows {
                var values = [Float](repeating: 0, count: count * network.inputs)
                for (place, row) in rows.enumerated() { for column in row { values[place * network.inputs + Int(column)] = 1 } }
                inputs = .dense(.holding(values, columns: network.inputs))
            } else {
                inputs = .sparse(.holding(rows, columns: network.inputs))
            }
        } else {
            inputs = .dense(.holding(batches.flatMap { $0.x?.values ?? [] }, columns: network.inputs))
        }
        if let width = batches.first?.y?.shape.last {
            let values = batches.flatMap { $0.y?.values ?? [] }
            if labels {
                let numbers = (0..<count).map { row in
                    Int32((0..<width).max { values[row * width + $0] < values[row * width + $1] } ?? 0)
                }
                return ExampleTables(inputs: inputs, targets: .labels(.holding(numbers), classes: width))
            }
            return ExampleTables(inputs: inputs, targets: .values(.holding(values, columns: width)))
        }
        let classes = try makeNetwork().widths.last ?? 1
        let numbers = batches.flatMap { $0.labels ?? [] }
        if classes == 1 {
            return ExampleTables(inputs: inputs, targets: .values(.holding(numbers.map(Float.init), columns: 1)))
        }
        return ExampleTables(inputs: inputs, targets: .labels(.holding(numbers), classes: classes))
    }

    /// Whether every target is one class or another.
    var hasOneHotTargets: Bool {
        guard loss.kind == "categorical_crossentropy" else { return false }
        return batches.allSatisfy { $0.y?.values.allSatisfy { $0 == 0 || $0 == 1 } ?? false }
    }

    /// The rows of a step, counted from 0.
    func rows(ofStep step: Int) -> [Int32] {
        let batch = step % batches.count
        let start = batches[..<batch].reduce(0) { $0 + $1.count }
        return (start..<start + batches[batch].count).map(Int32.init)
    }
}
