import CProduct

/// How a convolution goes over one image after the other: its three products, each as walks over memory as it lies (CWalk.h).
///
/// An image with padding is copied to a place with zeros around it first. Bits depend on one image's sizes alone.
struct ConvolutionWalk: BitwiseCopyable {
    let places: WindowPlaces
    let filters: Int
    let groups: Int
    /// Room for an image with its padding, zeros at first; nil where nothing is padded.
    let padded: UnsafeMutablePointer<Float>?
    /// Floats from a row of an image, with its padding, to the next.
    let pitch: Int

    init(_ places: WindowPlaces, filters: Int, groups: Int, emitter: Emitter) {
        (self.places, self.filters, self.groups) = (places, filters, groups)
        let hasPadding = places.hasPadding
        pitch = (hasPadding ? places.paddedColumns : places.columns) * places.channels
        padded = hasPadding ? emitter.room(for: Float.self, count: places.paddedRows * pitch) : nil
    }

    private var groupChannels: Int { places.channels / groups }
    private var groupFilters: Int { filters / groups }
    /// Whether the cells of a row of the window, with all their channels, lie beside each other.
    private var hasWholeRows: Bool { groups == 1 && places.columnDilation == 1 }

    /// The image as the window sees it.
    @inline(__always)
    private func source(_ image: UnsafePointer<Float>) -> UnsafePointer<Float> {
        guard let padded else { return image }
        let line = places.columns * places.channels
        for row in 0..<places.rows {
            copy(image + row * line, to: padded + (row + places.above) * pitch + places.left * places.channels, count: line)
        }
        return UnsafePointer(padded)
    }

    // MARK: - Forward

    /// Writes an image's result.
    func multiply(image: UnsafePointer<Float>, kernel: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        let source = source(image)
        if isByChannel { return multiplyChannels(source, kernel: kernel, into: result) }
        let (cells, across) = (groupChannels, places.placesAcross)
        var walk = cproduct_walk()
        walk.row_a = places.columnStride * places.channels
        walk.columns = groupFilters
        walk.leading_c = filters
        let (down, right) = (places.rowDilation * pitch, places.columnDilation * places.channels)
        if hasWholeRows {
            walk.steps = (1, places.windowRows, places.windowColumns * cells)
        } else {
            walk.steps = (places.windowRows, places.windowColumns, cells)
        }
        walk.step_a = hasWholeRows ? (0, down, 1) : (down, right, 1)
        let (kernelRow, kernelCell) = (places.windowColumns * cells * filters, cells * filters)
        walk.step_b = hasWholeRows ? (0, kernelRow, filters) : (kernelRow, kernelCell, filters)
        // Places of several rows are one run where they lie as far apart from row to row as within one.
        let isOneRun = places.rowStride * pitch == across * walk.row_a
        walk.rows = isOneRun ? places.placesPerImage : across
        for group in 0..<groups {
            walk.b = kernel + group * groupFilters
            for row in 0..<(isOneRun ? 1 : places.placesDown) {
                walk.a = source + (row * places.rowStride * pitch + group * cells)
                walk.c = result + (row * across * filters + group * groupFilters)
                cproduct_walk_run(&walk)
            }
        }
    }

    // MARK: - To the kernel

    /// Writes, or adds, an image's share of the kernel's gradient.
    func addToKernel(
        image: UnsafePointer<Float>, gradient: UnsafePointer<Float>, adds: Bool, result: UnsafeMutablePointer<Float>
    ) {
        let source = source(image)
        if isByChannel {
            if !adds { result.update(repeating: 0, count: places.patchSize) }
            return addToKernelByChannel(source, gradient: gradient, result: result)
        }
        let (down, across) = placesThatCount(gradient)
        guard down > 0 && across > 0 || !adds else { return }
        let cells = groupChannels
        var walk = cproduct_walk()
        walk.rows = hasWholeRows ? places.windowColumns * cells : cells
        walk.columns = groupFilters
        walk.row_a = 1
        walk.steps = (1, down, across)
        walk.step_a = (0, places.rowStride * pitch, places.columnStride * places.channels)
        walk.step_b = (0, places.placesAcross * filters, filters)
        walk.leading_c = filters
        walk.adds = adds ? 1 : 0
        for group in 0..<groups {
            walk.b = gradient + group * groupFilters
            for row in 0..<places.windowRows {
                for column in 0..<(hasWholeRows ? 1 : places.windowColumns) {
                    walk.a = source + (row * places.rowDilation * pitch + column * places.columnDilation * places.channels + group * cells)
                    walk.c = result + ((row * places.windowColumns + column) * cells * filters + group * groupFilters)
                    cproduct_walk_run(&walk)
                }
            }
        }
    }

    /// How many places down and across an image's gradient has before those at the end where it is 0 throughout, which add nothing: pooling leaves such
    /// where its windows do not reach the edge.
    private func placesThatCount(_ gradient: UnsafePointer<Float>) -> (down: Int, across: Int) {
        let line = places.placesAcross * filters
        var (down, across) = (places.placesDown, places.placesAcross)
        while down > 0, isZero(gradient + (down - 1) * line, count: line) { down -= 1 }
        while across > 0, (0..<down).allSatisfy({ isZero(gradient + ($0 * line + (across - 1) * filters), count: filters) }) { across -= 1 }
        return (down, across)
    }

    // MARK: - To the images

    /// Writes the kernel `[window rows, window columns, channels, filters]` as `[window rows, filters, window columns, channels]`.
    func turn(_ kernel: UnsafePointer<Float>, to turned: UnsafeMutablePointer<Float>) {
        let (cells, columns) = (groupChannels, places.windowColumns)
        for row in 0..<places.windowRows {
            cproduct_transpose(
                kernel + row * columns * cells * filters, columns * cells, filters, turned + row * columns * cells * filters)
        }
    }

    /// Whether a place's share for a whole row of the window is computed at once and then spread: where channels do not fill vectors.
    private var spreads: Bool {
        let vectors = (groupChannels + lanes - 1) / lanes
        return hasWholeRows && (places.windowColumns * groupChannels + lanes - 1) / lanes * 4 <= vectors * places.windowColumns * 3
    }

    /// Writes an image's gradient, channel by channel.
    func multiplyByChannel(gradient: UnsafePointer<Float>, kernel: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        let target = padded ?? result
        target.update(repeating: 0, count: padded == nil ? places.imageSize : places.paddedRows * pitch)
        spreadChannels(gradient, kernel: kernel, to: target)
        guard let padded else { return }
        let line = places.columns * places.channels
        for row in 0..<places.rows {
            copy(padded + (row + places.above) * pitch + places.left * places.channels, to: result + row * line, count: line)
        }
    }

    /// Writes an image's gradient. `line` has room for a row of the image with its padding, `spread` for a row of the window at all places across.
    func multiplyTurned(
        gradient: UnsafePointer<Float>, turned: UnsafePointer<Float>, line: UnsafeMutablePointer<Float>,
        spread: UnsafeMutablePointer<Float>, into result: UnsafeMutablePointer<Float>
    ) {
        let (down, across) = placesThatCount(gradient)
        let cells = groupChannels
        let wide = places.windowColumns * cells
        let lineSize = places.columns * places.channels
        for row in 0..<places.rows {
            let target = padded == nil ? result + row * lineSize : line
            target.update(repeating: 0, count: padded == nil ? lineSize : pitch)
            // The rows of the window that reach this row, from places that lie as far apart as the step: one walk where they follow each other.
            var from = 0
            while across > 0, let (first, count) = windowRows(reaching: row, from: from, of: down) {
                let place = (row + places.above - first * places.rowDilation) / places.rowStride
                var walk = cproduct_walk()
                walk.rows = across
                walk.row_a = filters
                walk.steps = (1, count, groupFilters)
                walk.step_a = (0, -places.rowDilation * places.placesAcross * filters, 1)
                walk.step_b = (0, wide * filters, wide)
                for group in 0..<groups {
                    walk.a = gradient + (place * places.placesAcross * filters + group * groupFilters)
                    let kernel = turned + (first * filters + group * groupFilters) * wide
                    if spreads {
                        walk.b = kernel
                        walk.columns = wide
                        walk.c = spread
                        walk.leading_c = wide
                        cproduct_walk_run(&walk)
                        for q in 0..<across {
                            add(spread + q * wide, to: target + q * places.columnStride * places.channels, count: wide)
                        }
                        continue
                    }
                    walk.columns = cells
                    walk.leading_c = places.columnStride * places.channels
                    walk.adds = 1
                    for column in 0..<places.windowColumns {
                        walk.b = kernel + column * cells
                        walk.c = target + (column * places.columnDilation * places.channels + group * cells)
                        cproduct_walk_run(&walk)
                    }
                }
                from = first + count
            }
            if padded != nil { copy(line + places.left * places.channels, to: result + row * lineSize, count: lineSize) }
        }
    }

    /// The next rows of the window, from `from` on, that reach a row of the image from one of `down` places; one at a time where the window moves by more
    /// than a row.
    @inline(__always)
    private func windowRows(reaching row: Int, from: Int, of down: Int) -> (first: Int, count: Int)? {
        var first = from
        while first < places.windowRows, !isReached(row, by: first, of: down) { first += 1 }
        guard first < places.windowRows else { return nil }
        var end = first + 1
        if places.rowStride == 1 { while end < places.windowRows, isReached(row, by: end, of: down) { end += 1 } }
        return (first, end - first)
    }

    @inline(__always)
    private func isReached(_ row: Int, by windowRow: Int, of down: Int) -> Bool {
        let start = row + places.above - windowRow * places.rowDilation
        return start >= 0 && start % places.rowStride == 0 && start / places.rowStride < down
    }
}

struct Convolution2DKernel: ImageKernel {
    let walk: ConvolutionWalk
    let images: ImagePlaces
    let kernel: UnsafePointer<Float>
    let result: ImagePlaces
    let epilogue: UnsafePointer<Epilogue>?

    var places: WindowPlaces { walk.places }

    func run(image: Int) {
        walk.multiply(image: images(image), kernel: kernel, into: result(image))
        epilogue?.pointee.run(image: image, of: places.placesPerImage)
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}

struct Convolution2DInputGradientKernel: ImageKernel {
    let walk: ConvolutionWalk
    let gradient: ImagePlaces
    let kernel: UnsafePointer<Float>
    /// Room for the kernel, turned; a row of an image; a row of the window at all places across.
    let turned: UnsafeMutablePointer<Float>
    let line: UnsafeMutablePointer<Float>
    let spread: UnsafeMutablePointer<Float>
    let result: ImagePlaces
    let epilogue: UnsafePointer<Epilogue>?

    var places: WindowPlaces { walk.places }

    func run(image: Int) {
        let (gradient, result) = (gradient(image), result(image))
        if walk.isByChannel {
            walk.multiplyByChannel(gradient: gradient, kernel: kernel, into: result)
        } else {
            if image == 0 { walk.turn(kernel, to: turned) }
            walk.multiplyTurned(gradient: gradient, turned: turned, line: line, spread: spread, into: result)
        }
        epilogue?.pointee.run(image: image, of: places.rows * places.columns)
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}

struct Convolution2DKernelGradientKernel: ImageKernel {
    let walk: ConvolutionWalk
    let images: ImagePlaces
    let gradient: ImagePlaces
    let result: UnsafeMutablePointer<Float>

    var places: WindowPlaces { walk.places }

    func run(image: Int) {
        walk.addToKernel(image: images(image), gradient: gradient(image), adds: image > 0, result: result)
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}
