/// The sum, over a window that moves over images, of what lies under it times a kernel: `[batch, rows, columns, channels]` and
/// `[window rows, window columns, channels / groups, filters]` → `[batch, places down, places across, filters]`.
///
/// y[b, p, q, f] = Σ x[b, p · stride - above + i · dilation, q · stride - left + j · dilation, c] k[i, j, c, f], where x is 0 beyond its edges.
/// Channels and filters fall into as many groups of neighbours; a filter sees the channels of its own group.
/// Gradients: ``Convolution2DInputGradient`` and ``Convolution2DKernelGradient``; each of the three is linear in both operands, and the other two are its
/// derivatives.
package struct Convolution2D: EpilogueOperation, ImageOperation {
    package let window: Window
    package let groups: Int
    package init(window: Window, groups: Int = 1) { (self.window, self.groups) = (window, groups) }
    package var name: String { "conv2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 4 else {
            throw mismatch(inputs, expected: "images [rows, columns, channels]; reshape gives columns that shape")
        }
        guard groups > 0, inputs[0].columns % groups == 0 else {
            throw mismatch(inputs, expected: "channels that fall into \(groups) equal groups")
        }
        guard inputs[1].rank == 4, Array(inputs[1].dimensions.dropLast()) == window.size + [inputs[0].columns / groups] else {
            throw mismatch(inputs, expected: "a kernel of the window's size and the images' channels")
        }
        guard inputs[1].columns % groups == 0 else {
            throw mismatch(inputs, expected: "filters that fall into \(groups) equal groups")
        }
        guard let places = window.places(on: inputs[0]) else {
            throw mismatch(inputs, expected: "images that are at least as large as the window")
        }
        return [places.batch, places.placesDown, places.placesAcross, inputs[1].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.add(Convolution2DInputGradient(window: window, images: inputs[0].shape, groups: groups), [upstream, inputs[1]]),
            try graph.add(Convolution2DKernelGradient(window: window, groups: groups), [inputs[0], upstream]),
        ]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(
            Convolution2DKernel(
                walk: ConvolutionWalk(places, filters: output.shape.columns, groups: groups, emitter: emitter), images: inputs[0].images,
                kernel: inputs[1].floats, result: output.images, epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The gradient of ``Convolution2D`` to its images: g `[batch, places down, places across, filters]` and the kernel → `images`.
///
/// The product of g with the transposed kernel, each row of which is added to the cells under the window at its place.
package struct Convolution2DInputGradient: EpilogueOperation, ImageOperation {
    package let window: Window
    package let images: Shape
    package let groups: Int
    package init(window: Window, images: Shape, groups: Int = 1) { (self.window, self.images, self.groups) = (window, images, groups) }
    package var name: String { "gradient of conv2d to its input" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, try Convolution2D(window: window, groups: groups).shape(of: [images, inputs[1]]) == inputs[0] else {
            throw mismatch(inputs, expected: "a gradient and a kernel of a convolution of \(images)")
        }
        return images
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.add(Convolution2D(window: window, groups: groups), [upstream, inputs[1]]),
            try graph.add(Convolution2DKernelGradient(window: window, groups: groups), [upstream, inputs[0]]),
        ]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        guard let places = window.places(on: images) else { return }
        emitter.add(
            Convolution2DInputGradientKernel(
                walk: ConvolutionWalk(places, filters: inputs[0].shape.columns, groups: groups, emitter: emitter),
                gradient: inputs[0].images, kernel: inputs[1].floats,
                turned: emitter.room(for: Float.self, count: inputs[1].shape.count),
                line: emitter.room(for: Float.self, count: places.paddedColumns * places.channels),
                spread: emitter.room(for: Float.self, count: places.placesAcross * places.windowColumns * places.channels),
                result: output.images, epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The gradient of ``Convolution2D`` to its kernel: images and g `[batch, places down, places across, filters]` →
/// `[window rows, window columns, channels, filters]`, the sum over all places of what lies under the window times g.
package struct Convolution2DKernelGradient: ImageOperation {
    package let window: Window
    package let groups: Int
    package init(window: Window, groups: Int = 1) { (self.window, self.groups) = (window, groups) }
    package var name: String { "gradient of conv2d to its kernel" }
    var imageInputs: [Int] { [0, 1] }
    var addsUp: Bool { true }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 4 else { throw mismatch(inputs, expected: "images and a gradient") }
        let kernel = Shape(window.size + [inputs[0].columns / max(groups, 1), inputs[1].columns])
        guard try Convolution2D(window: window, groups: groups).shape(of: [inputs[0], kernel]) == inputs[1] else {
            throw mismatch(inputs, expected: "a gradient of a convolution of the images")
        }
        return kernel
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.add(Convolution2DInputGradient(window: window, images: inputs[0].shape, groups: groups), [inputs[1], upstream]),
            try graph.add(Convolution2D(window: window, groups: groups), [inputs[0], upstream]),
        ]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(
            Convolution2DKernelGradientKernel(
                walk: ConvolutionWalk(places, filters: output.shape.columns, groups: groups, emitter: emitter), images: inputs[0].images,
                gradient: inputs[1].images, result: output.floats))
    }
}

extension Graph {
    /// The images under a moving window times a kernel.
    public mutating func convolution2D(_ images: Value, _ kernel: Value, window: Window, groups: Int = 1) throws(ShapeError) -> Value {
        try add(Convolution2D(window: window, groups: groups), [images, kernel])
    }

    /// The gradient of such a product to its images, by itself: each number of `x` times the kernel is added to the cells under the window at its place.
    public mutating func transposedConvolution2D(_ x: Value, _ kernel: Value, window: Window, images: Shape) throws(ShapeError) -> Value {
        try add(Convolution2DInputGradient(window: window, images: images), [x, kernel])
    }
}
