import LinearAlgebra
import RandomNumbers
import Testing

/// Products in 64 bits beside plain loops.
@Suite struct MatrixTests {
    static func random(_ rows: Int, _ columns: Int, _ name: String = "") -> Matrix {
        var stream = RandomStream(seed: rows * 1000 + columns, stream: .sample, path: name)
        return Matrix((0..<rows * columns).map { _ in stream.normal() }, rows: rows, columns: columns)
    }

    /// Sizes below, at and beyond the edges of tiles and of blocks of the sum.
    @Test(arguments: [(1, 1, 1), (3, 5, 2), (8, 128, 24), (9, 129, 25), (7, 300, 8), (17, 64, 47), (6, 256, 1), (40, 33, 100)])
    func productsAreTheSums(_ m: Int, _ k: Int, _ n: Int) {
        let (a, b) = (Self.random(m, k), Self.random(k, n, "b"))
        let c = a * b
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for step in 0..<k { sum += a[row, step] * b[step, column] }
                #expect(abs(c[row, column] - sum) < 1e-12 * Double(k), "\(row), \(column)")
            }
        }
    }

    @Test(arguments: [(5, 3), (40, 130), (200, 97), (1, 4), (130, 1)])
    func productsOfColumnsAreSymmetric(_ rows: Int, _ columns: Int) {
        let x = Self.random(rows, columns)
        let found = x.columnProducts
        let expected = x.transposed * x
        for row in 0..<columns {
            for column in 0..<columns {
                #expect(abs(found[row, column] - expected[row, column]) < 1e-11)
                #expect(found[row, column] == found[column, row])
            }
        }
    }

    @Test(arguments: [1, 7, 8, 9, 40]) func distancesAreSumsOfSquares(width: Int) {
        let (rows, others) = (Self.random(5, width), Self.random(3, width, "others"))
        let numbers: [Int32] = [2, 0, 1, 1, 2]
        let found = squaredDistances(of: rows, to: others, numbers)
        for row in 0..<5 {
            var expected = 0.0
            for column in 0..<width {
                let difference = rows[row, column] - others[Int(numbers[row]), column]
                expected += difference * difference
            }
            #expect(abs(found[row] - expected) < 1e-12 * Double(width))
        }
    }

    @Test func withoutNumbersNothingIsDone() {
        #expect(Matrix(rows: 0, columns: 3).columnMeans == [0, 0, 0])
        #expect((Matrix(rows: 2, columns: 0) * Matrix(rows: 0, columns: 2)).elements == [0, 0, 0, 0])
        #expect(Matrix(rows: 0, columns: 2).columnProducts.elements == [0, 0, 0, 0])
    }
}
