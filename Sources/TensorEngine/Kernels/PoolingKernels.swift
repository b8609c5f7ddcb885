import CVector

extension WindowPlaces {
    /// All places on an image, row by row: the place's number there, the first cell under the window inside the image as an offset from the image's start,
    /// and how many rows and columns of cells lie inside.
    @inline(__always)
    fileprivate func forEachPlace(_ body: (_ place: Int, _ cell: Int, _ rows: Int, _ columns: Int) -> Void) {
        var place = 0
        for down in 0..<placesDown {
            let rowsInside = rowsInside(down)
            let line = (down * rowStride - above + rowsInside.lowerBound * rowDilation) * columns
            for across in 0..<placesAcross {
                let start = across * columnStride - left
                if columnDilation == 1, start >= 0, start + windowColumns <= columns {
                    body(place, (line + start) * channels, rowsInside.count, windowColumns)
                } else {
                    let columnsInside = columnsInside(across)
                    body(
                        place, (line + start + columnsInside.lowerBound * columnDilation) * channels, rowsInside.count, columnsInside.count)
                }
                place += 1
            }
        }
    }

    /// Floats from a row of cells under the window to the next, and from a cell to the next.
    fileprivate var cellSteps: (row: Int, column: Int) { (rowDilation * columns * channels, columnDilation * channels) }

    /// Whether no two places share a cell.
    fileprivate var isDisjoint: Bool {
        rowDilation == 1 && columnDilation == 1 && rowStride >= windowRows && columnStride >= windowColumns
    }

    /// Whether every cell lies under exactly one place.
    fileprivate var isTiling: Bool {
        isDisjoint && rowStride == windowRows && columnStride == windowColumns && placesDown * windowRows == rows
            && placesAcross * windowColumns == columns
    }

    /// Calls `body` with the offset of each vector of channels, and how many of its lanes are channels.
    @inline(__always)
    func forEachVector(_ body: (_ offset: Int, _ count: Int) -> Void) {
        var offset = 0
        while offset < channels {
            body(offset, min(lanes, channels - offset))
            offset += lanes
        }
    }
}

/// Writes the lanes that count.
@inline(__always)
func store(_ value: Vector, count: Int, to target: UnsafeMutablePointer<Float>) {
    if count == lanes {
        TensorEngine.store(value, to: target)
    } else {
        cvector_store_first(target, value, count)
    }
}

struct AveragePooling2DKernel: ImageKernel {
    let places: WindowPlaces
    let images: ImagePlaces
    let result: ImagePlaces

    func run(image: Int) {
        let (source, target) = (images(image), result(image))
        let steps = places.cellSteps
        places.forEachPlace { place, first, rows, columns in
            let share = Vector(repeating: 1 / Float(max(rows * columns, 1)))
            places.forEachVector { offset, count in
                var sum = Vector(repeating: 0)
                for row in 0..<rows {
                    for column in 0..<columns {
                        sum = multiplyAdd(load(source + (first + row * steps.row + column * steps.column + offset)), share, sum)
                    }
                }
                store(sum, count: count, to: target + (place * places.channels + offset))
            }
        }
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}

struct AveragePooling2DGradientKernel: ImageKernel {
    let places: WindowPlaces
    let gradient: ImagePlaces
    let result: ImagePlaces
    let epilogue: UnsafePointer<Epilogue>?

    func run(image: Int) {
        let (source, target) = (gradient(image), result(image))
        let (steps, isDisjoint) = (places.cellSteps, places.isDisjoint)
        if !places.isTiling { target.update(repeating: 0, count: places.imageSize) }
        places.forEachPlace { place, first, rows, columns in
            let share = Vector(repeating: 1 / Float(max(rows * columns, 1)))
            places.forEachVector { offset, count in
                let part = load(source + (place * places.channels + offset)) * share
                for row in 0..<rows {
                    for column in 0..<columns {
                        let cell = target + (first + row * steps.row + column * steps.column + offset)
                        store(isDisjoint ? part : load(cell) + part, count: count, to: cell)
                    }
                }
            }
        }
        epilogue?.pointee.run(image: image, of: places.rows * places.columns)
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}

struct MaxPooling2DKernel: ImageKernel {
    let places: WindowPlaces
    let images: ImagePlaces
    let result: ImagePlaces

    func run(image: Int) {
        let (source, target) = (images(image), result(image))
        let steps = places.cellSteps
        places.forEachPlace { place, first, rows, columns in
            places.forEachVector { offset, count in
                var peak = Vector(repeating: -.infinity)
                for row in 0..<rows {
                    for column in 0..<columns {
                        peak = larger(load(source + (first + row * steps.row + column * steps.column + offset)), than: peak)
                    }
                }
                store(peak, count: count, to: target + (place * places.channels + offset))
            }
        }
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}

struct MaxPooling2DGradientKernel: ImageKernel {
    let places: WindowPlaces
    let images: ImagePlaces
    let largest: ImagePlaces
    let gradient: ImagePlaces
    let result: ImagePlaces
    let epilogue: UnsafePointer<Epilogue>?

    func run(image: Int) {
        let (source, target) = (images(image), result(image))
        let (peaks, upstream) = (largest(image), gradient(image))
        // It was written long ago, and lies far away.
        for line in stride(from: 0, to: places.imageSize, by: lanes) { cvector_prefetch_to_read(source + line) }
        let (steps, isDisjoint) = (places.cellSteps, places.isDisjoint)
        if !places.isTiling { target.update(repeating: 0, count: places.imageSize) }
        places.forEachPlace { place, first, rows, columns in
            places.forEachVector { offset, count in
                let at = place * places.channels + offset
                let peak = load(peaks + at)
                // What no cell of the place has taken yet.
                var open = load(upstream + at)
                for row in 0..<rows {
                    for column in 0..<columns {
                        let cell = first + row * steps.row + column * steps.column + offset
                        let number = load(source + cell)
                        let part = cvector_where_equal(number, peak, open)
                        open = cvector_where_not_equal(number, peak, open)
                        store(isDisjoint ? part : load(target + cell) + part, count: count, to: target + cell)
                    }
                }
            }
        }
        epilogue?.pointee.run(image: image, of: places.rows * places.columns)
    }

    static let function: ImageFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run(image: $1) }
}
