extension Picture {
    /// Pictures beside and below each other, row by row, each of whose pixels becomes a square of `factor` x `factor`; between them, and around, the ground shows:
    /// a grey that white and black pages both leave visible.
    public static func grid(_ pictures: [Picture], columns: Int, factor: Int = 1, gap: Int = 2) -> Picture {
        let columns = max(min(columns, pictures.count), 1)
        let rows = (pictures.count + columns - 1) / columns
        let channels = pictures.contains { $0.channels == 3 } ? 3 : 1
        let (cellHeight, cellWidth) = ((pictures.map(\.height).max() ?? 0) * factor, (pictures.map(\.width).max() ?? 0) * factor)
        let (height, width) = (rows * (cellHeight + gap) + gap, columns * (cellWidth + gap) + gap)
        var pixels = [Float](repeating: 128, count: height * width * channels)
        for (place, picture) in pictures.enumerated() {
            let picture = picture.converted(channels: channels)
            let top = place / columns * (cellHeight + gap) + gap
            let left = place % columns * (cellWidth + gap) + gap
            for row in 0..<picture.height * factor {
                for column in 0..<picture.width * factor {
                    let from = (row / factor * picture.width + column / factor) * channels
                    let to = ((top + row) * width + left + column) * channels
                    for channel in 0..<channels { pixels[to + channel] = picture.pixels[from + channel] }
                }
            }
        }
        return Picture(height: height, width: width, channels: channels, pixels: pixels)
    }

    /// How large a pixel is best drawn so that a picture of these sides is about so long.
    public static func factor(height: Int, width: Int, for length: Int = 84) -> Int { max(length / max(height, width, 1), 1) }

    /// Channels that are neither grey values nor colours have no look: of others the first is shown. Numbers that reach from 0 to 255 are taken as they are; others
    /// are stretched, the lowest of all to black and the highest to white.
    public static func showing(_ images: [[Float]], height: Int, width: Int, channels: Int) -> [Picture] {
        let finite = images.joined().lazy.filter(\.isFinite)
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
        let isPlain = low >= 0 && high > 1 && high <= 255
        let step = high > low ? 255 / (high - low) : 0
        return images.map { image in
            let shown = channels == 3 || channels == 1 ? image : stride(from: 0, to: image.count, by: max(channels, 1)).map { image[$0] }
            return Picture(
                height: height, width: width, channels: channels == 3 ? 3 : 1, pixels: isPlain ? shown : shown.map { ($0 - low) * step })
        }
    }
}
