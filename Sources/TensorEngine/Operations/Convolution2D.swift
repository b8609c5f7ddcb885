/// The sum, over a window that moves over images, of what lies under it times a kernel: `[batch, rows, columns, channels]` and
/// `[window rows, window columns, channels, filters]` → `[batch, places down, places across, filters]`.
///
/// y[b, p, q, f] = Σ x[b, p · stride - above + i · dilation, q · stride - left + j · dilation, c] k[i, j, c, f], where x is 0 beyond its edges.
/// Gradients: ``Convolution2DInputGradient`` and ``Convolution2DKernelGradient``; each of the three is linear in both operands, and the other two are its
/// derivatives. The window's cells are laid out as rows of a matrix, some places at a time, and multiplied.
package struct Convolution2D: EpilogueOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "conv2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 4 else {
            throw mismatch(inputs, expected: "images [rows, columns, channels]; reshape gives columns that shape")
        }
        guard inputs[1].rank == 4, Array(inputs[1].dimensions.dropLast()) == window.size + [inputs[0].columns] else {
            throw mismatch(inputs, expected: "a kernel of the window's size and the images' channels")
        }
        guard let places = window.places(on: inputs[0]) else {
            throw mismatch(inputs, expected: "images that are at least as large as the window")
        }
        return [places.batch, places.placesDown, places.placesAcross, inputs[1].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.add(Convolution2DInputGradient(window: window, images: inputs[0].shape), [upstream, inputs[1]]),
            try graph.add(Convolution2DKernelGradient(window: window), [inputs[0], upstream]),
        ]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(
            Convolution2DKernel(
                tile: ConvolutionTile(places, filters: output.shape.columns, emitter: emitter), images: inputs[0].floats,
                kernel: inputs[1].floats, result: output.floats, epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The gradient of ``Convolution2D`` to its images: g `[batch, places down, places across, filters]` and the kernel → `images`.
///
/// The product of g with the transposed kernel, each row of which is added to the cells under the window at its place.
package struct Convolution2DInputGradient: EpilogueOperation {
    package let window: Window
    package let images: Shape
    package init(window: Window, images: Shape) { (self.window, self.images) = (window, images) }
    package var name: String { "gradient of conv2d to its input" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, try Convolution2D(window: window).shape(of: [images, inputs[1]]) == inputs[0] else {
            throw mismatch(inputs, expected: "a gradient and a kernel of a convolution of \(images)")
        }
        return images
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.add(Convolution2D(window: window), [upstream, inputs[1]]),
            try graph.add(Convolution2DKernelGradient(window: window), [upstream, inputs[0]]),
        ]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        guard let places = window.places(on: images) else { return }
        emitter.add(
            Convolution2DInputGradientKernel(
                tile: ConvolutionTile(places, filters: inputs[0].shape.columns, emitter: emitter), gradient: inputs[0].floats,
                kernel: inputs[1].floats, result: output.floats, epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The gradient of ``Convolution2D`` to its kernel: images and g `[batch, places down, places across, filters]` →
/// `[window rows, window columns, channels, filters]`, the sum over all places of what lies under the window times g.
package struct Convolution2DKernelGradient: KernelOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "gradient of conv2d to its kernel" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 4 else { throw mismatch(inputs, expected: "images and a gradient") }
        let kernel = Shape(window.size + [inputs[0].columns, inputs[1].columns])
        guard try Convolution2D(window: window).shape(of: [inputs[0], kernel]) == inputs[1] else {
            throw mismatch(inputs, expected: "a gradient of a convolution of the images")
        }
        return kernel
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.add(Convolution2DInputGradient(window: window, images: inputs[0].shape), [inputs[1], upstream]),
            try graph.add(Convolution2D(window: window), [inputs[0], upstream]),
        ]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        let filters = output.shape.columns
        emitter.add(
            Convolution2DKernelGradientKernel(
                tile: ConvolutionTile(places, filters: filters, emitter: emitter), images: inputs[0].floats, gradient: inputs[1].floats,
                part: emitter.room(for: Float.self, count: places.patchSize * filters), result: output.floats))
    }
}

/// So many places of a window at a time that what lies under it stays in the second-level cache, and the products of such a tile.
private struct ConvolutionTile: BitwiseCopyable {
    let places: WindowPlaces
    let filters: Int
    /// Places at a time.
    let count: Int
    /// Room for their patches, shared by all kernels.
    let patches: UnsafeMutablePointer<Float>
    /// ``ParameterStore/productRoom``.
    let room: UnsafeMutablePointer<Float>

    /// Floats of patches at a time.
    private static let floats = 1 << 16

    init(_ places: WindowPlaces, filters: Int, emitter: Emitter) {
        self.places = places
        self.filters = filters
        count = max(min(Self.floats / places.patchSize, places.batch * places.placesPerImage), 1)
        patches = emitter.blockRoom(count * places.patchSize)
        room = emitter.parameters.productRoom
    }

    /// All places.
    var all: Int { places.batch * places.placesPerImage }

    /// Calls `body` with the first place of each tile and how many it has.
    @inline(__always)
    func forEach(_ body: (_ first: Int, _ count: Int) -> Void) {
        var first = 0
        while first < all {
            body(first, min(count, all - first))
            first += count
        }
    }

    /// op(a) op(b), as ``ProductGeometry`` multiplies.
    @inline(__always)
    func multiply(
        _ a: UnsafePointer<Float>, leading leadingA: Int, transposed transposeA: Bool, _ b: UnsafePointer<Float>,
        transposed transposeB: Bool,
        m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Float>
    ) {
        ProductGeometry(
            a: a, b: b, leadingA: leadingA, leadingB: filters, transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, room: room
        ).multiply(column: 0, count: n, into: c, leading: n)
    }
}

private struct Convolution2DKernel: Kernel {
    let tile: ConvolutionTile
    let images: UnsafePointer<Float>
    let kernel: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>
    let epilogue: UnsafePointer<Epilogue>?

    func run() {
        let (places, filters) = (tile.places, tile.filters)
        tile.forEach { first, count in
            places.copyPatches(of: images, from: first, count: count, to: tile.patches)
            tile.multiply(
                tile.patches, leading: places.patchSize, transposed: false, kernel, transposed: false, m: count, n: filters,
                k: places.patchSize, into: result + first * filters)
            epilogue?.pointee.run(rows: first..<first + count)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct Convolution2DInputGradientKernel: Kernel {
    let tile: ConvolutionTile
    let gradient: UnsafePointer<Float>
    let kernel: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>
    let epilogue: UnsafePointer<Epilogue>?

    func run() {
        let (places, filters) = (tile.places, tile.filters)
        result.update(repeating: 0, count: places.batch * places.imageSize)
        tile.forEach { first, count in
            tile.multiply(
                gradient + first * filters, leading: filters, transposed: false, kernel, transposed: true, m: count, n: places.patchSize,
                k: filters, into: tile.patches)
            places.addPatches(tile.patches, from: first, count: count, to: result)
        }
        epilogue?.pointee.run()
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct Convolution2DKernelGradientKernel: Kernel {
    let tile: ConvolutionTile
    let images: UnsafePointer<Float>
    let gradient: UnsafePointer<Float>
    /// A tile's share of the result.
    let part: UnsafeMutablePointer<Float>
    let result: UnsafeMutablePointer<Float>

    func run() {
        let (places, filters) = (tile.places, tile.filters)
        tile.forEach { first, count in
            places.copyPatches(of: images, from: first, count: count, to: tile.patches)
            tile.multiply(
                tile.patches, leading: places.patchSize, transposed: true, gradient + first * filters, transposed: false,
                m: places.patchSize, n: filters, k: count, into: first == 0 ? result : part)
            if first > 0 { add(part, to: result, count: places.patchSize * filters) }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The images under a moving window times a kernel.
    public mutating func convolution2D(_ images: Value, _ kernel: Value, window: Window) throws(ShapeError) -> Value {
        try add(Convolution2D(window: window), [images, kernel])
    }
}
