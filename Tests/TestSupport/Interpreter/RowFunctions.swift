import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Operations that need more than the elements at one place.

extension Interpreter {
    func sumOfRows(_ x: Tensor) -> [Double] {
        var sums = [Double](repeating: 0, count: x.shape.columns)
        for row in x.rows { for column in row.indices { sums[column] += row[column] } }
        return sums
    }

    func logarithmOfSum(_ row: [Double]) -> Double {
        let top = row.max() ?? 0
        return top + log(row.reduce(0) { $0 + exp($1 - top) })
    }

    func softmax(_ row: [Double]) -> [Double] {
        let logarithm = logarithmOfSum(row)
        return row.map { exp($0 - logarithm) }
    }

    func logSoftmax(_ row: [Double]) -> [Double] {
        let logarithm = logarithmOfSum(row)
        return row.map { $0 - logarithm }
    }

    func softmaxCrossEntropy(_ logits: Tensor, labels: Tensor) -> [Double] {
        zip(logits.rows, labels.elements).map { row, label in logarithmOfSum(row) - row[Int(label)] }
    }

    func softmaxCrossEntropyGradient(_ logits: Tensor, labels: Tensor, upstream: Tensor) -> [Double] {
        logits.rows.enumerated().flatMap { place, row in
            var difference = softmax(row)
            difference[Int(labels.elements[place])] -= 1
            return difference.map { $0 * upstream.elements[place] }
        }
    }

    func matrixProduct(_ a: Tensor, _ b: Tensor, _ transposeA: Bool, _ transposeB: Bool) -> [Double] {
        let left = transposeA ? transposed(a.rows) : a.rows
        let right = transposeB ? b.rows : transposed(b.rows)
        return left.flatMap { row in
            right.map { column in
                var sum = 0.0
                for k in row.indices { sum += row[k] * column[k] }
                return sum
            }
        }
    }

    private func transposed(_ rows: [[Double]]) -> [[Double]] {
        rows[0].indices.map { column in rows.map { $0[column] } }
    }

    func gathered(_ table: FloatTable, rows: Tensor) -> [Double] {
        rows.elements.flatMap { row in
            (0..<table.columns).map { Double(table.elements[Int(row) * table.columns + $0]) }
        }
    }

    func gathered(_ table: TokenTable, rows: Tensor) -> [Double] {
        rows.elements.flatMap { row in (0..<table.length).map { Double(table.tokens[Int(row) * table.length + $0]) } }
    }

    func embeddingGradient(_ vocabulary: Int, tokens: Tensor, upstream: Tensor) -> [Double] {
        (0..<vocabulary).flatMap { word in
            sumOfRows(
                Tensor(
                    upstream.shape,
                    zip(tokens.elements, upstream.rows).flatMap { token, row in row.map { Int(token) == word ? $0 : 0 } }))
        }
    }

    func swappedSteps(_ x: Tensor) -> [Double] {
        let (outer, inner) = (x.shape.dimensions[0], x.shape.dimensions[1])
        let count = x.shape.count / (outer * inner)
        var result: [Double] = []
        for i in 0..<inner {
            for o in 0..<outer { result += x.elements[(o * inner + i) * count..<(o * inner + i + 1) * count] }
        }
        return result
    }

    func reversedSteps(_ x: Tensor) -> [Double] {
        let (steps, count) = (x.shape.dimensions[0], x.shape.count / x.shape.dimensions[0])
        return (0..<steps).reversed().flatMap { x.elements[$0 * count..<($0 + 1) * count] }
    }

    func placed(_ x: Tensor, row: Int, column: Int, in shape: Shape) -> [Double] {
        let rows = x.rows
        return (0..<shape.count).map { place in
            let (i, j) = (place / shape.columns - row, place % shape.columns - column)
            return (0..<x.shape.rows).contains(i) && (0..<x.shape.columns).contains(j) ? rows[i][j] : 0
        }
    }

    func oneHot(_ labels: Tensor, classes: Int) -> [Double] {
        labels.elements.flatMap { label in (0..<classes).map { $0 == Int(label) ? 1 : 0 } }
    }

    /// The sparse rows, built in full.
    func full(_ table: SparseTable, rows: Tensor) -> Tensor {
        var elements: [Double] = []
        for row in rows.elements.map({ Int($0) }) {
            var full = [Double](repeating: 0, count: table.columns)
            for place in Int(table.offsets[row])..<Int(table.offsets[row + 1]) {
                full[Int(table.columnNumbers[place])] = table.values.map { Double($0[place]) } ?? 1
            }
            elements += full
        }
        return Tensor([rows.elements.count, table.columns], elements)
    }

    func sparseProduct(_ table: SparseTable, rows: Tensor, weights: Tensor) -> [Double] {
        matrixProduct(full(table, rows: rows), weights, false, false)
    }

    func sparseProductGradient(_ table: SparseTable, rows: Tensor, upstream: Tensor) -> [Double] {
        matrixProduct(full(table, rows: rows), upstream, true, false)
    }
}
