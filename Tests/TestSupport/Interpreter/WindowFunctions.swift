import TensorEngine

extension Interpreter {
    /// For each place of a window on images: its number, counted image by image, and for each cell inside the image the cell's place in the window and
    /// where its first channel lies.
    func cells(_ window: Window, on images: Shape) -> [(place: Int, cells: [(row: Int, column: Int, start: Int)])] {
        let (batch, rows, columns, channels) = (images.dimensions[0], images.dimensions[1], images.dimensions[2], images.dimensions[3])
        let (down, above) = Self.places(rows, window, axis: 0)
        let (across, left) = Self.places(columns, window, axis: 1)
        var found: [(place: Int, cells: [(row: Int, column: Int, start: Int)])] = []
        for image in 0..<batch {
            for y in 0..<down {
                for x in 0..<across {
                    var inside: [(row: Int, column: Int, start: Int)] = []
                    for i in 0..<window.size[0] {
                        for j in 0..<window.size[1] {
                            let row = y * window.strides[0] - above + i * window.dilation[0]
                            let column = x * window.strides[1] - left + j * window.dilation[1]
                            guard (0..<rows).contains(row), (0..<columns).contains(column) else { continue }
                            inside.append((i, j, ((image * rows + row) * columns + column) * channels))
                        }
                    }
                    found.append((found.count, inside))
                }
            }
        }
        return found
    }

    /// How many places there are along an axis, and how much padding before it: counted by trying.
    private static func places(_ length: Int, _ window: Window, axis: Int) -> (count: Int, before: Int) {
        let (size, step, dilation) = (window.size[axis], window.strides[axis], window.dilation[axis])
        let reach = (size - 1) * dilation + 1
        let starts =
            window.padding != .none
            ? Array(stride(from: 0, to: length, by: step))
            : (0..<length).filter { $0 % step == 0 && $0 + reach <= length }
        switch window.padding {
        case .none: return (starts.count, 0)
        case .around: return (starts.count, max((starts.last ?? 0) + reach - length, 0) / 2)
        case .before: return (starts.count, reach - 1)
        }
    }

    /// Calls `body` with the places of an image's number, of a weight and of a result's number, of each product of which a convolution is the sum.
    private func forEachProduct(
        _ window: Window, on images: Shape, filters: Int, groups: Int, _ body: (_ image: Int, _ weight: Int, _ result: Int) -> Void
    ) {
        let (channels, groupFilters) = (images.columns / groups, filters / groups)
        for place in cells(window, on: images) {
            for cell in place.cells {
                for channel in 0..<channels {
                    for filter in 0..<filters {
                        let weight = ((cell.row * window.size[1] + cell.column) * channels + channel) * filters + filter
                        body(cell.start + filter / groupFilters * channels + channel, weight, place.place * filters + filter)
                    }
                }
            }
        }
    }

    func convolution2D(_ images: Tensor, _ kernel: Tensor, _ window: Window, groups: Int) -> [Double] {
        let filters = kernel.shape.columns
        var sums = [Double](repeating: 0, count: cells(window, on: images.shape).count * filters)
        forEachProduct(window, on: images.shape, filters: filters, groups: groups) { image, weight, result in
            sums[result] += images.elements[image] * kernel.elements[weight]
        }
        return sums
    }

    func convolution2DInputGradient(_ gradient: Tensor, _ kernel: Tensor, _ window: Window, _ images: Shape, groups: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: images.count)
        forEachProduct(window, on: images, filters: kernel.shape.columns, groups: groups) { image, weight, result in
            sums[image] += gradient.elements[result] * kernel.elements[weight]
        }
        return sums
    }

    func convolution2DKernelGradient(_ images: Tensor, _ gradient: Tensor, _ window: Window, groups: Int) -> [Double] {
        let (channels, filters) = (images.shape.columns / groups, gradient.shape.columns)
        var sums = [Double](repeating: 0, count: window.size[0] * window.size[1] * channels * filters)
        forEachProduct(window, on: images.shape, filters: filters, groups: groups) { image, weight, result in
            sums[weight] += gradient.elements[result] * images.elements[image]
        }
        return sums
    }

    /// For each number of images larger by repetition or margins, the place of the one it comes from.
    private func sources(of larger: Shape, _ cell: (_ row: Int, _ column: Int) -> (row: Int, column: Int)?, in smaller: Shape) -> [Int?] {
        let (rows, columns, channels) = (larger.dimensions[1], larger.dimensions[2], larger.columns)
        return (0..<larger.count).map { place in
            let (image, row, column) = (place / channels / columns / rows, place / channels / columns % rows, place / channels % columns)
            return cell(row, column).map {
                ((image * smaller.dimensions[1] + $0.row) * smaller.dimensions[2] + $0.column) * channels + place % channels
            }
        }
    }

    func repeatedCells2D(_ images: Tensor, _ operation: RepeatCells2D) -> [Double] {
        guard let larger = try? operation.shape(of: [images.shape]) else { return [] }
        return sources(of: larger, { ($0 / operation.down, $1 / operation.right) }, in: images.shape).map { images.elements[$0 ?? 0] }
    }

    func sumOfCells2D(_ images: Tensor, _ operation: SumCells2D) -> [Double] {
        guard let smaller = try? operation.shape(of: [images.shape]) else { return [] }
        var sums = [Double](repeating: 0, count: smaller.count)
        for (place, source) in sources(of: images.shape, { ($0 / operation.down, $1 / operation.right) }, in: smaller).enumerated() {
            if let source { sums[source] += images.elements[place] }
        }
        return sums
    }

    /// By the definition of an interpolation along each axis, as a sum over all cells.
    func stretchedCells2D(_ images: Tensor, _ operation: StretchCells2D) -> [Double] {
        guard let larger = try? operation.shape(of: [images.shape]) else { return [] }
        let (sizes, channels) = (images.shape.dimensions, images.shape.columns)
        let (rows, columns) = (shares(sizes[1], operation.down), shares(sizes[2], operation.right))
        return (0..<larger.count).map { place in
            let (cell, channel) = (place / channels, place % channels)
            let (image, row, column) = (cell / columns.count / rows.count, cell / columns.count % rows.count, cell % columns.count)
            var sum = 0.0
            for y in rows[row] {
                for x in columns[column] {
                    sum += y.value * x.value * images.elements[((image * sizes[1] + y.key) * sizes[2] + x.key) * channels + channel]
                }
            }
            return sum
        }
    }

    func gatheredCells2D(_ images: Tensor, _ operation: GatherCells2D) -> [Double] {
        guard let smaller = try? operation.shape(of: [images.shape]) else { return [] }
        let (sizes, channels) = (smaller.dimensions, smaller.columns)
        let (rows, columns) = (shares(sizes[1], operation.down), shares(sizes[2], operation.right))
        var sums = [Double](repeating: 0, count: smaller.count)
        for (place, element) in images.elements.enumerated() {
            let (cell, channel) = (place / channels, place % channels)
            let (image, row, column) = (cell / columns.count / rows.count, cell / columns.count % rows.count, cell % columns.count)
            for y in rows[row] {
                for x in columns[column] {
                    sums[((image * sizes[1] + y.key) * sizes[2] + x.key) * channels + channel] += element * y.value * x.value
                }
            }
        }
        return sums
    }

    /// Of each place of an axis that is `factor` times as long the shares that the axis's own places have in it.
    private func shares(_ count: Int, _ factor: Int) -> [[Int: Double]] {
        (0..<count * factor).map { place in
            let middle = (Double(place) + 0.5) / Double(factor) - 0.5
            let below = middle.rounded(.down)
            var shares: [Int: Double] = [:]
            shares[max(Int(below), 0), default: 0] += 1 - middle + below
            shares[min(Int(below) + 1, count - 1), default: 0] += middle - below
            return shares
        }
    }

    func padded2D(_ images: Tensor, _ margins: Margins) -> [Double] {
        guard let larger = try? Padding2D(margins: margins).shape(of: [images.shape]) else { return [] }
        return sources(of: larger, { inside($0, $1, images.shape, margins) }, in: images.shape).map { $0.map { images.elements[$0] } ?? 0 }
    }

    func cropped2D(_ images: Tensor, _ margins: Margins) -> [Double] {
        guard let smaller = try? Cropping2D(margins: margins).shape(of: [images.shape]) else { return [] }
        var kept = [Double](repeating: 0, count: smaller.count)
        for (place, source) in sources(of: images.shape, { inside($0, $1, smaller, margins) }, in: smaller).enumerated() {
            if let source { kept[source] = images.elements[place] }
        }
        return kept
    }

    /// A cell without the margins; nil for one of them.
    private func inside(_ row: Int, _ column: Int, _ smaller: Shape, _ margins: Margins) -> (row: Int, column: Int)? {
        let (row, column) = (row - margins.top, column - margins.left)
        return (0..<smaller.dimensions[1]).contains(row) && (0..<smaller.dimensions[2]).contains(column) ? (row, column) : nil
    }

    func averagePooling2D(_ images: Tensor, _ window: Window) -> [Double] {
        let channels = images.shape.columns
        return cells(window, on: images.shape).flatMap { place in
            (0..<channels).map { channel in
                place.cells.reduce(0) { $0 + images.elements[$1.start + channel] } / Double(place.cells.count)
            }
        }
    }

    func averagePooling2DGradient(_ gradient: Tensor, _ window: Window, _ images: Shape) -> [Double] {
        let channels = images.columns
        var sums = [Double](repeating: 0, count: images.count)
        for place in cells(window, on: images) {
            for cell in place.cells {
                for channel in 0..<channels {
                    sums[cell.start + channel] += gradient.elements[place.place * channels + channel] / Double(place.cells.count)
                }
            }
        }
        return sums
    }

    func maxPooling2D(_ images: Tensor, _ window: Window) -> [Double] {
        let channels = images.shape.columns
        return cells(window, on: images.shape).flatMap { place in
            (0..<channels).map { channel in place.cells.map { images.elements[$0.start + channel] }.max() ?? 0 }
        }
    }

    func maxPooling2DGradient(_ images: Tensor, _ largest: Tensor, _ gradient: Tensor, _ window: Window) -> [Double] {
        let channels = images.shape.columns
        var sums = [Double](repeating: 0, count: images.shape.count)
        for place in cells(window, on: images.shape) {
            for channel in 0..<channels {
                let at = place.place * channels + channel
                let first = place.cells.first { images.elements[$0.start + channel] == largest.elements[at] }
                if let first { sums[first.start + channel] += gradient.elements[at] }
            }
        }
        return sums
    }

    /// How far the largest number under each window is from the next.
    func distanceOfLargest(_ images: Tensor, _ window: Window) -> Double {
        let channels = images.shape.columns
        var nearest = Double.infinity
        for place in cells(window, on: images.shape) {
            for channel in 0..<channels {
                let sorted = place.cells.map { images.elements[$0.start + channel] }.sorted(by: >)
                if sorted.count > 1 { nearest = min(nearest, sorted[0] - sorted[1]) }
            }
        }
        return nearest
    }
}
