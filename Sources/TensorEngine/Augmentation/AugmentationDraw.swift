import RandomNumbers

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The streams that the changes of images draw from, and what they give for a row of an epoch.
package struct AugmentationStreams: BitwiseCopyable {
    package let images: ImageAugmentation
    private let shift, crop, flip, rotate, zoom, noise, mask, cutout: SIMD2<UInt32>

    package init(_ images: ImageAugmentation) {
        func key(_ name: String) -> SIMD2<UInt32> { RandomStream(seed: images.seed, stream: .augment, path: name).key }
        self.images = images
        (shift, crop, flip, rotate) = (key("shift"), key("crop"), key("flip"), key("rotate"))
        (zoom, noise, mask, cutout) = (key("zoom"), key("noise"), key("mask"), key("cutout"))
    }

    /// What becomes of the row in the epoch, but for noise and masks.
    package func draw(epoch: Int, row: Int) -> AugmentationDraw {
        var draw = AugmentationDraw()
        if images.shift > 0 {
            var stream = RandomStream(key: shift, epoch: epoch, step: row)
            draw.down = stream.integer(below: 2 * images.shift + 1) - images.shift
            draw.right = stream.integer(below: 2 * images.shift + 1) - images.shift
        }
        if images.flipsHorizontally || images.flipsVertically {
            var stream = RandomStream(key: flip, epoch: epoch, step: row)
            let (first, second) = (stream.integer(below: 2) == 1, stream.integer(below: 2) == 1)
            draw.isMirrored = images.flipsHorizontally && first
            draw.isUpsideDown = images.flipsVertically && second
        }
        if images.crop > 0 {
            var stream = RandomStream(key: crop, epoch: epoch, step: row)
            draw.lacking = stream.integer(below: images.crop + 1)
            draw.top = stream.integer(below: draw.lacking + 1)
            draw.left = stream.integer(below: draw.lacking + 1)
        }
        if images.rotate > 0 {
            var stream = RandomStream(key: rotate, epoch: epoch, step: row)
            draw.angle = (2 * stream.uniform() - 1) * images.rotate * .pi / 180
        }
        if images.zoom > 0 {
            var stream = RandomStream(key: zoom, epoch: epoch, step: row)
            draw.factor = 1 + (2 * stream.uniform() - 1) * images.zoom
        }
        if images.cutout > 0 {
            var stream = RandomStream(key: cutout, epoch: epoch, step: row)
            draw.hole = (stream.integer(below: images.paddedHeight), stream.integer(below: images.paddedWidth))
        }
        return draw
    }

    /// Writes the image at `source` as it is in the epoch.
    @inline(__always)
    func write(_ source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, epoch: Int, row: Int) {
        let epoch = images.changesByEpoch ? epoch : 0
        let draw = draw(epoch: epoch, row: row)
        if images.isResampling {
            draw.resample(source, to: result, images)
        } else {
            draw.move(source, to: result, images)
        }
        if images.noise > 0 { addNoise(to: result, epoch: epoch, row: row) }
        if images.mask > 0 { takeOut(of: result, epoch: epoch, row: row) }
        if images.cutout > 0 { draw.cut(result, images) }
    }

    /// Adds to each number one of the normal distribution, and holds it between the bounds where there are some.
    private func addNoise(to result: UnsafeMutablePointer<Float>, epoch: Int, row: Int) {
        let (count, deviation) = (images.paddedCount, Vector(repeating: Float(images.noise)))
        let bounds: (low: Float, high: Float) =
            if case .range(let low, let high) = images.clip { (low, high) } else { (-.infinity, .infinity) }
        let (low, high) = (Vector(repeating: bounds.low), Vector(repeating: bounds.high))
        forEachNormal(count: count, key: noise, epoch: epoch, step: row) { values, place in
            if place + lanes <= count {
                let sum = multiplyAdd(deviation, values, load(result + place))
                store(smaller(larger(sum, than: low), than: high), to: result + place)
            } else {
                for lane in 0..<count - place {
                    let sum = result[place + lane] + deviation[lane] * values[lane]
                    result[place + lane] = min(max(sum, bounds.low), bounds.high)
                }
            }
        }
    }

    /// Makes each number 0 with the probability of the mask.
    private func takeOut(of result: UnsafeMutablePointer<Float>, epoch: Int, row: Int) {
        let (count, threshold) = (images.paddedCount, SIMD8<UInt32>(repeating: UInt32(clamping: UInt64(images.mask * 4_294_967_296))))
        forEachDrawn(count: count, key: mask, epoch: epoch, step: row) { words, place in
            if place + 8 <= count {
                let pixels = UnsafeMutableRawPointer(result + place)
                let kept = pixels.loadUnaligned(as: SIMD8<Float>.self)
                pixels.storeBytes(of: kept.replacing(with: SIMD8<Float>.zero, where: words .< threshold), as: SIMD8<Float>.self)
            } else {
                for lane in 0..<count - place where words[lane] < threshold[lane] { result[place + lane] = 0 }
            }
        }
    }
}

/// What becomes of one image. A pixel of the result shows what lies at the place that the changes, taken back one after the other, lead to: the shift, the
/// window, turn and enlargement around the middle, the mirrors.
package struct AugmentationDraw: BitwiseCopyable {
    /// Pixels down and to the right.
    package var (down, right) = (0, 0)
    package var (isMirrored, isUpsideDown) = (false, false)
    /// Rows and columns that the window lacks, of which so many at the top and on the left.
    package var (lacking, top, left) = (0, 0, 0)
    /// Anticlockwise, in radians.
    package var angle = 0.0
    package var factor = 1.0
    /// The middle of what is taken out.
    package var hole = (row: 0, column: 0)

    /// No change.
    package init() {}

    // MARK: - Whole pixels

    /// Copies pixels to where they belong.
    package func move(_ source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, _ images: ImageAugmentation) {
        let (height, width, channels) = (images.height, images.width, images.channels)
        let (whole, line) = (images.paddedWidth, images.paddedWidth * channels)
        let (down, right) = (down + images.pad, right + images.pad)
        for row in 0..<images.paddedHeight {
            let target = result + row * line
            var from = row - down
            if !(0..<height).contains(from) {
                guard images.repeatsEdges else {
                    target.update(repeating: images.filling, count: line)
                    continue
                }
                from = min(max(from, 0), height - 1)
            }
            let pixels = source + (isUpsideDown ? height - 1 - from : from) * width * channels
            if isMirrored {
                for column in 0..<whole {
                    let seen = column - right
                    let column = column * channels
                    if images.repeatsEdges || (0..<width).contains(seen) {
                        let place = (width - 1 - min(max(seen, 0), width - 1)) * channels
                        for channel in 0..<channels { target[column + channel] = pixels[place + channel] }
                    } else {
                        (target + column).update(repeating: images.filling, count: channels)
                    }
                }
                continue
            }
            let first = min(max(right, 0), whole)
            let end = max(min(width + right, whole), 0)
            if first < end {
                (target + first * channels).update(from: pixels + (first - right) * channels, count: (end - first) * channels)
            }
            if images.repeatsEdges {
                for place in 0..<first * channels { target[place] = pixels[place % channels] }
                for place in end * channels..<line { target[place] = pixels[line - channels + place % channels] }
            } else {
                target.update(repeating: images.filling, count: first * channels)
                (target + end * channels).update(repeating: images.filling, count: line - end * channels)
            }
        }
    }

    // MARK: - Between pixels

    /// Reads between pixels, the four around a place by their nearness.
    package func resample(_ source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, _ images: ImageAugmentation) {
        let (height, width) = (Double(images.paddedHeight), Double(images.paddedWidth))
        let (middleX, middleY) = ((width - 1) / 2, (height - 1) / 2)
        let (stretchX, stretchY) = ((width - Double(lacking)) / width, (height - Double(lacking)) / height)
        let (cosine, sine) = (cos(angle) / factor, sin(angle) / factor)
        for row in 0..<images.paddedHeight {
            let v = (Double(row - down) + 0.5) * stretchY + Double(top) - 0.5 - middleY
            for column in 0..<images.paddedWidth {
                let u = (Double(column - right) + 0.5) * stretchX + Double(left) - 0.5 - middleX
                let x = cosine * u - sine * v
                let y = sine * u + cosine * v
                sample(
                    source, images, x: middleX + (isMirrored ? -x : x), y: middleY + (isUpsideDown ? -y : y),
                    to: result + (row * images.paddedWidth + column) * images.channels)
            }
        }
    }

    @inline(__always)
    private func sample(
        _ source: UnsafePointer<Float>, _ images: ImageAugmentation, x: Double, y: Double, to result: UnsafeMutablePointer<Float>
    ) {
        let (height, width, channels) = (images.height, images.width, images.channels)
        let (x, y) =
            images.repeatsEdges ? (min(max(x, 0), Double(width - 1)), min(max(y, 0), Double(height - 1))) : (x, y)
        // Beyond any image by so much that whole numbers hold it.
        let (left, top) = (max(min(x, 1e6), -1e6).rounded(.down), max(min(y, 1e6), -1e6).rounded(.down))
        let (nearX, nearY) = (Float(x - left), Float(y - top))
        let (column, row) = (Int(left) - images.pad, Int(top) - images.pad)
        for channel in 0..<channels {
            @inline(__always) func pixel(_ row: Int, _ column: Int) -> Float {
                guard row >= 0, row < height, column >= 0, column < width else { return images.filling }
                return source[(row * width + column) * channels + channel]
            }
            // Weight 0 never asks beyond the edge, where edges repeat.
            let above = nearX == 0 ? pixel(row, column) : (1 - nearX) * pixel(row, column) + nearX * pixel(row, column + 1)
            let below =
                nearY == 0
                ? 0 : nearX == 0 ? pixel(row + 1, column) : (1 - nearX) * pixel(row + 1, column) + nearX * pixel(row + 1, column + 1)
            result[channel] = nearY == 0 ? above : (1 - nearY) * above + nearY * below
        }
    }

    // MARK: - Holes

    /// Takes a square out.
    package func cut(_ result: UnsafeMutablePointer<Float>, _ images: ImageAugmentation) {
        let (top, left) = (hole.row - images.cutout / 2, hole.column - images.cutout / 2)
        let columns = max(left, 0)..<min(left + images.cutout, images.paddedWidth)
        for row in max(top, 0)..<min(top + images.cutout, images.paddedHeight) {
            (result + (row * images.paddedWidth + columns.lowerBound) * images.channels)
                .update(repeating: images.filling, count: columns.count * images.channels)
        }
    }
}
