import FileSystem
import Settings

/// Reads arrays as the IDX format holds them, MNIST's own: two zeros, the kind of a number, how many axes there are, their lengths and the numbers, all with the
/// highest byte first. Files may be packed, as by gzip.
enum IDXReader {
    /// Reads images and their labels, and those that test, as the columns `pixel1`, `pixel2`, … and `label`.
    static func read(_ files: IDXFiles, _ open: (String) throws -> FileBytes) throws -> (table: Table, parts: SplitRows?, content: String) {
        var digests: [String] = []
        func array(_ path: String) throws -> NumPyArray {
            let file = try open(path)
            digests.append(ContentDigest.of(file))
            let bytes = try CSVReader.contents(of: file, path: path)
            do {
                return try withExtendedLifetime(file) { try NumPyArray(idx: [UInt8](bytes.bytes)) }
            } catch let problem as ContentProblem {
                throw DatasetError.file(path: path, reason: problem.text)
            }
        }
        var images: [NumPyArray] = []
        var labels: [NumPyArray] = []
        for (imagesPath, labelsPath) in files.pairs {
            let (image, label) = (try array(imagesPath), try array(labelsPath))
            guard image.shape.count > 1 else {
                throw DatasetError.file(
                    path: imagesPath, reason: "it has \(image.rowCount) numbers in a row; images were expected, labels go to labels")
            }
            guard label.shape.count == 1 else {
                throw DatasetError.file(path: labelsPath, reason: "it has numbers of shape \(label.shape); a label a row was expected")
            }
            guard image.rowCount == label.rowCount else {
                throw DatasetError.file(
                    path: labelsPath, reason: "it has \(label.rowCount) labels, and \(imagesPath) has \(image.rowCount) images")
            }
            if let first = images.first, first.shape.dropFirst() != image.shape.dropFirst() {
                throw DatasetError.file(
                    path: imagesPath,
                    reason:
                        "its images are of shape \(Array(image.shape.dropFirst())), those that train of \(Array(first.shape.dropFirst()))")
            }
            images.append(image)
            labels.append(label)
        }
        let count = images.reduce(0) { $0 + $1.rowCount }
        guard count > 0, images[0].width > 0 else { throw DatasetError.file(path: files.images, reason: "it holds no image") }
        try DatasetEncoder.checkSize(rows: count, features: images[0].width)
        let names = (1...images[0].width).map { "pixel\($0)" }
        let table = Table(
            numbers: NumberColumns(
                blocks: [.init(names: names, pieces: images), .init(names: ["label"], pieces: labels)], rowCount: count),
            file: files.images)
        let trainCount = Int32(images[0].rowCount)
        let parts = images.count == 1 ? nil : SplitRows(train: Array(0..<trainCount), test: Array(trainCount..<Int32(count)))
        return (table, parts, ContentDigest.of(files: digests))
    }
}

extension NumPyArray {
    /// Reads the bytes of an IDX file; the error says in words what is wrong.
    init(idx bytes: [UInt8]) throws(ContentProblem) {
        guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else {
            throw ContentProblem(
                text:
                    "it is no IDX file; it begins with \(bytes.prefix(4).map { "\($0)" }.joined(separator: " ")), not with 0 0, the kind of a number and the count of axes"
            )
        }
        let kinds: [UInt8: (Element, Int)] = [
            0x08: (.unsigned, 1), 0x09: (.signed, 1), 0x0b: (.signed, 2), 0x0c: (.signed, 4), 0x0d: (.float, 4), 0x0e: (.float, 8),
        ]
        guard let (element, size) = kinds[bytes[2]] else {
            throw ContentProblem(text: "it has numbers of the kind \(bytes[2]), which is none of 8, 9, 11, 12, 13 and 14")
        }
        let axes = Int(bytes[3])
        guard (1...4).contains(axes) else { throw ContentProblem(text: "it has \(axes) axes; 1 to 4 were expected") }
        let start = 4 + 4 * axes
        guard bytes.count >= start else { throw ContentProblem(text: "its header is cut off") }
        let shape = (0..<axes).map { axis in (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * axis + $1]) } }
        var count = 1
        for length in shape {
            let product = count.multipliedReportingOverflow(by: length)
            guard !product.overflow, product.partialValue <= Int(Int32.max) else { throw ContentProblem(text: "it is too large") }
            count = product.partialValue
        }
        guard bytes.count == start + count * size else {
            let found = bytes.count - start
            throw ContentProblem(
                text:
                    "it should have \(count * size) bytes for numbers of shape \(shape), it has \(found)\(found < count * size ? "; it was cut off" : "")"
            )
        }
        self.init(shape: shape, element: element, size: size, isBigEndian: true, bytes: bytes, start: start)
    }
}
