/// The mean of what lies under a window that moves over images, channel by channel: `[batch, rows, columns, channels]` →
/// `[batch, places down, places across, channels]`. Cells beyond the edges do not count. Gradient: ``AveragePooling2DGradient``.
package struct AveragePooling2D: ImageOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "average_pooling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape { try pooled(inputs, by: window) }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(AveragePooling2DGradient(window: window, images: inputs[0].shape), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(AveragePooling2DKernel(places: places, images: inputs[0].images, result: output.images))
    }
}

/// The gradient of ``AveragePooling2D``: each g, divided by the cells under its window, is added to each of them. Gradient: the mean under the window.
package struct AveragePooling2DGradient: EpilogueOperation, ImageOperation {
    package let window: Window
    package let images: Shape
    package init(window: Window, images: Shape) { (self.window, self.images) = (window, images) }
    package var name: String { "gradient of average_pooling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, try pooled([images], by: window) == inputs[0] else {
            throw mismatch(inputs, expected: "a gradient of pooling")
        }
        return images
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(AveragePooling2D(window: window), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        guard let places = window.places(on: images) else { return }
        emitter.add(
            AveragePooling2DGradientKernel(
                places: places, gradient: inputs[0].images, result: output.images,
                epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The largest number under a window that moves over images, channel by channel: `[batch, rows, columns, channels]` →
/// `[batch, places down, places across, channels]`. Gradient: ``MaxPooling2DGradient``.
package struct MaxPooling2D: ImageOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "max_pooling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape { try pooled(inputs, by: window) }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(MaxPooling2DGradient(window: window), [inputs[0], output, upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(MaxPooling2DKernel(places: places, images: inputs[0].images, result: output.images))
    }
}

/// The gradient of ``MaxPooling2D`` from its images, its result and g: each g goes to the first cell under its window, row by row, that is the largest.
package struct MaxPooling2DGradient: EpilogueOperation, ImageOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "gradient of max_pooling2d" }
    var imageInputs: [Int] { [0, 1, 2] }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, try pooled([inputs[0]], by: window) == inputs[1], inputs[1] == inputs[2] else {
            throw mismatch(inputs, expected: "images, their largest numbers, and a gradient")
        }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "first derivatives only")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(
            MaxPooling2DGradientKernel(
                places: places, images: inputs[0].images, largest: inputs[1].images, gradient: inputs[2].images, result: output.images,
                epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

extension KernelOperation {
    /// The shape of images, pooled.
    fileprivate func pooled(_ inputs: [Shape], by window: Window) throws(ShapeError) -> Shape {
        guard let images = inputs.first, images.rank == 4 else { throw mismatch(inputs, expected: "images [rows, columns, channels]") }
        guard let places = window.places(on: images) else {
            throw mismatch(inputs, expected: "images that are at least as large as the window")
        }
        return [places.batch, places.placesDown, places.placesAcross, places.channels]
    }
}

extension Graph {
    /// The mean under a moving window, channel by channel.
    public mutating func averagePooling2D(_ images: Value, window: Window) throws(ShapeError) -> Value {
        try add(AveragePooling2D(window: window), [images])
    }

    /// The largest number under a moving window, channel by channel.
    public mutating func maxPooling2D(_ images: Value, window: Window) throws(ShapeError) -> Value {
        try add(MaxPooling2D(window: window), [images])
    }
}
