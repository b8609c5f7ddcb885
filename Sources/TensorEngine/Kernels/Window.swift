/// A window that moves over the rows and columns of images: its size, its steps, the distance between its cells, and whether images are padded.
public struct Window: Hashable, Sendable {
    /// Rows and columns.
    public let size: [Int]
    /// How far the window moves, down and to the right.
    public let strides: [Int]
    /// The distance between neighbouring cells of the window, down and to the right.
    public let dilation: [Int]
    /// Whether images are padded on all sides, so that with steps of 1 as many places come out; one cell more below and to the right where the
    /// padding is odd. Else the window stays inside.
    public let isPadded: Bool

    /// A window of two sizes, two steps and two distances.
    public init(size: [Int], strides: [Int] = [1, 1], dilation: [Int] = [1, 1], isPadded: Bool = false) {
        self.size = size
        self.strides = strides
        self.dilation = dilation
        self.isPadded = isPadded
    }

    /// How the window lies on images `[batch, rows, columns, channels]`; nil for another shape, or one that is smaller than the window.
    func places(on images: Shape) -> WindowPlaces? {
        guard images.rank == 4, size.count == 2, strides.count == 2, dilation.count == 2 else { return nil }
        let (image, channels) = (Array(images.dimensions[1...2]), images.dimensions[3])
        var found = [0, 0]
        var before = [0, 0]
        for axis in 0...1 {
            let reach = (size[axis] - 1) * dilation[axis] + 1
            if isPadded {
                found[axis] = (image[axis] + strides[axis] - 1) / strides[axis]
                before[axis] = max((found[axis] - 1) * strides[axis] + reach - image[axis], 0) / 2
            } else {
                guard image[axis] >= reach else { return nil }
                found[axis] = (image[axis] - reach) / strides[axis] + 1
            }
        }
        return WindowPlaces(
            batch: images.dimensions[0], rows: image[0], columns: image[1], channels: channels, windowRows: size[0], windowColumns: size[1],
            rowStride: strides[0], columnStride: strides[1], rowDilation: dilation[0], columnDilation: dilation[1], above: before[0],
            left: before[1], placesDown: found[0], placesAcross: found[1])
    }
}

/// Where a ``Window`` lies on images: plain numbers for kernels.
struct WindowPlaces: BitwiseCopyable {
    let batch: Int
    let rows: Int
    let columns: Int
    let channels: Int
    let windowRows: Int
    let windowColumns: Int
    let rowStride: Int
    let columnStride: Int
    let rowDilation: Int
    let columnDilation: Int
    /// Rows of padding above an image.
    let above: Int
    /// Columns of padding to its left.
    let left: Int
    /// How many places the window has, from top to bottom.
    let placesDown: Int
    /// How many places the window has, from left to right.
    let placesAcross: Int

    /// Places of the window on an image.
    var placesPerImage: Int { placesDown * placesAcross }
    /// Numbers of an image.
    var imageSize: Int { rows * columns * channels }
    /// Numbers under a window.
    var patchSize: Int { windowRows * windowColumns * channels }

    /// The rows of the window that lie inside the image at a place, counted from its top.
    @inline(__always)
    func rowsInside(_ down: Int) -> Range<Int> {
        inside(start: down * rowStride - above, step: rowDilation, count: windowRows, length: rows)
    }

    /// The columns of the window that lie inside the image at a place, counted from its left.
    @inline(__always)
    func columnsInside(_ across: Int) -> Range<Int> {
        inside(start: across * columnStride - left, step: columnDilation, count: windowColumns, length: columns)
    }

    @inline(__always)
    private func inside(start: Int, step: Int, count: Int, length: Int) -> Range<Int> {
        let first = start < 0 ? (step - 1 - start) / step : 0
        let end = start >= length ? 0 : min(count, (length - 1 - start) / step + 1)
        return first..<max(first, end)
    }

    /// Calls `body` with the places that lie from `first` on: the place's number, its image, and how far down and across it is.
    @inline(__always)
    func forEachPlace(from first: Int, count: Int, _ body: (_ place: Int, _ image: Int, _ down: Int, _ across: Int) -> Void) {
        var (image, rest) = first.quotientAndRemainder(dividingBy: placesPerImage)
        var (down, across) = rest.quotientAndRemainder(dividingBy: placesAcross)
        rest = first
        while rest < first + count {
            body(rest, image, down, across)
            rest += 1
            across += 1
            if across == placesAcross {
                across = 0
                down += 1
                if down == placesDown {
                    down = 0
                    image += 1
                }
            }
        }
    }

    /// Writes what lies under the window at `count` places from `first` on, a row each: `[count, windowRows · windowColumns · channels]`, 0 for padding.
    func copyPatches(of images: UnsafePointer<Float>, from first: Int, count: Int, to patches: UnsafeMutablePointer<Float>) {
        let line = windowColumns * channels
        forEachPlace(from: first, count: count) { place, image, down, across in
            let patch = patches + (place - first) * patchSize
            let (rowsInside, columnsInside) = (rowsInside(down), columnsInside(across))
            let source = images + image * imageSize
            let firstColumn = across * columnStride - left
            for row in 0..<windowRows {
                let target = patch + row * line
                guard rowsInside.contains(row), !columnsInside.isEmpty else {
                    target.update(repeating: 0, count: line)
                    continue
                }
                let from = source + (down * rowStride - above + row * rowDilation) * columns * channels
                let (start, end) = (columnsInside.lowerBound, columnsInside.upperBound)
                if start > 0 { target.update(repeating: 0, count: start * channels) }
                if columnDilation == 1 {
                    copy(from + (firstColumn + start) * channels, to: target + start * channels, count: (end - start) * channels)
                } else {
                    for column in start..<end {
                        copy(from + (firstColumn + column * columnDilation) * channels, to: target + column * channels, count: channels)
                    }
                }
                if end < windowColumns { (target + end * channels).update(repeating: 0, count: (windowColumns - end) * channels) }
            }
        }
    }

    /// The transpose of ``copyPatches(of:from:count:to:)``: adds each patch to what lies under the window at its place.
    func addPatches(_ patches: UnsafePointer<Float>, from first: Int, count: Int, to images: UnsafeMutablePointer<Float>) {
        let line = windowColumns * channels
        forEachPlace(from: first, count: count) { place, image, down, across in
            let patch = patches + (place - first) * patchSize
            let columnsInside = columnsInside(across)
            guard !columnsInside.isEmpty else { return }
            let (start, end) = (columnsInside.lowerBound, columnsInside.upperBound)
            let firstColumn = across * columnStride - left
            for row in rowsInside(down) {
                let source = patch + row * line
                let to = images + image * imageSize + (down * rowStride - above + row * rowDilation) * columns * channels
                if columnDilation == 1 {
                    add(source + start * channels, to: to + (firstColumn + start) * channels, count: (end - start) * channels)
                } else {
                    for column in start..<end {
                        add(source + column * channels, to: to + (firstColumn + column * columnDilation) * channels, count: channels)
                    }
                }
            }
        }
    }
}

/// Copies a short run.
@inline(__always)
private func copy(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
    var i = 0
    while i + lanes <= count {
        store(load(source + i), to: target + i)
        i += lanes
    }
    while i < count {
        target[i] = source[i]
        i += 1
    }
}

/// Adds a short run to another.
@inline(__always)
func add(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
    var i = 0
    while i + lanes <= count {
        store(load(target + i) + load(source + i), to: target + i)
        i += lanes
    }
    while i < count {
        target[i] += source[i]
        i += 1
    }
}
