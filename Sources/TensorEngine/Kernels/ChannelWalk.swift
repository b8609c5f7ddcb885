/// Convolutions of each channel with one filter of its own: sums over vectors of channels, where a product would have one column.
///
/// Each element's sum is one chain of fused multiply-adds, cell by cell of the window forward, place by place in the gradients.
extension ConvolutionWalk {
    /// Whether a convolution is of this kind.
    var isByChannel: Bool { groups > 1 && places.channels == groups && filters == groups }

    /// Writes an image's result.
    func multiplyChannels(
        _ source: UnsafePointer<Float>, kernel: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
    ) {
        forEachPlace { place, start in
            places.forEachVector { channel, count in
                var sum = Vector(repeating: 0)
                forEachCell { cell, weight in
                    sum = multiplyAdd(load(source + (start + cell + channel)), load(kernel + (weight + channel)), sum)
                }
                store(sum, count: count, to: result + (place + channel))
            }
        }
    }

    /// Adds an image's share of the kernel's gradient.
    func addToKernelByChannel(
        _ source: UnsafePointer<Float>, gradient: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
    ) {
        forEachPlace { place, start in
            places.forEachVector { channel, count in
                let upstream = load(gradient + (place + channel))
                forEachCell { cell, weight in
                    let target = result + (weight + channel)
                    store(multiplyAdd(load(source + (start + cell + channel)), upstream, load(target)), count: count, to: target)
                }
            }
        }
    }

    /// Adds an image's gradient to `target`, the image with its padding.
    func spreadChannels(
        _ gradient: UnsafePointer<Float>, kernel: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
    ) {
        forEachPlace { place, start in
            places.forEachVector { channel, count in
                let upstream = load(gradient + (place + channel))
                forEachCell { cell, weight in
                    let cell = target + (start + cell + channel)
                    store(multiplyAdd(upstream, load(kernel + (weight + channel)), load(cell)), count: count, to: cell)
                }
            }
        }
    }

    /// All places: where a place's result begins, and the first cell under the window there.
    @inline(__always)
    private func forEachPlace(_ body: (_ place: Int, _ start: Int) -> Void) {
        for down in 0..<places.placesDown {
            for across in 0..<places.placesAcross {
                body(
                    (down * places.placesAcross + across) * filters,
                    down * places.rowStride * pitch + across * places.columnStride * places.channels)
            }
        }
    }

    /// The cells of the window: where a cell lies behind the first, and where its weights begin.
    @inline(__always)
    private func forEachCell(_ body: (_ cell: Int, _ weight: Int) -> Void) {
        for row in 0..<places.windowRows {
            for column in 0..<places.windowColumns {
                body(
                    row * places.rowDilation * pitch + column * places.columnDilation * places.channels,
                    (row * places.windowColumns + column) * filters)
            }
        }
    }
}
