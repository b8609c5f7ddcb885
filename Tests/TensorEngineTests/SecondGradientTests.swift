import TensorEngine
import TestSupport
import Testing

/// Gradients of gradients: a loss may hold the gradient of another, as the penalty of a critic's slope does.
@Suite struct SecondGradientTests {
    /// The operations whose gradient has none of its own, and says so.
    static let onlyFirst: Set<String> = ["BatchNormalize", "MaxPooling2D", "Recurrence"]

    /// Σ weight ∂loss/∂parameter over all parameters of a case, whose own gradients hold second derivatives.
    private func slope(of built: inout OperationCase.Built) throws -> Value {
        let first = try built.graph.gradients(of: built.loss, for: built.parameters)
        var numbers = SeededNumbers(seed: 7)
        var sum = try built.graph.constant(0)
        for (place, gradient) in first.enumerated() {
            let path = "weights of gradient \(place)"
            built.point.parameters[path] = numbers.signedNumbers(gradient.shape.count, magnitude: 0.2...1.4)
            let weights = try built.graph.parameter(path, gradient.shape)
            sum = try built.graph.add(sum, built.graph.sum(built.graph.multiply(gradient, weights)))
        }
        return sum
    }

    @Test(arguments: OperationTable.cases(rows: 3, columns: 5).filter { !onlyFirst.contains($0.operation) })
    func gradientsOfGradientsAgreeWithCentralDifferences(_ operation: OperationCase) throws {
        var built = try operation.built()
        let slope = try slope(of: &built)
        let check = try GradientCheck(of: slope, for: built.parameters, in: built.graph, at: built.point)
        #expect(check.errors.count == built.parameters.count)
        for (path, error) in check.errors { #expect(error < 1e-6, "\(path): \(error)") }
    }

    @Test(arguments: OperationTable.cases(rows: 3, columns: 5).filter { onlyFirst.contains($0.operation) })
    func gradientsWithoutOneOfTheirOwnSaySo(_ operation: OperationCase) throws {
        var built = try operation.built()
        let slope = try slope(of: &built)
        let error = try #require(throws: ShapeError.self) { try built.graph.gradients(of: slope, for: built.parameters) }
        #expect(["first derivatives only", "no second derivative"].contains(error.expected))
    }
}
