import Foundation
import Pictures
import TestSupport
import Testing

/// PNG and JPEG files, and pictures at other sizes.
@Suite struct PictureTests {
    /// Files that Pillow 13.0 wrote, in base 64, and the pixels that it reads from them.
    ///
    ///     grey = np.array([[0, 100, 255], [7, 8, 9]], 'u1')
    ///     color = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [10, 20, 30]]], 'u1')
    ///     Image.fromarray(grey), Image.fromarray(color), Image.fromarray(np.dstack([color, [[255, 0], [128, 7]]])), Image.fromarray(color).quantize(4),
    ///     Image.fromarray(grey > 50), Image.fromarray(np.array([[0, 257, 65535], [1000, 2000, 32896]], 'u2'))
    ///     ramp = (np.arange(64, dtype='u1') * 4).reshape(8, 8)
    ///     Image.fromarray(ramp).save(…, quality=90, optimize=True), Image.fromarray(np.dstack([ramp, ramp.T, 255 - ramp])).save(…, quality=50, optimize=True)
    ///     Image.fromarray(np.dstack([ramp] * 4), 'CMYK').save(…, quality=30, optimize=True)
    ///
    /// The interlaced file has its seven passes written by hand.
    struct File: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let base64: String
        let channels: Int
        let pixels: [Float]

        var bytes: [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

        init(_ name: String, _ base64: String, channels: Int, _ pixels: [Float]) {
            (testDescription, self.base64, self.channels, self.pixels) = (name, base64, channels, pixels)
        }
    }

    static let color: [Float] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]

    static let files = [
        File(
            "grey", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAEElEQVR4nGNgSPnPyM7ICAAHdwFuWqTh5QAAAABJRU5ErkJggg==", channels: 1,
            [0, 100, 255, 7, 8, 9]),
        File(
            "interlaced", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAHPGAlQAAAAEklEQVR42mNgYPjPkMLAzsEJAAklAXxRFU/EAAAAAElFTkSuQmCC",
            channels: 1, [0, 100, 255, 7, 8, 9]),
        File(
            "colours", "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP4z8DA8J+BgYHhP5eIHAAaWAM6guCrUwAAAABJRU5ErkJggg==",
            channels: 3,
            color),
        File(
            "transparent",
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAGklEQVR4nGP4z8Dwn+E/AwMDA8P/Bi4ROXYANAgEwCIsfGEAAAAASUVORK5CYII=",
            channels: 3, color),
        File(
            "palette",
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACAgMAAAAP2OW3AAAADFBMVEUA/wAKFB7/AAAAAP+8KrKhAAAADElEQVR4nGNoYLgAAAJUAVFhJlHhAAAAAElFTkSuQmCC",
            channels: 3, color),
        File(
            "one bit", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNIYGAAAAEkAGECfVgzAAAAAElFTkSuQmCC", channels: 1,
            [0, 255, 255, 0, 0, 0]),
        File(
            "sixteen bits", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACEAAAAADoj+WFAAAAFklEQVR4nGNgYGBk/P+fkfkFy4vKDQAaHQUCDrygAAAAAABJRU5ErkJggg==",
            channels: 1, [0, 1, 255, 1000.0 / 257, 2000.0 / 257, 128]),
        File(
            "grey JPEG",
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABkQAAEFAAAAAAAAAAAAAAAAAAAGCSUyo//aAAgBAQAAPwAk023SLzP/2Q==",
            channels: 1,
            [
                0, 4, 8, 12, 16, 20, 25, 28, 32, 35, 40, 44, 47, 52, 56, 60, 64, 68, 73, 77, 80, 84, 89, 93, 95, 98, 103, 107, 111, 115,
                120,
                123, 129, 133, 138, 142, 145, 149, 154, 157, 160, 163, 168, 172, 175, 179, 184, 188, 192, 196, 201, 205, 208, 212, 217, 221,
                224, 228, 232, 236, 240, 244, 249, 252,
            ]),
    ]

    private func read(_ bytes: [UInt8]) throws -> Picture { try bytes.withUnsafeBytes { try Picture(file: $0) } }

    @Test(arguments: files)
    func pixelsAreThoseOfPillow(file: File) throws {
        let picture = try read(file.bytes)
        #expect(picture.channels == file.channels)
        #expect(picture.pixels == file.pixels)
        #expect(picture.pixels.count == picture.height * picture.width * picture.channels)
        let size = try file.bytes.withUnsafeBytes { try Picture.size(of: $0) }
        let sizes: [[Int]] = [[size.height, size.width, size.channels], [picture.height, picture.width, picture.channels]]
        #expect(sizes[0] == sizes[1])
    }

    @Test func coloursOfAJPEGAreThoseOfPillow() throws {
        let picture = try read(Array(try #require(Data(base64Encoded: SamplePictures.colorJPEG))))
        #expect(Array(picture.pixels.prefix(6)) == [11, 3, 226, 18, 25, 229])
        #expect(Array(picture.pixels.suffix(6)) == [228, 228, 36, 238, 247, 42])
        #expect(picture.channels == 3)
    }

    @Test(
        arguments: [
            ([], "it is empty"), (Array("GIF89a, and more".utf8), "it is neither a PNG nor a JPEG"),
            (Array(files[0].bytes.prefix(50)), "it is cut off"), (Array(files[7].bytes.prefix(150)), "it is cut off"),
            (Array(files[7].bytes.prefix(30)), "it is cut off"),
            (files[0].bytes.enumerated().map { $0.offset == 45 ? $0.element ^ 1 : $0.element }, "IDAT: incorrect data check"),
            (
                Array(Data(base64Encoded: SamplePictures.printingJPEG) ?? Data()),
                "its colours are those of printing (CMYK); write it in RGB"
            ),
        ] as [([UInt8], String)])
    func filesThatAreNoPicturesSayWhy(bytes: [UInt8], reason: String) {
        #expect(throws: PictureProblem(reason: reason)) { try read(bytes) }
    }

    @Test func sizesBeyondReasonAreRefused() {
        // A header of 60,000 x 60,000 pixels, with the checksum that it needs.
        let header: [UInt8] = [
            0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 0,
            0, 0, 0,
        ]
        var table = UInt32.max
        for byte in header[12...] {
            table ^= UInt32(byte)
            for _ in 0..<8 { table = table & 1 == 1 ? table >> 1 ^ 0xedb8_8320 : table >> 1 }
        }
        let sum = ~table
        let end = (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32($0))) } + rest
        #expect(throws: PictureProblem(reason: "it has 60000 x 60000 pixels; at most 64 million are read")) { try read(header + end) }
    }

    private var rest: [UInt8] { Array(Self.files[0].bytes.dropFirst(33)) }

    @Test func whatIsWrittenIsReadAndTheSameBytes() throws {
        for (channels, pixels) in [(1, [0, 100, 255, 7, 8, 9]), (3, Self.color + Self.color[..<6])] as [(Int, [Float])] {
            let picture = Picture(height: 2, width: 3, channels: channels, pixels: pixels)
            let bytes = try picture.png()
            #expect(try read(bytes) == picture)
            #expect(try picture.png() == bytes)
        }
        #expect(try read(Picture(height: 1, width: 3, channels: 1, pixels: [-5, 300, .nan]).png()).pixels == [0, 255, 0])
    }

    @Test func greyAndColours() {
        let picture = Picture(height: 2, width: 2, channels: 3, pixels: Self.color)
        let grey = picture.converted(channels: 1)
        #expect(zip(grey.pixels, [76.245, 149.685, 29.07, 18.15]).allSatisfy { abs($0 - $1) < 1e-3 })
        #expect(Array(grey.converted(channels: 3).pixels.prefix(3)) == [Float](repeating: grey.pixels[0], count: 3))
        #expect(picture.converted(channels: 3) == picture)
    }

    @Test func areasAreMeans() {
        let picture = Picture(height: 2, width: 4, channels: 1, pixels: [0, 4, 8, 12, 4, 8, 12, 16])
        #expect(picture.resized(height: 1, width: 2, by: .area).pixels == [4, 12])
        #expect(picture.resized(height: 2, width: 4, by: .area) == picture)
        // A third of the way a pixel is shared.
        let three = picture.resized(height: 2, width: 3, by: .area).pixels
        #expect(zip(three, [1, 6, 11, 5, 10, 15]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func betweenPixelsNearnessCounts() {
        let picture = Picture(height: 1, width: 2, channels: 3, pixels: [0, 10, 20, 8, 18, 28])
        let wide = picture.resized(height: 2, width: 4, by: .bilinear)
        #expect(Array(wide.pixels.prefix(12)) == [0, 10, 20, 2, 12, 22, 6, 16, 26, 8, 18, 28])
        #expect(Array(wide.pixels.suffix(12)) == Array(wide.pixels.prefix(12)))
    }
}
