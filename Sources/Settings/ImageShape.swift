import Documents

/// The shape that the columns of a table have together: the rows, columns and channels of an image, channels fastest.
public struct ImageShape: Hashable, Sendable {
    /// Rows of pixels.
    public var height: Int
    /// Columns of pixels.
    public var width: Int
    /// Numbers a pixel.
    public var channels: Int

    /// An image of one channel unless said otherwise.
    public init(height: Int, width: Int, channels: Int = 1) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// Rows, columns, channels.
    public var sizes: [Int] { [height, width, channels] }

    /// What sizes may be.
    static let size = Bounds.atLeast(1, upTo: 10_000)
}
