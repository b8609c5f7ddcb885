import CProduct

/// Row-major numbers in 64 bits.
public struct Matrix: Hashable, Sendable {
    /// Row after row.
    public var elements: [Double]
    /// How many rows there are.
    public let rows: Int
    /// Numbers a row.
    public let columns: Int

    /// A matrix of so many numbers; of fewer than `rows` by `columns` the missing ones are 0, more are left out.
    public init(_ elements: [Double], rows: Int, columns: Int) {
        (self.rows, self.columns) = (max(rows, 0), max(columns, 0))
        let lacking = self.rows * self.columns - elements.count
        if lacking == 0 {
            self.elements = elements
        } else {
            self.elements = elements.prefix(self.rows * self.columns) + [Double](repeating: 0, count: max(lacking, 0))
        }
    }

    /// Zeros.
    public init(rows: Int, columns: Int) { self.init([], rows: rows, columns: columns) }

    /// A number.
    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    /// A row.
    public subscript(row row: Int) -> ArraySlice<Double> { elements[row * columns..<(row + 1) * columns] }

    /// The same with rows for columns.
    public var transposed: Matrix {
        var turned = Matrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { turned.elements[column * rows + row] = elements[row * columns + column] }
        }
        return turned
    }

    /// The mean of each column; 0 without rows.
    public var columnMeans: [Double] {
        var sums = [Double](repeating: 0, count: columns)
        elements.withUnsafeBufferPointer { elements in
            for row in 0..<rows { for column in 0..<columns { sums[column] += elements[row * columns + column] } }
        }
        return sums.map { rows == 0 ? 0 : $0 / Double(rows) }
    }

    /// Takes a number off each row's at the same column.
    public func subtracting(_ row: [Double]) -> Matrix {
        var moved = self
        moved.elements.withUnsafeMutableBufferPointer { elements in
            row.withUnsafeBufferPointer { row in
                for place in 0..<rows { for column in 0..<columns { elements[place * columns + column] -= row[column] } }
            }
        }
        return moved
    }

    /// `[m, k]` by `[k, n]`, where `k` is ``columns`` here and the rows there.
    public static func * (left: Matrix, right: Matrix) -> Matrix {
        var result = Matrix(rows: left.rows, columns: right.columns)
        let steps = min(left.columns, right.rows)
        result.elements.withUnsafeMutableBufferPointer { result in
            left.elements.withUnsafeBufferPointer { a in
                right.elements.withUnsafeBufferPointer { b in
                    multiply(
                        a.baseAddress, rows: left.rows, rowStride: left.columns, stepStride: 1, steps: steps, b.baseAddress,
                        columns: right.columns, leading: right.columns, into: result.baseAddress, leading: right.columns)
                }
            }
        }
        return result
    }

    /// Xᵀ X, `[columns, columns]`.
    public var columnProducts: Matrix {
        // Columns of the result that are made together: they stay in the cache.
        let most = 96
        var result = Matrix(rows: columns, columns: columns)
        result.elements.withUnsafeMutableBufferPointer { result in
            elements.withUnsafeBufferPointer { x in
                for first in stride(from: 0, to: columns, by: most) {
                    let count = min(most, columns - first)
                    multiply(
                        x.baseAddress, rows: first + count, rowStride: 1, stepStride: columns, steps: rows,
                        x.baseAddress.map { $0 + first }, columns: count, leading: columns, into: result.baseAddress.map { $0 + first },
                        leading: columns)
                }
            }
            for row in 0..<columns { for column in 0..<row { result[row * columns + column] = result[column * columns + row] } }
        }
        return result
    }
}

/// c = a b; see CDoubles.h for the order of the sums. Nothing happens where one of them has no numbers.
@inline(__always)
package func multiply(
    _ a: UnsafePointer<Double>?, rows: Int, rowStride: Int, stepStride: Int, steps: Int, _ b: UnsafePointer<Double>?, columns: Int,
    leading leadingB: Int, into c: UnsafeMutablePointer<Double>?, leading leadingC: Int
) {
    guard let a, let b, let c, rows > 0, columns > 0, steps > 0 else { return }
    var product = cdoubles_product(
        m: rows, n: columns, k: steps, a: a, row_stride: rowStride, step_stride: stepStride, b: b, leading_b: leadingB, c: c,
        leading_c: leadingC)
    cdoubles_multiply(&product)
}

/// The square of the distance of each row to the row of `others` with its number.
package func squaredDistances(of rows: Matrix, to others: Matrix, _ numbers: [Int32]) -> [Double] {
    var distances = [Double](repeating: 0, count: rows.rows)
    guard others.rows > 0, numbers.count == rows.rows else { return distances }
    cdoubles_distances(rows.elements, rows.rows, rows.columns, others.elements, numbers, &distances)
    return distances
}
