/// The mean of what lies under a window that moves over images, channel by channel: `[batch, rows, columns, channels]` →
/// `[batch, places down, places across, channels]`. Cells beyond the edges do not count. Gradient: ``AveragePooling2DGradient``.
package struct AveragePooling2D: KernelOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "average_pooling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape { try pooled(inputs, by: window) }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(AveragePooling2DGradient(window: window, images: inputs[0].shape), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(AveragePooling2DKernel(places: places, images: inputs[0].floats, result: output.floats))
    }
}

/// The gradient of ``AveragePooling2D``: each g, divided by the cells under its window, is added to each of them. Gradient: the mean under the window.
package struct AveragePooling2DGradient: KernelOperation {
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

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: images) else { return }
        emitter.add(AveragePooling2DGradientKernel(places: places, gradient: inputs[0].floats, result: output.floats))
    }
}

/// The largest number under a window that moves over images, channel by channel: `[batch, rows, columns, channels]` →
/// `[batch, places down, places across, channels]`. Gradient: ``MaxPooling2DGradient``.
package struct MaxPooling2D: KernelOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "max_pooling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape { try pooled(inputs, by: window) }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(MaxPooling2DGradient(window: window), [inputs[0], output, upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(MaxPooling2DKernel(places: places, images: inputs[0].floats, result: output.floats))
    }
}

/// The gradient of ``MaxPooling2D`` from its images, its result and g: each g goes to the first cell under its window, row by row, that is the largest.
package struct MaxPooling2DGradient: KernelOperation {
    package let window: Window
    package init(window: Window) { self.window = window }
    package var name: String { "gradient of max_pooling2d" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, try pooled([inputs[0]], by: window) == inputs[1], inputs[1] == inputs[2] else {
            throw mismatch(inputs, expected: "images, their largest numbers, and a gradient")
        }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "first derivatives only")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        guard let places = window.places(on: inputs[0].shape) else { return }
        emitter.add(
            MaxPooling2DGradientKernel(
                places: places, images: inputs[0].floats, largest: inputs[1].floats, gradient: inputs[2].floats, result: output.floats,
                open: emitter.room(for: Float.self, count: places.channels)))
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

// MARK: - Kernels

extension WindowPlaces {
    /// Where all places are, and the offset of each cell under the window there from the start of the images.
    @inline(__always)
    fileprivate func forEachCell(
        place: (_ place: Int, _ cells: Int) -> Void, cell: (_ place: Int, _ offset: Int) -> Void
    ) {
        forEachPlace(from: 0, count: batch * placesPerImage) { number, image, down, across in
            let (rowsInside, columnsInside) = (rowsInside(down), columnsInside(across))
            place(number, rowsInside.count * columnsInside.count)
            for row in rowsInside {
                let line = image * rows + down * rowStride - above + row * rowDilation
                for column in columnsInside {
                    cell(number, (line * columns + across * columnStride - left + column * columnDilation) * channels)
                }
            }
        }
    }
}

private struct AveragePooling2DKernel: Kernel {
    let places: WindowPlaces
    let images: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>

    func run() {
        let channels = places.channels
        var share: Float = 1
        places.forEachCell { place, cells in
            share = 1 / Float(max(cells, 1))
            (result + place * channels).update(repeating: 0, count: channels)
        } cell: { place, offset in
            addScaled(images + offset, by: share, to: result + place * channels, count: channels)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct AveragePooling2DGradientKernel: Kernel {
    let places: WindowPlaces
    let gradient: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>

    func run() {
        let channels = places.channels
        result.update(repeating: 0, count: places.batch * places.imageSize)
        var share: Float = 1
        places.forEachCell { _, cells in
            share = 1 / Float(max(cells, 1))
        } cell: { place, offset in
            addScaled(gradient + place * channels, by: share, to: result + offset, count: channels)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct MaxPooling2DKernel: Kernel {
    let places: WindowPlaces
    let images: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>

    func run() {
        let channels = places.channels
        places.forEachCell { place, _ in
            (result + place * channels).update(repeating: -.infinity, count: channels)
        } cell: { place, offset in
            let (source, target) = (images + offset, result + place * channels)
            var i = 0
            while i + lanes <= channels {
                store(larger(load(source + i), than: load(target + i)), to: target + i)
                i += lanes
            }
            while i < channels {
                if !(source[i] < target[i]) { target[i] = source[i] }
                i += 1
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

private struct MaxPooling2DGradientKernel: Kernel {
    let places: WindowPlaces
    let images: UnsafePointer<Float>
    let largest: UnsafePointer<Float>
    let gradient: UnsafePointer<Float>
    let result: UnsafeMutablePointer<Float>
    /// By channel what no cell of the place has taken yet.
    let open: UnsafeMutablePointer<Float>

    func run() {
        let channels = places.channels
        result.update(repeating: 0, count: places.batch * places.imageSize)
        places.forEachCell { place, _ in
            open.update(from: gradient + place * channels, count: channels)
        } cell: { place, offset in
            let (source, peak, target) = (images + offset, largest + place * channels, result + offset)
            var i = 0
            while i + lanes <= channels {
                let rest = load(open + i)
                let taken = load(source + i) .== load(peak + i)
                let zero = Vector(repeating: 0)
                store(load(target + i) + zero.replacing(with: rest, where: taken), to: target + i)
                store(rest.replacing(with: zero, where: taken), to: open + i)
                i += lanes
            }
            while i < channels {
                if source[i] == peak[i] {
                    target[i] += open[i]
                    open[i] = 0
                }
                i += 1
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Adds a multiple of a run to another.
@inline(__always)
private func addScaled(_ source: UnsafePointer<Float>, by factor: Float, to target: UnsafeMutablePointer<Float>, count: Int) {
    let factors = Vector(repeating: factor)
    var i = 0
    while i + lanes <= count {
        store(multiplyAdd(load(source + i), factors, load(target + i)), to: target + i)
        i += lanes
    }
    while i < count {
        target[i] += source[i] * factor
        i += 1
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
