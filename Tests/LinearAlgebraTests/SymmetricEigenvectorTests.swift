import LinearAlgebra
import Testing

/// A v = λ v, with orthonormal v.
@Suite struct SymmetricEigenvectorTests {
    private static func symmetric(_ size: Int) -> Matrix {
        MatrixTests.random(size + 3, size).columnProducts
    }

    /// A matrix of so many rows with these eigenvalues.
    private static func with(_ values: [Double]) throws -> Matrix {
        let size = values.count
        let basis = try #require(SymmetricEigenvectors(of: symmetric(size), count: size)).vectors
        var scaled = basis
        for row in 0..<size { for column in 0..<size { scaled[row, column] *= values[column] } }
        return scaled * basis.transposed
    }

    private static func expectEigenvectors(of matrix: Matrix, _ found: SymmetricEigenvectors, tolerance: Double) {
        let product = matrix * found.vectors
        let inner = found.vectors.transposed * found.vectors
        let scale = max(found.values.map(abs).max() ?? 0, 1)
        for column in 0..<found.vectors.columns {
            for row in 0..<matrix.rows {
                let scaled = found.values[column] * found.vectors[row, column]
                #expect(abs(product[row, column] - scaled) < tolerance * scale)
            }
            for other in 0..<found.vectors.columns {
                let expected: Double = column == other ? 1 : 0
                #expect(abs(inner[column, other] - expected) < tolerance)
            }
        }
    }

    @Test(arguments: [1, 2, 3, 8, 9, 17, 60]) func allOfARandomMatrix(size: Int) throws {
        let matrix = Self.symmetric(size)
        let found = try #require(SymmetricEigenvectors(of: matrix, count: size))
        #expect(found.values == found.values.sorted(by: >))
        Self.expectEigenvectors(of: matrix, found, tolerance: 1e-12)
    }

    @Test func someAreTheFirstOfAll() throws {
        let matrix = Self.symmetric(30)
        let all = try #require(SymmetricEigenvectors(of: matrix, count: 30))
        let some = try #require(SymmetricEigenvectors(of: matrix, count: 4))
        #expect(some.values == all.values)
        for row in 0..<30 { #expect(Array(some.vectors[row: row]) == Array(all.vectors[row: row].prefix(4))) }
    }

    @Test(
        arguments: [
            [5, 5, 5, 2, 2, 0, 0, 0], [1, 1 - 1e-13, 1 - 2e-13, 0.5, 1e-9, 0], [3, -3, 3, -3, 0], [1e12, 1, 1e-6, 1e-6, 0, 0, 0],
        ] as [[Double]])
    func valuesThatLieTogether(_ values: [Double]) throws {
        let matrix = try Self.with(values)
        let found = try #require(SymmetricEigenvectors(of: matrix, count: values.count))
        let scale = max(1, values.map(abs).max() ?? 0)
        for (value, expected) in zip(found.values, values.sorted(by: >)) { #expect(abs(value - expected) < 1e-12 * scale) }
        Self.expectEigenvectors(of: matrix, found, tolerance: 1e-12)
    }

    @Test func matricesThatAreDiagonalAlready() throws {
        let found = try #require(SymmetricEigenvectors(of: Matrix([2, 0, 0, 0, 0, 0, 0, 0, 7], rows: 3, columns: 3), count: 2))
        #expect(found.values == [7, 2, 0])
        #expect(found.vectors.elements == [0, 1, 0, 0, 1, 0])
        let zero = try #require(SymmetricEigenvectors(of: Matrix(rows: 4, columns: 4), count: 1))
        #expect(zero.values == [0, 0, 0, 0])
    }

    @Test(arguments: [Double.nan, .infinity]) func numbersThatAreNoneHaveNoEigenvalues(_ number: Double) {
        var matrix = Self.symmetric(6)
        matrix[4, 2] = number
        #expect(SymmetricEigenvectors(of: matrix, count: 2) == nil)
    }
}
