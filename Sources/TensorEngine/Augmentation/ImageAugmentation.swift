import RandomNumbers

/// How images are changed at random while a batch is gathered. What is 0 or false changes nothing.
///
/// Each change draws from the stream `augment` of the seed and its own name, at the epoch and the row: so neither the batch that a row is in nor another
/// change decides what becomes of it.
public struct ImageAugmentation: Sendable, BitwiseCopyable {
    /// What is seen where no pixel of the image is.
    public enum Fill: Sendable, BitwiseCopyable {
        /// This number.
        case number(Float)
        /// The pixel at the nearest edge; what is cut out is 0.
        case nearest
    }

    /// What numbers with noise are held between.
    public enum Clip: Sendable, BitwiseCopyable {
        /// Anything.
        case none
        /// These two.
        case range(low: Float, high: Float)
    }

    /// Rows of pixels.
    public var height: Int
    /// Columns of pixels.
    public var width: Int
    /// Numbers a pixel.
    public var channels: Int
    /// Rows, and columns, of zeros that stand around an image on each side, before it is changed.
    public var pad = 0
    /// The seed of the run.
    public var seed: Int
    /// Whether each epoch draws anew; else a row is changed in one way, always.
    public var changesByEpoch = true
    /// The most pixels that an image moves up or down, and left or right.
    public var shift = 0
    /// The most rows, and columns, that a window lacks which is stretched to the image's size.
    public var crop = 0
    /// Whether half of the images are seen in a mirror, left and right exchanged.
    public var flipsHorizontally = false
    /// Whether half of the images stand on their heads.
    public var flipsVertically = false
    /// The largest angle that an image is turned by around its middle, in degrees.
    public var rotate = 0.0
    /// How far from 1 the factor may be that an image is enlarged by around its middle.
    public var zoom = 0.0
    /// The standard deviation of what is added to each number.
    public var noise = 0.0
    /// The probability of each number to be 0.
    public var mask = 0.0
    /// What numbers with noise are held between.
    public var clip = Clip.none
    /// The side of a square around a pixel that is taken out, in pixels.
    public var cutout = 0
    /// What is seen where no pixel of the image is.
    public var fill = Fill.number(0)

    /// Images of this shape, not changed.
    public init(height: Int, width: Int, channels: Int, seed: Int) {
        self.height = height
        self.width = width
        self.channels = channels
        self.seed = seed
    }

    /// The number that is seen where nothing is.
    var filling: Float { if case .number(let number) = fill { number } else { 0 } }

    /// Whether pixels beyond an edge are those of the edge; of padded images they are zeros.
    var repeatsEdges: Bool { if case .nearest = fill { pad == 0 } else { false } }

    /// Rows of pixels with those around.
    var paddedHeight: Int { height + 2 * pad }

    /// Columns of pixels with those around.
    var paddedWidth: Int { width + 2 * pad }

    /// How many numbers an image is that comes out.
    public var paddedCount: Int { paddedHeight * paddedWidth * channels }

    /// Whether pixels come to lie between others.
    var isResampling: Bool { crop > 0 || rotate > 0 || zoom > 0 }

    /// The rows of a table, changed as in an epoch: for pictures of what training sees.
    public func applied(to table: FloatTable, rows: [Int32], epoch: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows.count * paddedCount) { result, count in
            let draws = AugmentationStreams(self)
            for (place, row) in rows.enumerated() {
                guard let start = result.baseAddress else { break }
                draws.write(
                    table.elements + Int(row) * table.columns, to: start + place * paddedCount, epoch: epoch, row: Int(row))
            }
            count = rows.count * paddedCount
        }
    }
}
