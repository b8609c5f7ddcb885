/// The matrix product of op(a) `[m, k]` and op(b) `[k, n]`, where op transposes on request: `[m, n]`.
///
/// Gradient of Y = A B: dA = G Bᵀ, dB = Aᵀ G; with transposes by the same rule.
package struct Product: EpilogueOperation, UpdatingOperation {
    package let transposeA: Bool
    package let transposeB: Bool
    package var name: String { "product" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 2, inputs[1].rank == 2 else {
            throw mismatch(inputs, expected: "two matrices")
        }
        let (a, b) = (inputs[0].dimensions, inputs[1].dimensions)
        let (m, inner) = transposeA ? (a[1], a[0]) : (a[0], a[1])
        let (k, n) = transposeB ? (b[1], b[0]) : (b[0], b[1])
        guard inner == k else { throw mismatch(inputs, expected: "\(inner) rows in the second matrix, it has \(k)") }
        return [m, n]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (a, b) = (inputs[0], inputs[1])
        let toA =
            transposeA
            ? try graph.product(b, upstream, transposeA: transposeB, transposeB: true)
            : try graph.product(upstream, b, transposeB: !transposeB)
        let toB =
            transposeB
            ? try graph.product(upstream, a, transposeA: true, transposeB: transposeA)
            : try graph.product(a, upstream, transposeA: !transposeA)
        return [toA, toB]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        var geometry = ProductGeometry(self, inputs: inputs, result: output.shape, emitter: emitter)
        if geometry.rowsCollide { geometry = geometry.transposingB(emitter) }
        emitter.add(
            ProductKernel(
                geometry: geometry, result: output.floats, block: epilogue == nil ? .whole : geometry.block(),
                epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }

    /// Every element is computed.
    func suits(_ rule: any UpdateRule) -> Bool { true }

    func emit(_ emitter: Emitter, inputs: [Operand], shape: Shape, update: ParameterChange) {
        let geometry = ProductGeometry(self, inputs: inputs, result: shape, emitter: emitter)
        emitter.add(ProductUpdateKernel(geometry: geometry, update: update.bound, emitter: emitter))
    }
}

/// A product, block by block, each finished by the epilogue.
struct ProductKernel: Kernel {
    let geometry: ProductGeometry
    let result: UnsafeMutablePointer<Float>
    let block: ProductGeometry.Block
    let epilogue: UnsafePointer<Epilogue>?

    func run() {
        let (m, n) = (geometry.m, geometry.n)
        switch block {
        case .whole:
            geometry.multiply(column: 0, count: n, into: result, leading: n)
            epilogue?.pointee.run()
        case .columns(let block):
            for column in stride(from: 0, to: n, by: block) {
                let count = min(block, n - column)
                geometry.multiply(column: column, count: count, into: result + column, leading: n)
                epilogue?.pointee.run(columns: column..<column + count)
            }
        case .rows(let block):
            for row in stride(from: 0, to: m, by: block) {
                let count = min(block, m - row)
                geometry.multiply(row: row, count: count, into: result + row * n, leading: n)
                epilogue?.pointee.run(rows: row..<row + count)
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The matrix product of a and b, each transposed on request. That of one-hot rows with b takes the rows of b that they name, which are the same numbers.
    public mutating func product(_ a: Value, _ b: Value, transposeA: Bool = false, transposeB: Bool = false) throws(ShapeError) -> Value {
        if !transposeA, !transposeB, let numbers = oneHotNumbers(of: a), a.shape.columns == b.shape.rows {
            return try reshape(embed(numbers, b), to: [a.shape.rows, b.shape.columns])
        }
        return try add(Product(transposeA: transposeA, transposeB: transposeB), [a, b])
    }

    /// The whole numbers behind a matrix that is nothing but one-hot rows; nil of others.
    private func oneHotNumbers(of matrix: Value) -> Value? {
        var node = node(of: matrix)
        if node.operation is Reshape, node.inputs[0].shape.columns == matrix.shape.columns { node = self.node(of: node.inputs[0]) }
        return node.operation is OneHot ? node.inputs[0] : nil
    }
}
