import Settings

/// A kind of layer that ONNX has operators for. A network with a layer of another kind is refused.
protocol ONNXLayer: LayerKind {
    /// Adds the layer to a graph.
    ///
    /// - Parameters:
    ///   - input: the value that comes in.
    ///   - weights: the layer's own.
    /// - Returns: the value that goes out.
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue
}

/// A value that flows from layer to layer, with the axes in the order that they have here: channels last.
struct ONNXValue {
    /// Its name in the graph.
    let name: String
    /// The shape of a row's share.
    let shape: [Int]

    /// The length of the innermost axis.
    var width: Int { shape.last ?? 1 }
}

extension ONNXValue {
    /// What the named layers leave, one after the other.
    func through(
        _ layers: [(name: String, kind: any LayerKind)], weights: (String) -> LayerWeights, in graph: inout ONNXGraph
    ) throws(ONNXRefusal) -> ONNXValue {
        var value = self
        for layer in layers {
            guard let kind = layer.kind as? any ONNXLayer else {
                throw ONNXRefusal("the layer \(layer.name) (\(layer.kind.key)) has no ONNX operators in this program")
            }
            value = try kind.add(to: &graph, input: value, weights: weights(layer.name))
        }
        return value
    }
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

    /// Those of one layer of a block.
    func inside(_ name: String) -> LayerWeights { LayerWeights(all: all, layer: layer + "/" + name) }

    /// Those of another layer.
    func outside(_ name: String) -> LayerWeights { LayerWeights(all: all, layer: name) }

    /// The numbers of a matrix with so many columns.
    func values(_ role: String, columns: Int) throws(ONNXRefusal) -> [Float] {
        try values(role, shape: [all.tensors[layer + "/" + role]?.shape.first ?? 0, columns])
    }

    /// Whether there is such a parameter.
    func has(_ role: String) -> Bool { all.tensors[layer + "/" + role] != nil }

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
