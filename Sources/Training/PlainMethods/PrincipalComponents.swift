import LinearAlgebra

/// The directions in which rows vary most: orthonormal, the first with the largest variance, by exact eigenvalues in 64 bits.
package struct PrincipalComponents: Sendable {
    /// The mean of the rows.
    package let mean: [Double]
    /// A row a component. Of its numbers the one of largest magnitude, the first of equal ones, is positive, as in scikit-learn.
    package let components: Matrix
    /// The variance of the rows along each component, by n - 1.
    package let variances: [Double]
    /// The variance of the rows along all directions.
    package let totalVariance: Double

    /// The most rows or columns, whichever are fewer, that eigenvalues are computed for: time grows with their cube.
    package static let mostDirections = 4096

    /// The components of rows, at most `count`, and no more than there are directions in which the rows vary beyond rounding. Nil for more directions
    /// than ``mostDirections`` and for numbers that are infinite or none.
    package init?(of rows: Matrix, count: Int) {
        guard rows.rows > 0, min(rows.rows, rows.columns) <= Self.mostDirections else { return nil }
        let mean = rows.columnMeans
        let centred = rows.subtracting(mean)
        // XᵀX and XXᵀ have the same eigenvalues but for zeros: the smaller is taken.
        let isWide = rows.rows < rows.columns
        let turned = isWide ? centred.transposed : nil
        let products = turned.map { centred * $0 } ?? centred.columnProducts
        guard let found = SymmetricEigenvectors(of: products, count: count) else { return nil }
        let floor = max(found.values.first ?? 0, 0) * .ulpOfOne * Double(max(rows.rows, rows.columns))
        let kept = found.values.prefix(found.vectors.columns).prefix { $0 > floor }.count
        var components = found.vectors.transposed
        if isWide { components = components * centred }
        for place in 0..<kept { Self.settle(&components.elements[place * rows.columns..<(place + 1) * rows.columns]) }
        let freedom = Double(max(rows.rows - 1, 1))
        self.mean = mean
        self.components = Matrix(components.elements, rows: kept, columns: rows.columns)
        variances = found.values.prefix(kept).map { $0 / freedom }
        totalVariance = found.values.reduce(0) { $0 + max($1, 0) } / freedom
    }

    /// Gives a component the length 1 and its sign.
    private static func settle(_ component: inout ArraySlice<Double>) {
        var (largest, squares) = (0.0, 0.0)
        for number in component {
            squares += number * number
            if abs(number) > abs(largest) { largest = number }
        }
        let factor = (largest < 0 ? -1 : 1) / squares.squareRoot()
        for place in component.indices { component[place] *= factor }
    }

    /// The rows by their components: `[rows, components]`.
    package func code(of rows: Matrix) -> Matrix { rows.subtracting(mean) * components.transposed }

    /// The rows of which this is the code, as near as the components come to them.
    package func rows(of code: Matrix) -> Matrix { (code * components).subtracting(mean.map { -$0 }) }
}
