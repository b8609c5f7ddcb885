import CVector

/// A window that moves over the rows and columns of images: its size, its steps, the distance between its cells, and the images' padding.
public struct Window: Hashable, Sendable {
    /// Rows and columns.
    public let size: [Int]
    /// How far the window moves, down and to the right.
    public let strides: [Int]
    /// The distance between neighbouring cells of the window, down and to the right.
    public let dilation: [Int]
    /// What lies beyond the images' edges.
    public let padding: Padding

    /// What lies beyond the edges of images: nothing, so that the window stays inside, or as many zeros as give, with steps of 1, as many places as cells.
    public enum Padding: Hashable, Sendable {
        /// Nothing.
        case none
        /// Zeros on all sides, one more below and to the right where their number is odd.
        case around
        /// All zeros above and to the left, so that nothing is seen from behind the place.
        case before
    }

    /// A window of two sizes, two steps and two distances.
    public init(size: [Int], strides: [Int] = [1, 1], dilation: [Int] = [1, 1], padding: Padding = .none) {
        self.size = size
        self.strides = strides
        self.dilation = dilation
        self.padding = padding
    }

    /// How the window lies on images `[batch, rows, columns, channels]`; nil for another shape, or one that is smaller than the window.
    func places(on images: Shape) -> WindowPlaces? {
        guard images.rank == 4, size.count == 2, strides.count == 2, dilation.count == 2 else { return nil }
        let (image, channels) = (Array(images.dimensions[1...2]), images.dimensions[3])
        var found = [0, 0]
        var before = [0, 0]
        for axis in 0...1 {
            let reach = (size[axis] - 1) * dilation[axis] + 1
            switch padding {
            case .none:
                guard image[axis] >= reach else { return nil }
                found[axis] = (image[axis] - reach) / strides[axis] + 1
            case .around:
                found[axis] = (image[axis] + strides[axis] - 1) / strides[axis]
                before[axis] = max((found[axis] - 1) * strides[axis] + reach - image[axis], 0) / 2
            case .before:
                found[axis] = (image[axis] + strides[axis] - 1) / strides[axis]
                before[axis] = reach - 1
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

    /// Columns of an image with its padding, as far as the window reaches.
    var paddedColumns: Int { max(left + columns, (placesAcross - 1) * columnStride + (windowColumns - 1) * columnDilation + 1) }
    /// Rows of an image with its padding, as far as the window reaches.
    var paddedRows: Int { max(above + rows, (placesDown - 1) * rowStride + (windowRows - 1) * rowDilation + 1) }
    /// Whether the window lies on padding at some places.
    var hasPadding: Bool { paddedRows > rows || paddedColumns > columns }
}

/// Copies a short run.
@inline(__always)
func copy(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
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

/// Whether all numbers of a short run are 0, of whatever sign.
@inline(__always)
func isZero(_ source: UnsafePointer<Float>, count: Int) -> Bool {
    var i = 0
    while i + lanes <= count {
        let numbers = load(source + i)
        if cvector_are_zero(numbers, numbers, numbers, numbers) == 0 { return false }
        i += lanes
    }
    while i < count {
        if source[i] != 0 { return false }
        i += 1
    }
    return true
}
