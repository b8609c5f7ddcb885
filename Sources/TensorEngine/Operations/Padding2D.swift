/// Rows and columns of zeros around images.
public struct Margins: Hashable, Sendable {
    /// Rows above and below, columns to the left and to the right.
    public let top: Int, bottom: Int, left: Int, right: Int

    /// So many rows above and below, and columns to the left and to the right.
    public init(top: Int, bottom: Int, left: Int, right: Int) {
        (self.top, self.bottom, self.left, self.right) = (top, bottom, left, right)
    }
}

/// Images with zeros around them: `[batch, rows, columns, channels]` → `[batch, top + rows + bottom, left + columns + right, channels]`.
/// Gradient: ``Cropping2D``.
package struct Padding2D: KernelOperation {
    package let margins: Margins
    package init(margins: Margins) { self.margins = margins }
    package var name: String { "zero_padding2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4 else { throw mismatch(inputs, expected: "images [rows, columns, channels]") }
        let sizes = inputs[0].dimensions
        return [sizes[0], sizes[1] + margins.top + margins.bottom, sizes[2] + margins.left + margins.right, sizes[3]]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(Cropping2D(margins: margins), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(Padding2DKernel(source: inputs[0].floats, shape: inputs[0].shape, margins: margins, pads: true, result: output.floats))
    }
}

/// Images without their margins. Gradient: ``Padding2D``.
package struct Cropping2D: KernelOperation {
    package let margins: Margins
    package init(margins: Margins) { self.margins = margins }
    package var name: String { "gradient of zero_padding2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 4, inputs[0].dimensions[1] > margins.top + margins.bottom,
            inputs[0].dimensions[2] > margins.left + margins.right
        else { throw mismatch(inputs, expected: "images larger than the margins") }
        let sizes = inputs[0].dimensions
        return [sizes[0], sizes[1] - margins.top - margins.bottom, sizes[2] - margins.left - margins.right, sizes[3]]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(Padding2D(margins: margins), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(Padding2DKernel(source: inputs[0].floats, shape: output.shape, margins: margins, pads: false, result: output.floats))
    }
}

private struct Padding2DKernel: Kernel {
    let source: UnsafePointer<Float>
    let batch: Int
    let rows: Int
    /// Floats of a row of an image without margins, and with them.
    let inner: Int
    let outer: Int
    /// Floats before the first cell, and of an image with its margins.
    let before: Int
    let outerImage: Int
    /// Whether margins are added; else they are left out.
    let pads: Bool
    let result: UnsafeMutablePointer<Float>

    /// `shape` is that without margins.
    init(source: UnsafePointer<Float>, shape: Shape, margins: Margins, pads: Bool, result: UnsafeMutablePointer<Float>) {
        let sizes = shape.dimensions
        (self.source, self.pads, self.result) = (source, pads, result)
        (batch, rows) = (sizes[0], sizes[1])
        inner = sizes[2] * sizes[3]
        outer = inner + (margins.left + margins.right) * sizes[3]
        before = margins.top * outer + margins.left * sizes[3]
        outerImage = (rows + margins.top + margins.bottom) * outer
    }

    func run() {
        if pads { result.update(repeating: 0, count: batch * outerImage) }
        for image in 0..<batch {
            for row in 0..<rows {
                let (plain, padded) = ((image * rows + row) * inner, image * outerImage + before + row * outer)
                copy(source + (pads ? plain : padded), to: result + (pads ? padded : plain), count: inner)
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// Images with zeros around them.
    public mutating func padding2D(_ images: Value, margins: Margins) throws(ShapeError) -> Value {
        try add(Padding2D(margins: margins), [images])
    }
}
