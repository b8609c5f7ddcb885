import FileSystem
import Pictures
import Settings

/// Reads a folder with PNG and JPEG files in folders of their classes: `CLASS/FILE.png`, or below `train/` and `test/`.
///
/// Rows are numbered train first, classes and files in name order. Hidden files do not count; every other file that is no picture of a class is left out,
/// and told. Links are followed as long as they stay in the folder, or in the project.
struct ImageFolderReader {
    /// What a folder holds.
    struct Found {
        /// The digest of the files' names and bytes.
        var content: String
        /// The columns `pixel1`, `pixel2`, … and `class`.
        var raw: RawTable
    }

    /// As many numbers as a picture may have.
    static let mostNumbers = 1 << 20

    private let path: String
    /// The pictures' names, train first.
    private let names: [String]
    private let hasParts: Bool
    private let notices: [DatasetNotice]

    /// Looks through the folder at `path`; `root` is the project's folder.
    init(path: String, root: String?) throws {
        let files = try FolderFiles(path: path, root: root)
        var leftOut: [DatasetNotice.LeftOutFiles.Reason: [String]] = [:]
        func parts(_ name: String) -> [Substring] { name.split(separator: "/") }
        func isBelowPart(_ name: String) -> Bool {
            let parts = parts(name)
            return parts.count == 3 && (parts[0] == "train" || parts[0] == "test")
        }
        let pictures = files.regular.filter(Self.isPicture)
        let hasParts = pictures.contains { isBelowPart($0) && $0.hasPrefix("train/") }
        var names: [String] = []
        for name in files.regular.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            if !Self.isPicture(name) {
                leftOut[.noPicture, default: []].append(name)
            } else if hasParts ? isBelowPart(name) : parts(name).count == 2 {
                names.append(name)
            } else {
                leftOut[.place, default: []].append(name)
            }
        }
        leftOut[.link] = files.links.isEmpty ? nil : files.links
        leftOut[.special] = files.special.isEmpty ? nil : files.special
        let told = DatasetNotice.LeftOutFiles.Reason.allCases.compactMap { reason in
            leftOut[reason].map { DatasetNotice.LeftOutFiles(reason: reason, count: $0.count, examples: Array($0.prefix(3))) }
        }
        notices =
            told.isEmpty
            ? []
            : [.filesLeftOut(path: path, total: files.regular.count + files.links.count + files.special.count, files: told, classes: [])]
        self.path = path
        self.hasParts = hasParts
        self.names = hasParts ? names.filter { $0.hasPrefix("train/") } + names.filter { $0.hasPrefix("test/") } : names
        let classes = Set(self.names.map(className)).sorted()
        guard classes.count > 1, !hasParts || self.names.contains(where: { $0.hasPrefix("test/") }) else {
            throw DatasetError.missingPictureFolders(path: path, classes: classes, notices: notices)
        }
    }

    /// Whether a file's ending is that of a picture, in capitals or not.
    static func isPicture(_ name: String) -> Bool {
        let name = name.lowercased()
        return [".png", ".jpg", ".jpeg"].contains(where: name.hasSuffix)
    }

    private func className(_ name: String) -> String { String(name.split(separator: "/")[hasParts ? 1 : 0]) }

    /// The shape that suits the pictures: their own where all share one that is not large, else the middle of their sizes, made small, to which they are brought.
    /// Colours where some picture has colours.
    func suitableShape() throws -> ImageShape? {
        let sizes = try names.map { name throws in
            let file = try file(name)
            return try withExtendedLifetime(file) {
                do throws(PictureProblem) { return try Picture.size(of: file.bytes) } catch {
                    throw DatasetError.file(path: "\(path)/\(name)", reason: error.reason)
                }
            }
        }
        guard let first = sizes.first else { return nil }
        let channels = sizes.map(\.channels).max() ?? first.channels
        if sizes.allSatisfy({ $0.height == first.height && $0.width == first.width }), max(first.height, first.width) <= Self.largeSide {
            return ImageShape(height: first.height, width: first.width, channels: channels)
        }
        let (height, width) = (sizes.map(\.height).sorted()[sizes.count / 2], sizes.map(\.width).sorted()[sizes.count / 2])
        let longest = max(height, width)
        let side = min(longest, Self.smallSide)
        return ImageShape(
            height: max(height * side / longest, 1), width: max(width * side / longest, 1), channels: channels, resize: .area)
    }

    /// The longest side of pictures that are taken as they are, and that of those that are made smaller.
    private static let (largeSide, smallSide) = (128, 64)

    /// The digest of the content alone.
    func digest() throws -> String {
        var digest = ContentDigest.Members()
        for name in names { digest.add(name, try file(name)) }
        return digest.finished
    }

    /// Reads the pictures as images of this shape; without one, of that of the first. Other content than is wanted is not unpacked.
    func read(as shape: ImageShape?, wanted: String?) throws -> Found {
        if let wanted, try digest() != wanted { throw DatasetError.contentChanged(name: path) }
        var digest = ContentDigest.Members()
        var images = ImageRows(shape: shape, folder: path)
        for name in names {
            let file = try file(name)
            digest.add(name, file)
            try withExtendedLifetime(file) { try images.add(file.bytes, name: name) }
        }
        let classes = names.map(className)
        let blocks = [images.block(names: nil), NumberColumns.Block(name: "class", cells: classes)]
        let trainCount = hasParts ? Int32(names.count { $0.hasPrefix("train/") }) : 0
        var raw = RawTable(
            Table(numbers: NumberColumns(blocks: blocks, rowCount: names.count), file: path),
            ownParts: hasParts ? SplitRows(train: Array(0..<trainCount), test: Array(trainCount..<Int32(names.count))) : nil)
        raw.rowNames = names
        raw.notices = notices
        return Found(content: digest.finished, raw: raw)
    }

    private func file(_ name: String) throws(DatasetError) -> FileBytes {
        do {
            return try FileBytes(path: "\(path)/\(name)")
        } catch {
            throw .file(path: "\(path)/\(name)", reason: error.words)
        }
    }
}
