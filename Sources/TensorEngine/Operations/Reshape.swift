/// The same elements under another shape of as many. Gradient: reshaped back.
package struct Reshape: KernelOperation {
    package let target: Shape
    package init(target: Shape) { self.target = target }
    package var name: String { "reshape" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].count == target.count else { throw mismatch(inputs, expected: "\(target.count) elements") }
        return target
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(Reshape(target: inputs[0].shape), [upstream])]
    }

    var overwritable: [Int] { [0] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard inputs[0].pointer != output.pointer else { return }
        emitter.add(CopyKernel(source: inputs[0].floats, count: target.count, result: output.floats))
    }
}

struct CopyKernel: Kernel {
    let source: UnsafePointer<Float>
    let count: Int
    let result: UnsafeMutablePointer<Float>

    func run() { result.update(from: source, count: count) }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The same elements under another shape of as many; of what was reshaped before, those of the value behind it.
    public mutating func reshape(_ x: Value, to shape: Shape) throws(ShapeError) -> Value {
        let node = nodes[x.index]
        let source = node.operation is Reshape ? node.inputs[0] : x
        return source.shape == shape ? source : try add(Reshape(target: shape), [source])
    }
}
