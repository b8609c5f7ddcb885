import Documents

/// The shape that the columns of a table have together: the rows, columns and channels of an image, channels fastest.
public struct ImageShape: Hashable, Sendable {
    /// Rows of pixels.
    public var height: Int
    /// Columns of pixels.
    public var width: Int
    /// Numbers a pixel.
    public var channels: Int
    /// Rows, and columns, of zeros around the image on each side, after scaling.
    public var pad: Int
    /// How pictures of other sizes are brought to this one; nil: they are refused.
    public var resize: Resizing?

    /// An image of one channel unless said otherwise.
    public init(height: Int, width: Int, channels: Int = 1, pad: Int = 0, resize: Resizing? = nil) {
        self.height = height
        self.width = width
        self.channels = channels
        self.pad = pad
        self.resize = resize
    }

    /// How a picture is brought to another size, its sides stretched each by itself.
    public enum Resizing: String, Hashable, Sendable, Codable {
        /// A pixel is the mean of the area that it covers.
        case area
        /// A pixel is read between the four around its middle, by their nearness.
        case bilinear
    }

    /// Rows, columns, channels.
    public var sizes: [Int] { [height, width, channels] }

    /// Rows, columns and channels with the zeros around.
    public var paddedSizes: [Int] { [height + 2 * pad, width + 2 * pad, channels] }

    /// What sizes may be.
    static let size = Bounds.atLeast(1, upTo: 10_000)
}

extension ImageShape.Resizing {
    package static let schema = Schema<Self>.enumeration(
        "way to resize",
        Choosable("area", .area, doc: "A pixel is the mean of the area that it covers: for pictures that are larger."),
        Choosable("bilinear", .bilinear, doc: "A pixel is read between the four around its middle, by their nearness."))
}
