import FileSystem
import FoundationEssentials
import Settings

extension RawSource {
    /// Data of the user's own, by what lies at the path, how it is named, and how it looks; nil when nothing lies there.
    ///
    /// Folders of pictures are images by class; other folders, and archives with `.txt` files, are texts by class; `.npy` and `.npz` are arrays; a `.txt` file whose lines begin or end with one of few
    /// labels is plain text with labels; a file that begins with an object of JSON has lines of it; all else is a table.
    public init?(userPath path: String) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        let name = path.lowercased()
        if isFolder {
            self = Self.holdsPictures(path) ? .images(path: path) : .folder(path: path)
        } else if let files = Self.idxFiles(path) {
            self = .idx(files)
        } else if name.hasSuffix(".npy") || name.hasSuffix(".npz") {
            self = .numpy(path: path)
        } else if Self.archiveEndings.contains(where: name.hasSuffix), Self.holdsTexts(path) {
            self = .folder(path: path)
        } else if name.hasSuffix(".txt"), let format = Self.lineFormat(path) {
            self = .lines(path: path, format: format)
        } else if name.hasSuffix(".txt"), Self.holdsRunningText(path) {
            self = .text(path: path)
        } else {
            var format = CSVFormat()
            format.isJSONLines = Self.holdsJSONLines(path)
            self = .csv(path: path, format: format)
        }
    }

    // MARK: - Details

    private static let archiveEndings = [".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"]

    /// Whether a folder has more pictures than texts.
    private static func holdsPictures(_ path: String) -> Bool {
        guard let names = try? FolderFiles(path: path, root: nil).regular else { return false }
        let pictures = names.count(where: ImageFolderReader.isPicture)
        return pictures > names.count { $0.lowercased().hasSuffix(".txt") }
    }

    /// The files that belong to a file of images as MNIST's are called: `train-images-idx3-ubyte`, its labels `train-labels-idx1-ubyte`, and where they are, those of
    /// `t10k` or `test`.
    private static func idxFiles(_ path: String) -> IDXFiles? {
        let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let (folder, name) = (path[..<cut], path[cut...])
        func labels(_ images: String) -> String? {
            let path = String(folder) + images.replacing("images", with: "labels").replacing("idx3", with: "idx1")
            return images.contains("images") && images.contains("idx3") && FileManager.default.fileExists(atPath: path) ? path : nil
        }
        guard let own = labels(String(name)) else { return nil }
        for test in name.hasPrefix("train") ? ["t10k", "test"] : [] {
            let images = test + String(name.dropFirst("train".count))
            guard FileManager.default.fileExists(atPath: String(folder) + images), let labels = labels(images) else { continue }
            return IDXFiles(images: path, labels: own, testImages: String(folder) + images, testLabels: labels)
        }
        return IDXFiles(images: path, labels: own)
    }

    private static func holdsTexts(_ path: String) -> Bool {
        (try? FolderReader.read(path: path, root: nil)).map { !$0.members.isEmpty } ?? false
    }

    private static func holdsJSONLines(_ path: String) -> Bool {
        guard let file = try? FileBytes(path: path), let bytes = try? CSVReader.contents(of: file, path: path) else { return false }
        return withExtendedLifetime((file, bytes)) { JSONLineReader.looksLikeLines(bytes.bytes) }
    }

    /// So many lines tell whether a file is a table.
    private static let linesLookedAt = 200
    /// At least this share of a table's lines has its delimiter.
    private static let tabularShare = 0.9

    /// Whether most of it is letters, most lines have several words, and no delimiter of tables stands in nearly all of them.
    private static func holdsRunningText(_ path: String) -> Bool {
        guard let file = try? FileBytes(path: path) else { return false }
        return withExtendedLifetime(file) {
            let start = file.bytes.prefix(1 << 16)
            let letters = start.count { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") || $0 >= 0x80 }
            guard 2 * letters > start.count else { return false }
            let lines = start.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.prefix(linesLookedAt)
            func share(_ byte: UInt8) -> Double { Double(lines.count { $0.contains(byte) }) / Double(max(lines.count, 1)) }
            return share(UInt8(ascii: " ")) > 0.5 && !",;|\t".utf8.contains { share($0) >= tabularShare }
        }
    }

    private static func lineFormat(_ path: String) -> LineFormat? {
        guard let file = try? FileBytes(path: path) else { return nil }
        return withExtendedLifetime(file) { LineReader.guess(file.bytes) }
    }
}
