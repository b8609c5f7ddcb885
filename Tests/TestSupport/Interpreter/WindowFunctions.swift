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
            window.isPadded
            ? Array(stride(from: 0, to: length, by: step))
            : (0..<length).filter { $0 % step == 0 && $0 + reach <= length }
        let padding = window.isPadded ? max((starts.last ?? 0) + reach - length, 0) : 0
        return (starts.count, padding / 2)
    }

    func convolution2D(_ images: Tensor, _ kernel: Tensor, _ window: Window) -> [Double] {
        let (channels, filters) = (images.shape.columns, kernel.shape.columns)
        return cells(window, on: images.shape).flatMap { place in
            (0..<filters).map { filter in
                place.cells.reduce(0) { sum, cell in
                    (0..<channels).reduce(sum) { sum, channel in
                        let weight = ((cell.row * window.size[1] + cell.column) * channels + channel) * filters + filter
                        return sum + images.elements[cell.start + channel] * kernel.elements[weight]
                    }
                }
            }
        }
    }

    func convolution2DInputGradient(_ gradient: Tensor, _ kernel: Tensor, _ window: Window, _ images: Shape) -> [Double] {
        let (channels, filters) = (images.columns, kernel.shape.columns)
        var sums = [Double](repeating: 0, count: images.count)
        for place in cells(window, on: images) {
            for cell in place.cells {
                for channel in 0..<channels {
                    let weight = ((cell.row * window.size[1] + cell.column) * channels + channel) * filters
                    for filter in 0..<filters {
                        sums[cell.start + channel] += gradient.elements[place.place * filters + filter] * kernel.elements[weight + filter]
                    }
                }
            }
        }
        return sums
    }

    func convolution2DKernelGradient(_ images: Tensor, _ gradient: Tensor, _ window: Window) -> [Double] {
        let (channels, filters) = (images.shape.columns, gradient.shape.columns)
        var sums = [Double](repeating: 0, count: window.size[0] * window.size[1] * channels * filters)
        for place in cells(window, on: images.shape) {
            for cell in place.cells {
                for channel in 0..<channels {
                    let weight = ((cell.row * window.size[1] + cell.column) * channels + channel) * filters
                    for filter in 0..<filters {
                        sums[weight + filter] += gradient.elements[place.place * filters + filter] * images.elements[cell.start + channel]
                    }
                }
            }
        }
        return sums
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
