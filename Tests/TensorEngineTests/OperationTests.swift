import Foundation
import TensorEngine
import TestSupport
import Testing

/// Every operation by itself: its gradient rule, and its kernel.
@Suite struct OperationTests {
    /// The threshold of the notes.
    static let threshold = 1e-7

    @Test(arguments: OperationTable.cases(rows: 3, columns: 5))
    func gradientRulesAgreeWithCentralDifferences(_ operation: OperationCase) throws {
        let built = try operation.built()
        let distance = try built.point.distanceToKink(of: built.graph, built.point.values(of: built.graph))
        try #require(distance > 1e-3, "the point lies on a kink")
        let check = try GradientCheck(of: built.loss, for: built.parameters, in: built.graph, at: built.point)
        #expect(check.errors.count == built.parameters.count)
        for (path, error) in check.errors { #expect(error < Self.threshold, "\(path): \(error)") }
    }

    @Test(arguments: [1, 2, 7], [1, 3, 15, 16, 17, 46, 64, 65, 255, 257, 300])
    func kernelsAgreeWithTheInterpreter(rows: Int, columns: Int) throws {
        for operation in OperationTable.cases(rows: rows, columns: columns) {
            var built = try operation.built()
            let gradients = try built.graph.gradients(of: built.loss, for: built.parameters)
            let outputs = [built.result, built.loss] + gradients
            let values = try built.point.values(of: built.graph)
            for fusing in [false, true] {
                let found = try compiledOutputs(of: built.graph, outputs, at: built.point, fusing: fusing)
                for (place, output) in outputs.enumerated() {
                    // Sums of numbers of both signs are as inexact as their largest terms.
                    let size = norm(values[output.index].elements) + norm(values[built.result.index].elements)
                    let error = norm(try paired(found[place], values[output.index].elements).map { $0 - $1 })
                    #expect(error <= 2e-6 * size, "\(operation.testDescription), output \(place), fusing \(fusing): \(error / size)")
                }
            }
        }
    }

    @Test(arguments: OperationTable.withoutGradients(rows: 3, columns: 5))
    func secondDerivativesThatAreMissingAreErrors(_ operation: OperationCase) throws {
        var built = try operation.built()
        #expect(throws: ShapeError.self) { try built.graph.gradients(of: built.loss, for: built.parameters) }
    }

    @Test(arguments: [1, 2, 7], [1, 3, 15, 16, 17, 46, 64, 65, 255, 257, 300])
    func kernelsWithoutGradientsAgreeWithTheInterpreter(rows: Int, columns: Int) throws {
        for operation in OperationTable.withoutGradients(rows: rows, columns: columns) {
            let built = try operation.built()
            let expected = try built.point.values(of: built.graph)[built.result.index].elements
            let found = try compiledOutputs(of: built.graph, [built.result], at: built.point, fusing: true)[0]
            #expect(relativeError(found, expected) < 2e-6, "\(operation.testDescription)")
        }
    }

    @Test func everyOperationHasACase() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/TensorEngine/Operations")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        try #require(files.count > 10)
        var operations: Set<String> = []
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /struct (\w+): (\w*)Operation\b/) where match.2 != "Source" {
                operations.insert(String(match.1))
            }
        }
        let cases = OperationTable.cases(rows: 3, columns: 5) + OperationTable.withoutGradients(rows: 3, columns: 5)
        let covered = Set(cases.map(\.operation))
        #expect(operations.subtracting(covered).isEmpty, "operations without a case in OperationTable")
        #expect(covered.subtracting(operations).isEmpty, "cases of operations that are no longer there")
    }

    @Test(arguments: OperationTable.cases(rows: 3, columns: 5) + OperationTable.withoutGradients(rows: 3, columns: 5))
    func casesContainTheirOperation(_ operation: OperationCase) throws {
        let types = try operation.built().graph.nodes.map { String(describing: type(of: $0.operation)) }
        #expect(types.contains(operation.operation))
    }
}
