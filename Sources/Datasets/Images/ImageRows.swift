import Pictures
import Settings

/// Pictures of files as rows of one shape.
struct ImageRows {
    private var shape: ImageShape?
    /// Where the files lie, for messages; empty for files that are named whole.
    private let folder: String
    private var numbers: [Float] = []
    private var count = 0
    /// The first file and its size.
    private var first: (name: String, height: Int, width: Int)?
    private let isAsked: Bool

    /// Rows of this shape; without one, of that of the first picture.
    init(shape: ImageShape?, folder: String = "") {
        (self.shape, self.folder, isAsked) = (shape, folder, shape != nil)
    }

    /// Takes a PNG or a JPEG.
    ///
    /// - Throws: ``DatasetError`` for a file that is none, or that has another size and may not be resized.
    mutating func add(_ bytes: UnsafeRawBufferPointer, name: String) throws(DatasetError) {
        let place = folder.isEmpty ? name : "\(folder)/\(name)"
        do {
            let size = try Picture.size(of: bytes)
            if first == nil { first = (name, size.height, size.width) }
            let wanted = shape ?? ImageShape(height: size.height, width: size.width, channels: size.channels)
            shape = wanted
            if size.height != wanted.height || size.width != wanted.width, wanted.resize == nil {
                throw otherSize(name: name, size.height, size.width, wanted)
            }
            let length = wanted.height * wanted.width * wanted.channels
            guard length <= ImageFolderReader.mostNumbers else {
                throw DatasetError.file(
                    path: place,
                    reason:
                        "an image of \(wanted.height) x \(wanted.width) x \(wanted.channels) has more than \(ImageFolderReader.mostNumbers) numbers; write smaller sizes, and resize"
                )
            }
            try DatasetEncoder.checkSize(rows: count + 1, features: length)
            let picture = try Picture(file: bytes).converted(channels: wanted.channels)
            numbers += (wanted.resize.map { picture.resized(height: wanted.height, width: wanted.width, by: $0.way) } ?? picture).pixels
            count += 1
        } catch let problem as PictureProblem {
            throw .file(path: place, reason: problem.reason)
        } catch let error as DatasetError {
            throw error
        } catch {
            throw .file(path: place, reason: "\(error)")
        }
    }

    private func otherSize(name: String, _ height: Int, _ width: Int, _ wanted: ImageShape) -> DatasetError {
        let names = [first?.name ?? name, name]
        let sizes = [[first?.height ?? height, first?.width ?? width], [height, width]]
        if sizes[0] != sizes[1], sizes[0] == [wanted.height, wanted.width] {
            return .picturesOfSeveralSizes(folder: folder, names: names, sizes: sizes)
        }
        return .pictureOfOtherSize(
            name: folder.isEmpty ? name : "\(folder)/\(name)", size: sizes[1], expected: [wanted.height, wanted.width])
    }

    /// The columns that the rows are, of these names, else `pixel1`, ….
    func block(names: [String]?) -> NumberColumns.Block {
        let sizes = shape?.sizes ?? [0]
        let names = names ?? (1...max(sizes.reduce(1, *), 1)).map { "pixel\($0)" }
        return NumberColumns.Block(names: names, pieces: [NumPyArray(numbers, shape: [count] + sizes)])
    }
}

extension ImageShape.Resizing {
    var way: Picture.Resizing {
        switch self {
        case .area: .area
        case .bilinear: .bilinear
        }
    }
}
