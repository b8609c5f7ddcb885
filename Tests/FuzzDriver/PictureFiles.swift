import Foundation
import Pictures
import TestSupport

/// Pictures in folders of their classes, and images in MNIST's own format: read, looked through and encoded as `ablate init` and a run do.
struct PictureFiles: Subject {
    private let folder: String
    private let pictures: [[UInt8]]

    init(in folder: String) throws {
        self.folder = folder
        func picture(_ channels: Int) throws -> [UInt8] {
            try Picture(height: 6, width: 5, channels: channels, pixels: (0..<30 * channels).map { Float($0 * 7 % 256) }).png()
        }
        pictures =
            [try picture(1), try picture(3)]
            + [SamplePictures.colorJPEG, SamplePictures.printingJPEG].map { Array(Data(base64Encoded: $0) ?? Data()) }
    }

    func read(_ mutator: inout Mutator) throws {
        let place = "\(folder)/pictures"
        defer { try? FileManager.default.removeItem(atPath: place) }
        if mutator.coin() {
            for name in ["a/1", "a/2", "b/1", "b/2"] { try write(pictures[0], to: "\(place)/\(name).png") }
            try write(changedPicture(&mutator), to: "\(place)/\(mutator.one(of: ["a/3.png", "b/3.jpg", "b/2.png"]))")
            try openAsAnExperimentDoes(place, in: folder)
        } else {
            let images = "\(place)/train-images-idx3-ubyte"
            try write(changed(Self.idx([12, 3, 2], kind: mutator.one(of: Self.kinds)), 3, &mutator), to: images)
            try write(changed(Self.idx([12], kind: 0x08), 8, &mutator), to: "\(place)/train-labels-idx1-ubyte")
            if mutator.coin() {
                try write(changed(Self.idx([4, 3, 2], kind: 0x08), 8, &mutator), to: "\(place)/t10k-images-idx3-ubyte")
                try write(Self.idx([4], kind: 0x08), to: "\(place)/t10k-labels-idx1-ubyte")
            }
            try openAsAnExperimentDoes(images, in: folder)
        }
    }

    /// A picture of another content, whose parts have the checksums that they ought to have in half of all cases.
    private func changedPicture(_ mutator: inout Mutator) -> [UInt8] {
        let words = ["IHDR", "IDAT", "IEND", "PLTE", "tRNS", "\u{89}PNG"]
        var bytes = mutator.changed(mutator.one(of: pictures), among: pictures, words: words)
        if mutator.coin() { Self.seal(&bytes) }
        return bytes
    }

    private func changed(_ bytes: [UInt8], _ rarity: Int, _ mutator: inout Mutator) -> [UInt8] {
        mutator.number(below: rarity) == 0 ? mutator.changed(bytes) : bytes
    }

    // MARK: - Formats

    /// Kinds of numbers that an IDX file may have, and how many bytes each takes.
    private static let kinds: [UInt8] = [0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E]
    private static let sizes: [UInt8: Int] = [0x0B: 2, 0x0C: 4, 0x0D: 4, 0x0E: 8]

    private static func idx(_ lengths: [Int], kind: UInt8) -> [UInt8] {
        let count = lengths.reduce(1, *) * sizes[kind, default: 1]
        return [0, 0, kind, UInt8(lengths.count)] + lengths.flatMap { [0, 0, 0, UInt8($0)] } + (0..<count).map { UInt8($0 * 5 % 3) }
    }

    /// Writes the checksum of every part of a PNG file that is whole.
    private static func seal(_ bytes: inout [UInt8]) {
        var start = 8
        while start + 12 <= bytes.count {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            guard end + 4 <= bytes.count else { return }
            let sum = checksum(bytes[start + 4..<end])
            bytes.replaceSubrange(end..<end + 4, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) })
            start = end + 4
        }
    }

    /// CRC-32, as PNG has it.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = sum & 1 == 1
                sum >>= 1
                if isOdd { sum ^= 0xEDB8_8320 }
            }
        }
        return ~sum
    }
}
