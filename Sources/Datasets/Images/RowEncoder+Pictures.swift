import FileSystem
import Pictures
import Settings

extension RowEncoder {
    /// Encodes PNG and JPEG files as images of this shape, a row each.
    ///
    /// - Throws: `DatasetError` for a file that is none, or of another size where the shape has no way to resize.
    public func encode(pictures paths: [String], as shape: ImageShape) throws -> EncodedRows {
        guard shape.sizes.reduce(1, *) == columns.count else {
            throw DatasetError.notAnImage(shapes: [shape.sizes], columns: columns.count)
        }
        var images = ImageRows(shape: shape)
        for path in paths {
            do {
                let file = try FileBytes(path: path)
                try withExtendedLifetime(file) { try images.add(file.bytes, name: path) }
            } catch let fault as FileFault {
                throw DatasetError.file(path: path, reason: fault.words)
            }
        }
        return try encode(
            Table(numbers: NumberColumns(blocks: [images.block(names: columns)], rowCount: paths.count), file: "the pictures"))
    }
}

/// Which files are pictures.
public enum PictureFiles {
    /// The PNG and JPEG files in a folder and those below it, in name order, hidden ones and links that lead out of it left out.
    public static func paths(in folder: String) throws(DatasetError) -> [String] {
        try FolderFiles(path: folder, root: nil).regular.filter(ImageFolderReader.isPicture)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\(folder)/\($0)" }
    }
}
