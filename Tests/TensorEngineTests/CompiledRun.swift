import TensorEngine
import TestSupport

/// The outputs of a compiled program after one run, started from an interpreter's point.
func compiledOutputs(
    of graph: Graph, _ outputs: [Value], at point: Interpreter, fusing: Bool, store: ParameterStore = ParameterStore(),
    optimizer: OptimizerState = OptimizerState()
) throws -> [[Double]] {
    try load(point, into: store, for: graph)
    let program = try Program.compile(graph, outputs: outputs, parameters: store, optimizer: optimizer, fusing: fusing)
    if program.batch > 0 {
        program.run(rows: point.rows.map { Int32($0) })
    } else {
        program.run()
    }
    return outputs.indices.map { program.output($0).map(Double.init) }
}

extension ParameterStore {
    /// A store with all parameters of a graph, of zeros.
    static func zeros(for graph: Graph) throws -> ParameterStore {
        let store = ParameterStore()
        for (path, value) in graph.parameters { try store.declare(path, value.shape) }
        return store
    }
}

/// Writes an interpreter's parameters to a store.
func load(_ point: Interpreter, into store: ParameterStore, for graph: Graph) throws {
    for node in graph.nodes {
        guard let parameter = node.operation as? Parameter, let values = point.parameters[parameter.path] else { continue }
        _ = try store.declare(parameter.path, parameter.size).update(fromContentsOf: values.map(Float.init))
    }
}
