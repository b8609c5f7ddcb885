/// Images enlarged by whole factors, each cell read between the four around its middle, by their nearness (bilinear); beyond the edge is the nearest cell:
/// `[batch, rows, columns, channels]` → `[batch, rows · down, columns · right, channels]`. Gradient: ``GatherCells2D``.
package struct StretchCells2D: KernelOperation {
    package let down: Int
    package let right: Int
    package init(down: Int, right: Int) { (self.down, self.right) = (down, right) }
    package var name: String { "bilinear up_sampling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4 else { throw mismatch(inputs, expected: "images [rows, columns, channels]") }
        let sizes = inputs[0].dimensions
        return [sizes[0], sizes[1] * down, sizes[2] * right, sizes[3]]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(GatherCells2D(down: down, right: right), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            StretchCells2DKernel(
                source: inputs[0].floats, geometry: StretchGeometry(of: inputs[0].shape, down: down, right: right), result: output.floats))
    }
}

/// What cells gave to an enlarged image, back at each of them: `[batch, rows · down, columns · right, channels]` → `[batch, rows, columns, channels]`.
/// Gradient: ``StretchCells2D``.
package struct GatherCells2D: KernelOperation {
    package let down: Int
    package let right: Int
    package init(down: Int, right: Int) { (self.down, self.right) = (down, right) }
    package var name: String { "gradient of bilinear up_sampling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4, inputs[0].dimensions[1] % down == 0, inputs[0].dimensions[2] % right == 0 else {
            throw mismatch(inputs, expected: "images that were enlarged")
        }
        let sizes = inputs[0].dimensions
        return [sizes[0], sizes[1] / down, sizes[2] / right, sizes[3]]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(StretchCells2D(down: down, right: right), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            GatherCells2DKernel(
                source: inputs[0].floats, geometry: StretchGeometry(of: output.shape, down: down, right: right), result: output.floats))
    }
}

/// Between which two places of `count` a place of an axis that is `factor` times as long is read: the share of the second.
package struct StretchedPlace {
    package let first: Int
    package let second: Int
    package let share: Float

    @inline(__always)
    package init(_ place: Int, of count: Int, factor: Int) {
        // (place + ½) / factor - ½ in whole numbers: half a step stands for 1.
        let halves = 2 * place + 1 - factor
        let below = halves < 0 ? -1 : halves / (2 * factor)
        share = Float(halves - 2 * factor * below) / Float(2 * factor)
        (first, second) = (max(below, 0), min(below + 1, count - 1))
    }
}

/// The smaller images, and how much larger the others are.
private struct StretchGeometry: BitwiseCopyable {
    let images: Int
    let rows: Int
    let columns: Int
    let channels: Int
    let down: Int
    let right: Int

    init(of shape: Shape, down: Int, right: Int) {
        (images, rows, columns, channels) = (shape.dimensions[0], shape.dimensions[1], shape.dimensions[2], shape.columns)
        (self.down, self.right) = (down, right)
    }

    /// Calls `body` with the start of each cell of the larger images, those of the four cells it is read between, and the shares of the lower and the right ones.
    @inline(__always)
    func forEachCell(_ body: (_ large: Int, _ small: (Int, Int, Int, Int), _ lower: Float, _ right: Float) -> Void) {
        var large = 0
        for image in 0..<images {
            for row in 0..<rows * down {
                let y = StretchedPlace(row, of: rows, factor: down)
                let (top, bottom) = ((image * rows + y.first) * columns, (image * rows + y.second) * columns)
                for column in 0..<columns * right {
                    let x = StretchedPlace(column, of: columns, factor: right)
                    body(
                        large,
                        (
                            (top + x.first) * channels, (top + x.second) * channels, (bottom + x.first) * channels,
                            (bottom + x.second) * channels
                        ), y.share, x.share)
                    large += channels
                }
            }
        }
    }
}

private struct StretchCells2DKernel: Kernel {
    let source: UnsafePointer<Float>
    let geometry: StretchGeometry
    let result: UnsafeMutablePointer<Float>

    func run() {
        geometry.forEachCell { large, small, lower, right in
            for channel in 0..<geometry.channels {
                let (a, b) = (source[small.0 + channel], source[small.1 + channel])
                let (c, d) = (source[small.2 + channel], source[small.3 + channel])
                let (top, bottom) = (a + (b - a) * right, c + (d - c) * right)
                result[large + channel] = top + (bottom - top) * lower
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct GatherCells2DKernel: Kernel {
    let source: UnsafePointer<Float>
    let geometry: StretchGeometry
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(repeating: 0, count: geometry.images * geometry.rows * geometry.columns * geometry.channels)
        geometry.forEachCell { large, small, lower, right in
            for channel in 0..<geometry.channels {
                let (top, bottom) = (source[large + channel] * (1 - lower), source[large + channel] * lower)
                result[small.0 + channel] += top * (1 - right)
                result[small.1 + channel] += top * right
                result[small.2 + channel] += bottom * (1 - right)
                result[small.3 + channel] += bottom * right
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// Images enlarged by whole factors, each cell read between the four around its middle.
    public mutating func stretchCells2D(_ images: Value, down: Int, right: Int) throws(ShapeError) -> Value {
        try add(StretchCells2D(down: down, right: right), [images])
    }
}
