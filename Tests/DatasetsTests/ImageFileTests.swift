import Datasets
import Documents
import FileSystem
import Foundation
import Pictures
import Settings
import Testing

/// An IDX file of numbers of this kind.
private func idxBytes(_ kind: UInt8, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, kind, UInt8(shape.count)] + shape.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] } + bytes
}

/// Folders of pictures by class, and IDX files.
@Suite struct ImageFileTests {
    /// A PNG of one grey value.
    private static func picture(_ value: Float, _ height: Int = 2, _ width: Int = 3, channels: Int = 1) throws -> [UInt8] {
        try Picture(height: height, width: width, channels: channels, pixels: [Float](repeating: value, count: height * width * channels))
            .png()
    }

    private func folder(_ files: [(name: String, bytes: [UInt8])]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for file in files { _ = try folder.write(file.bytes, to: "leaves/\(file.name)") }
        return folder
    }

    private func request(_ folder: TemporaryFolder, _ image: ImageShape, target: String = "class", source: RawSource? = nil)
        -> EncodingRequest
    {
        EncodingRequest(
            source: source ?? .images(path: "\(folder.path)/leaves"),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .divided(by: 255)), image: image)]),
            target: .init(column: target, encoding: .label))
    }

    private func open(_ folder: TemporaryFolder, _ image: ImageShape = ImageShape(height: 2, width: 3)) throws -> EncodedDataset {
        try DatasetStore(folder: folder.path).open(request(folder, image))
    }

    private func message(_ folder: TemporaryFolder, _ image: ImageShape = ImageShape(height: 2, width: 3)) -> String {
        do {
            _ = try open(folder, image)
            return ""
        } catch {
            return "\(error)".replacing(folder.path, with: "")
        }
    }

    // MARK: - Folders

    @Test func classesAreFoldersAndRowsAreInNameOrder() throws {
        let folder = try folder([
            ("oak/b.png", Self.picture(51)), ("oak/a.PNG", Self.picture(102)), ("ash/z.png", Self.picture(255)), ("notes.md", [1]),
            ("oak/deep/c.png", Self.picture(0)), (".hidden/x.png", Self.picture(0)),
        ])
        let data = try open(folder)
        #expect(data.summary.inputShape == [2, 3, 1])
        guard case .dense(let numbers) = data.inputs, case .classes(let labels, let names) = data.target else {
            Issue.record("no images")
            return
        }
        #expect(names == ["ash", "oak"])
        #expect(Array(labels) == [0, 1, 1])
        #expect(stride(from: 0, to: 18, by: 6).map { numbers[$0] } == [1, 0.4, 0.2])
        #expect(
            data.summary.notices.map(\.sentence) == [
                "leaves: 2 of 5 files are left out, 1 that does not end in .png, .jpg or .jpeg (\"notes.md\"), 1 that stands outside a class's folder (\"oak/deep/c.png\")."
            ])
        let names2 = try DatasetStore(folder: folder.path).rowNames(
            of: request(folder, ImageShape(height: 2, width: 3)), column: nil, content: data.summary.contentDigest)
        #expect(names2?.name(of: 1, in: "train") == "oak/a.PNG")
    }

    @Test func partsMayBeFolders() throws {
        let data = try open(
            try folder([
                ("test/ash/a.png", Self.picture(5)), ("train/oak/a.png", Self.picture(1)), ("train/ash/a.png", Self.picture(2)),
                ("test/oak/a.png", Self.picture(6)),
            ]))
        #expect(Array(data.train) == [0, 1])
        #expect(Array(data.test) == [2, 3])
    }

    @Test func theDigestIsThatOfNamesAndBytes() throws {
        let files = [("oak/a.png", try Self.picture(1)), ("ash/a.png", try Self.picture(2))]
        let digest = try open(try folder(files)).summary.contentDigest
        #expect(try open(try folder(files.reversed() + [("notes.txt", [7])])).summary.contentDigest == digest)
        #expect(try open(try folder([("oak/b.png", files[0].1), files[1]])).summary.contentDigest != digest)
        #expect(try open(try folder([("oak/a.png", Self.picture(3)), files[1]])).summary.contentDigest != digest)
    }

    @Test func channelsAreAsAsked() throws {
        let color = try Picture(height: 2, width: 3, channels: 3, pixels: (0..<18).map(Float.init)).png()
        let folder = try folder([("oak/a.png", color), ("ash/a.png", Self.picture(2))])
        #expect(try open(folder, ImageShape(height: 2, width: 3, channels: 3)).summary.inputShape == [2, 3, 3])
        let grey = try open(folder)
        guard case .dense(let numbers) = grey.inputs else { return }
        let expected: Float = 0.815
        #expect(abs(numbers[6] * 255 - expected) < 1e-4)
    }

    @Test func otherSizesAreErrorsOrResized() throws {
        let folder = try folder([
            ("oak/a.png", Self.picture(1, 4, 6)), ("ash/a.png", Self.picture(2)), ("ash/b.png", Self.picture(2, 2, 4)),
        ])
        #expect(
            message(folder)
                == "/leaves: pictures differ in size: ash/a.png is 2 x 3, ash/b.png is 2 x 4 (height x width); write resize: area, or bilinear, in their encoding"
        )
        #expect(
            message(folder, ImageShape(height: 5, width: 5))
                == "/leaves/ash/a.png: the picture is 2 x 3 (height x width), images are to be 5 x 5; write its size, or resize: area, or bilinear, in their encoding"
        )
        let area = try open(folder, ImageShape(height: 2, width: 3, resize: .area))
        let bilinear = try open(folder, ImageShape(height: 2, width: 3, resize: .bilinear))
        #expect(area.summary.inputShape == [2, 3, 1])
        #expect(area.summary.encodingDigest != bilinear.summary.encodingDigest)
    }

    @Test func corruptFilesAreNamed() throws {
        let cut = Array(try Self.picture(1).prefix(40))
        #expect(message(try folder([("oak/a.png", cut), ("ash/a.png", Self.picture(2))])) == "/leaves/oak/a.png: it is cut off")
        #expect(
            message(try folder([("oak/a.jpg", Array("no".utf8)), ("ash/a.png", Self.picture(2))]))
                == "/leaves/oak/a.jpg: it is neither a PNG nor a JPEG")
    }

    @Test func oneClassIsNotEnough() throws {
        #expect(
            message(try folder([("oak/a.png", Self.picture(2))]))
                == "/leaves: there must be PNG or JPEG files of two classes at least, as CLASS/FILE.png, or below train/ and test/; found oak"
        )
    }

    @Test func linksOutOfTheFolderAreLeftOut() throws {
        let folder = try folder([("oak/a.png", Self.picture(1)), ("ash/a.png", Self.picture(2))])
        let outside = try folder.write(Self.picture(3), to: "elsewhere/c.png")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/leaves/oak/c.png", withDestinationPath: outside)
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/leaves/oak/d.png", withDestinationPath: "a.png")
        let data = try open(folder)
        #expect(data.rowCount == 3)
        #expect(data.summary.notices.count == 1)
    }

    // MARK: - IDX

    private func idx(
        _ images: [UInt8], _ labels: [UInt8], test: (images: [UInt8], labels: [UInt8])? = nil
    ) throws -> (TemporaryFolder, RawSource) {
        let folder = try TemporaryFolder()
        var files = IDXFiles(images: try folder.write(images, to: "images"), labels: try folder.write(labels, to: "labels"))
        if let test {
            files.testImages = try folder.write(test.images, to: "test-images")
            files.testLabels = try folder.write(test.labels, to: "test-labels")
        }
        return (folder, .idx(files))
    }

    private func openIDX(_ made: (TemporaryFolder, RawSource)) throws -> EncodedDataset {
        try DatasetStore(folder: made.0.path).open(request(made.0, ImageShape(height: 1, width: 2), target: "label", source: made.1))
    }

    @Test(
        arguments: [
            (0x08, [0, 255, 7, 8], [0, 1, 7.0 / 255, 8.0 / 255]), (0x09, [0, 255, 7, 8], [0, -1.0 / 255, 7.0 / 255, 8.0 / 255]),
            (0x0b, [0, 1, 255, 255, 1, 0, 0, 7], [1.0 / 255, -1.0 / 255, 256.0 / 255, 7.0 / 255]),
            (0x0c, [0, 0, 0, 1, 255, 255, 255, 255, 0, 0, 1, 0, 0, 0, 0, 7], [1.0 / 255, -1.0 / 255, 256.0 / 255, 7.0 / 255]),
            (0x0d, [0x3f, 0x80, 0, 0, 0xbf, 0x80, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0], [1.0 / 255, -1.0 / 255, 2.0 / 255, 0]),
            (
                0x0e,
                [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xbf, 0xf0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 8),
                [1.0 / 255, -1.0 / 255, 2.0 / 255, 0]
            ),
        ] as [(UInt8, [UInt8], [Double])])
    func allKindsOfNumbers(kind: UInt8, bytes: [UInt8], expected: [Double]) throws {
        let data = try openIDX(idx(idxBytes(kind, [2, 1, 2], bytes), idxBytes(8, [2], [3, 1])))
        guard case .dense(let numbers) = data.inputs, case .classes(let labels, let names) = data.target else { return }
        #expect(numbers.map { $0 } == expected.map(Float.init))
        #expect(names == ["1", "3"] && Array(labels) == [1, 0])
        #expect(data.summary.inputShape == [1, 2, 1])
    }

    @Test func testImagesMayStandApart() throws {
        let data = try openIDX(
            idx(
                idxBytes(8, [2, 1, 2], [1, 2, 3, 4]), idxBytes(8, [2], [0, 1]),
                test: (idxBytes(8, [1, 1, 2], [5, 6]), idxBytes(8, [1], [1]))))
        #expect(Array(data.train) == [0, 1] && Array(data.test) == [2])
    }

    @Test func packedFilesAreUnpacked() throws {
        let folder = try TemporaryFolder()
        let images = try folder.write(idxBytes(8, [2, 1, 2], [1, 2, 3, 4]), to: "images")
        let packing = Process()
        packing.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        packing.arguments = ["gzip", images]
        try packing.run()
        packing.waitUntilExit()
        let files = IDXFiles(images: images + ".gz", labels: try folder.write(idxBytes(8, [2], [0, 1]), to: "labels"))
        #expect(try openIDX((folder, .idx(files))).rowCount == 2)
    }

    @Test(
        arguments: [
            (
                [1, 2, 3, 4, 5], [0, 0, 8, 1, 0, 0, 0, 1, 1],
                "/images: it is no IDX file; it begins with 1 2 3 4, not with 0 0, the kind of a number and the count of axes"
            ),
            (
                idxBytes(10, [1, 1, 2], [1, 2]), idxBytes(8, [1], [1]),
                "/images: it has numbers of the kind 10, which is none of 8, 9, 11, 12, 13 and 14"
            ),
            (
                idxBytes(8, [2, 1, 2], [1, 2, 3]), idxBytes(8, [2], [1, 2]),
                "/images: it should have 4 bytes for numbers of shape [2, 1, 2], it has 3; it was cut off"
            ),
            (
                idxBytes(8, [2, 1, 2], [1, 2, 3, 4, 5]), idxBytes(8, [2], [1, 2]),
                "/images: it should have 4 bytes for numbers of shape [2, 1, 2], it has 5"
            ),
            (idxBytes(8, [2, 1, 2], [1, 2, 3, 4]), idxBytes(8, [3], [1, 2, 3]), "/labels: it has 3 labels, and /images has 2 images"),
            (
                idxBytes(8, [2], [1, 2]), idxBytes(8, [2], [1, 2]),
                "/images: it has 2 numbers in a row; images were expected, labels go to labels"
            ),
            (
                idxBytes(8, [2, 1, 2], [1, 2, 3, 4]), idxBytes(8, [2, 1], [1, 2]),
                "/labels: it has numbers of shape [2, 1]; a label a row was expected"
            ),
            ([0, 0, 8, 3, 0], idxBytes(8, [1], [1]), "/images: its header is cut off"),
        ] as [([UInt8], [UInt8], String)])
    func filesThatDoNotFitAreErrors(images: [UInt8], labels: [UInt8], expected: String) throws {
        let made = try idx(images, labels)
        do {
            _ = try openIDX(made)
            Issue.record("no error")
        } catch {
            #expect("\(error)".replacing(made.0.path, with: "") == expected)
        }
    }
}
