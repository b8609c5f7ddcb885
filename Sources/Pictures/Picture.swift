import CPictures

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A picture: grey values or colours from 0 to 255, row by row, the channels of a pixel beside each other.
public struct Picture: Sendable, Hashable {
    /// Rows of pixels.
    public let height: Int
    /// Columns of pixels.
    public let width: Int
    /// 1 for grey values, 3 for red, green and blue.
    public let channels: Int
    /// `[height, width, channels]`, from 0 to 255; those of files with 16 bits have fractions.
    public let pixels: [Float]

    /// A picture of these pixels.
    public init(height: Int, width: Int, channels: Int, pixels: [Float]) {
        (self.height, self.width, self.channels, self.pixels) = (height, width, channels, pixels)
    }

    /// The most pixels that a file may have: what a picture is unpacked to.
    public static let mostPixels = 64_000_000
}

/// Why a file is no picture, in words.
public struct PictureProblem: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public let reason: String

    /// A reason.
    public init(reason: String) { self.reason = reason }

    /// The reason.
    public var description: String { reason }
}

extension Picture {
    /// How many pixels the file has and of what kind, by its first bytes.
    public static func size(of bytes: UnsafeRawBufferPointer) throws(PictureProblem) -> (height: Int, width: Int, channels: Int) {
        let size = try fileSize(bytes)
        return (Int(size.height), Int(size.width), Int(size.channels))
    }

    /// Reads a PNG or a JPEG: grey values, colours, palettes, of up to 16 bits. Transparency is left out, and a note on which side is up, as Keras does; no
    /// gamma is applied.
    public init(file bytes: UnsafeRawBufferPointer) throws(PictureProblem) {
        var size = try Self.fileSize(bytes)
        let count = Int(size.width) * Int(size.height) * Int(size.channels)
        let values = UnsafeMutablePointer<UInt16>.allocate(capacity: count)
        defer { values.deallocate() }
        try Self.calling { picture_read(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &size, values, $0) }
        let divisor = Float(size.largest) / 255
        self.init(
            height: Int(size.height), width: Int(size.width), channels: Int(size.channels),
            pixels: (0..<count).map { divisor == 1 ? Float(values[$0]) : Float(values[$0]) / divisor })
    }

    private static func fileSize(_ bytes: UnsafeRawBufferPointer) throws(PictureProblem) -> picture_size {
        var size = picture_size()
        try calling { picture_read_size(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &size, $0) }
        guard size.width > 0, size.height > 0, Int(size.width) * Int(size.height) <= mostPixels else {
            throw PictureProblem(reason: "it has \(size.width) x \(size.height) pixels; at most \(mostPixels / 1_000_000) million are read")
        }
        return size
    }

    /// The picture as a PNG of 8 bits: the same bytes for the same pixels.
    public func png() throws(PictureProblem) -> [UInt8] {
        let bytes = pixels.map { UInt8(max(0, min(255, $0.isNaN ? 0 : $0.rounded()))) }
        var written: UnsafeMutablePointer<UInt8>?
        var count = 0
        try Self.calling { picture_write_png(bytes, Int32(width), Int32(height), Int32(channels), &written, &count, $0) }
        defer { free(written) }
        return Array(UnsafeBufferPointer(start: written, count: count))
    }

    private static func calling(_ body: (UnsafeMutablePointer<CChar>) -> Int32) throws(PictureProblem) {
        var words = [CChar](repeating: 0, count: Int(PICTURE_WORDS))
        let isWrong = words.withUnsafeMutableBufferPointer { $0.baseAddress.map(body) ?? 1 } != 0
        guard isWrong else { return }
        throw PictureProblem(reason: String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}

// MARK: - Other forms

extension Picture {
    /// Grey values, or colours: a colour's grey is 0.299 red + 0.587 green + 0.114 blue, as ITU-R 601 has it; a grey's colours are alike.
    public func converted(channels wanted: Int) -> Picture {
        guard wanted != channels else { return self }
        if wanted == 1 {
            let grey = stride(from: 0, to: pixels.count, by: 3).map { (place: Int) -> Float in
                let (red, green, blue) = (pixels[place], pixels[place + 1], pixels[place + 2])
                return 0.299 * red + 0.587 * green + 0.114 * blue
            }
            return Picture(height: height, width: width, channels: 1, pixels: grey)
        }
        return Picture(height: height, width: width, channels: 3, pixels: pixels.flatMap { [$0, $0, $0] })
    }

    /// How a picture is brought to another size; its sides are stretched each by itself.
    public enum Resizing: Sendable, Hashable {
        /// A pixel is the mean of the area that it covers: for making smaller.
        case area
        /// A pixel is read between the four around its middle, by their nearness; beyond an edge lie the pixels of the edge.
        case bilinear
    }

    /// The picture at another size.
    public func resized(height newHeight: Int, width newWidth: Int, by way: Resizing) -> Picture {
        guard newHeight != height || newWidth != width else { return self }
        let rows = Self.weights(from: height, to: newHeight, way)
        let columns = Self.weights(from: width, to: newWidth, way)
        var narrow = [Float](repeating: 0, count: height * newWidth * channels)
        for row in 0..<height {
            for (column, parts) in columns.enumerated() {
                for (place, weight) in parts {
                    for channel in 0..<channels {
                        narrow[(row * newWidth + column) * channels + channel] +=
                            weight * pixels[(row * width + place) * channels + channel]
                    }
                }
            }
        }
        let line = newWidth * channels
        var result = [Float](repeating: 0, count: newHeight * line)
        for (row, parts) in rows.enumerated() {
            for (place, weight) in parts {
                for value in 0..<line { result[row * line + value] += weight * narrow[place * line + value] }
            }
        }
        return Picture(height: newHeight, width: newWidth, channels: channels, pixels: result)
    }

    /// What each place of an axis is made of, by weight.
    private static func weights(from old: Int, to new: Int, _ way: Resizing) -> [[(place: Int, weight: Float)]] {
        let step = Double(old) / Double(new)
        return (0..<new).map { place -> [(place: Int, weight: Float)] in
            switch way {
            case .area:
                let (start, end) = (Double(place) * step, Double(place + 1) * step)
                return (Int(start)..<min(Int(end.rounded(.up)), old)).compactMap { pixel in
                    let covered = min(end, Double(pixel + 1)) - max(start, Double(pixel))
                    return covered > 1e-9 ? (pixel, Float(covered / step)) : nil
                }
            case .bilinear:
                let middle = min(max((Double(place) + 0.5) * step - 0.5, 0), Double(old - 1))
                let first = Int(middle)
                let share = Float(middle - Double(first))
                let near: (place: Int, weight: Float) = (first, 1 - share)
                return share == 0 ? [near] : [near, (first + 1, share)]
            }
        }
    }
}
