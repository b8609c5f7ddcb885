/// Each cell of images, so many times down and to the right: `[batch, rows, columns, channels]` → `[batch, rows · down, columns · right, channels]`.
/// Gradient: ``SumCells2D``.
package struct RepeatCells2D: KernelOperation {
    package let down: Int
    package let right: Int
    package init(down: Int, right: Int) { (self.down, self.right) = (down, right) }
    package var name: String { "up_sampling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4 else { throw mismatch(inputs, expected: "images [rows, columns, channels]") }
        let sizes = inputs[0].dimensions
        return [sizes[0], sizes[1] * down, sizes[2] * right, sizes[3]]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(SumCells2D(down: down, right: right), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            RepeatCells2DKernel(
                source: inputs[0].floats, lines: inputs[0].shape.dimensions[0] * inputs[0].shape.dimensions[1],
                columns: inputs[0].shape.dimensions[2], channels: inputs[0].shape.columns, down: down, right: right, result: output.floats))
    }
}

/// The sum of so many neighbouring cells of images, down and to the right: `[batch, rows · down, columns · right, channels]` →
/// `[batch, rows, columns, channels]`. Gradient: ``RepeatCells2D``.
package struct SumCells2D: KernelOperation {
    package let down: Int
    package let right: Int
    package init(down: Int, right: Int) { (self.down, self.right) = (down, right) }
    package var name: String { "gradient of up_sampling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4, inputs[0].dimensions[1] % down == 0, inputs[0].dimensions[2] % right == 0 else {
            throw mismatch(inputs, expected: "images of which each cell was repeated")
        }
        let sizes = inputs[0].dimensions
        return [sizes[0], sizes[1] / down, sizes[2] / right, sizes[3]]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(RepeatCells2D(down: down, right: right), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            SumCells2DKernel(
                source: inputs[0].floats, lines: output.shape.dimensions[0] * output.shape.dimensions[1],
                columns: output.shape.dimensions[2], channels: output.shape.columns, down: down, right: right, result: output.floats))
    }
}

private struct RepeatCells2DKernel: Kernel {
    let source: UnsafePointer<Float>
    /// Rows of all images together.
    let lines: Int
    let columns: Int
    let channels: Int
    let down: Int
    let right: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        let width = columns * right * channels
        for line in 0..<lines {
            let first = result + line * down * width
            for column in 0..<columns {
                let cell = source + (line * columns + column) * channels
                for copies in 0..<right { copy(cell, to: first + (column * right + copies) * channels, count: channels) }
            }
            for copies in 1..<max(down, 1) { copy(first, to: first + copies * width, count: width) }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct SumCells2DKernel: Kernel {
    let source: UnsafePointer<Float>
    let lines: Int
    let columns: Int
    let channels: Int
    let down: Int
    let right: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(repeating: 0, count: lines * columns * channels)
        let width = columns * right * channels
        for line in 0..<lines {
            for row in 0..<down {
                for column in 0..<columns * right {
                    add(
                        source + ((line * down + row) * width + column * channels),
                        to: result + (line * columns + column / right) * channels, count: channels)
                }
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// Each cell of images, so many times down and to the right.
    public mutating func repeatCells2D(_ images: Value, down: Int, right: Int) throws(ShapeError) -> Value {
        try add(RepeatCells2D(down: down, right: right), [images])
    }
}
