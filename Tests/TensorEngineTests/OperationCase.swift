import TensorEngine
import TestSupport
import Testing

/// An operation on inputs of certain shapes, as the tables of tests name it.
struct OperationCase: Sendable, CustomTestStringConvertible {
    /// What an input is filled with.
    enum Input: Sendable {
        /// Numbers of both signs, away from 0.
        case numbers(Shape)
        /// Numbers greater than 0.3.
        case positive(Shape)
        /// Numbers inside [0, 1], and some outside.
        case aroundUnit(Shape)
        /// Numbers of both signs, no two of them near each other.
        case distinct(Shape)
    }

    /// The operation's type.
    let operation: String
    /// What is particular about the case.
    let form: String
    let inputs: [Input]
    /// The examples of the batch, 0 where the case has none.
    let batch: Int
    /// Adds the operation; the last argument is the batch's row numbers.
    let build: @Sendable (inout Graph, [Value], Value?) throws -> Value

    var testDescription: String { form.isEmpty ? operation : "\(operation), \(form)" }

    init(
        _ operation: String, _ form: String, _ inputs: [Input], batch: Int = 0,
        _ build: @escaping @Sendable (inout Graph, [Value], Value?) throws -> Value
    ) {
        self.operation = operation
        self.form = form
        self.inputs = inputs
        self.batch = batch
        self.build = build
    }

    init(_ operation: String, _ inputs: [Input], _ build: @escaping @Sendable (inout Graph, [Value], Value?) throws -> Value) {
        self.init(operation, "", inputs, build)
    }

    /// A graph of the case: the result, and the sum of the result times fixed weights as a loss.
    struct Built {
        var graph = Graph()
        var parameters: [Value] = []
        var result: Value
        var loss: Value
        var point: Interpreter
    }

    func built(seed: Int = 1) throws -> Built {
        var numbers = SeededNumbers(seed: seed)
        var graph = Graph()
        var point = Interpreter(rows: (0..<batch).map { _ in Int.random(in: 0..<OperationCase.tableRows, using: &numbers) })
        var parameters: [Value] = []
        for (place, input) in inputs.enumerated() {
            let path = "input \(place + 1)"
            let shape: Shape
            switch input {
            case .numbers(let size):
                shape = size
                point.parameters[path] = numbers.signedNumbers(size.count, magnitude: 0.2...1.4)
            case .positive(let size):
                shape = size
                point.parameters[path] = numbers.numbers(size.count, in: 0.3...1.9)
            case .aroundUnit(let size):
                shape = size
                // Away from 0.125 and 0.875, where cases clip.
                point.parameters[path] = (0..<size.count).map { _ in
                    let band = [-0.4...0.1, 0.15...0.85, 0.9...1.4].randomElement(using: &numbers) ?? 0...1
                    return numbers.number(in: band)
                }
            case .distinct(let size):
                shape = size
                point.parameters[path] = (0..<size.count).shuffled(using: &numbers).map { 0.0625 * (Double($0) - Double(size.count / 2)) }
            }
            parameters.append(try graph.parameter(path, shape))
        }
        let rows = batch > 0 ? try graph.batchRows(batch) : nil
        let result = try build(&graph, parameters, rows)
        point.parameters["weights"] = numbers.signedNumbers(result.shape.count, magnitude: 0.2...1.4)
        let weights = try graph.parameter("weights", result.shape)
        parameters.append(weights)
        let loss = try graph.sum(graph.multiply(result, weights))
        return Built(graph: graph, parameters: parameters, result: result, loss: loss, point: point)
    }

    /// Rows of the tables of data that cases gather from.
    static let tableRows = 9
}
