import Settings

/// A kind of layer that ONNX has operators for. A network with a layer of another kind is refused.
protocol ONNXLayer: LayerKind {
    /// Adds the layer to a graph.
    ///
    /// - Parameters:
    ///   - input: the value that comes in, `[rows, width]`.
    ///   - weights: the layer's own.
    /// - Returns: the value that goes out, and its width.
    func add(
        to graph: inout ONNXGraph, input: String, width: Int, weights: LayerWeights
    ) throws(ONNXRefusal) -> (output: String, width: Int)
}

/// Why a model cannot be written as ONNX.
public struct ONNXRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What stands against it.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// A tensor by the path of its parameter.
public struct ONNXWeights: Sendable {
    fileprivate var tensors: [String: (shape: [Int], values: [Float])] = [:]

    /// None yet.
    public init() {}

    /// Adds a parameter's numbers, row-major.
    public mutating func add(_ path: String, shape: [Int], values: [Float]) { tensors[path] = (shape, values) }

    /// Those of one layer.
    func layer(_ name: String) -> LayerWeights { LayerWeights(all: self, layer: name) }
}

/// The trained numbers of one layer.
struct LayerWeights {
    fileprivate let all: ONNXWeights
    fileprivate let layer: String

    /// The numbers of one of its parameters.
    func values(_ role: String, shape: [Int]) throws(ONNXRefusal) -> [Float] {
        let path = layer + "/" + role
        guard let found = all.tensors[path] else { throw ONNXRefusal("the weights lack \(path)") }
        guard found.shape == shape, found.values.count == shape.reduce(1, *) else {
            throw ONNXRefusal("\(path) has the shape \(found.shape), \(shape) was expected")
        }
        return found.values
    }
}
