import FileSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that are kept in the data folder.
enum DataFiles {
    /// Writes the parts one after the other as a whole file.
    static func write(_ parts: [[UInt8]], to path: String) throws(DatasetError) {
        let (folder, name) = split(path)
        do throws(FileFault) {
            try Folder(path: folder).write(name) { (file: inout FileSink) throws(FileFault) in
                for part in parts { try file.append(part) }
            }
        } catch {
            throw told(error, at: path)
        }
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(DatasetError) {
        do { try Folder.make(path) } catch { throw told(error, at: error.path) }
    }

    /// A name beside `path`, for a file that another program writes.
    static func partPath(for path: String) -> String { "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).part" }

    /// Why `path` could not be written. What forbids it is the folder.
    private static func told(_ fault: FileFault, at path: String) -> DatasetError {
        guard case .refused(_, let code) = fault.reason, [EACCES, EPERM, EROFS].contains(code) else {
            return .file(path: path, reason: fault.words)
        }
        return .file(
            path: split(path).folder,
            reason:
                "the folder is read-only (\(fault.words)), and encoded and downloaded data are kept there; make it writable, or name another data folder with --data"
        )
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
