import FileSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What lies in a folder and in those below it, hidden files left out: names as paths from the folder.
struct FolderFiles {
    /// Regular files, and links to some that lie in the folder or in the project.
    private(set) var regular: [String] = []
    /// Links that lead to what lies elsewhere, or nowhere.
    private(set) var links: [String] = []
    /// Pipes, sockets and devices.
    private(set) var special: [String] = []

    /// Links are followed so many folders deep: a link may lead to a folder above itself.
    private static let mostDeep = 16
    private let insides: [String]

    /// Looks through the folder at `path`; `root` is the project's folder.
    init(path: String, root: String?) throws(DatasetError) {
        insides = [path, root].compactMap { $0.flatMap(Self.real) }
        try look(path, below: "", depth: 0)
    }

    private mutating func look(_ path: String, below prefix: String, depth: Int) throws(DatasetError) {
        guard let stream = opendir(path) else { throw .file(path: path, reason: FileFault.words(of: errno)) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        closedir(stream)
        for name in names.sorted() where !ArchiveReader.isHidden(name) && name != "." && name != ".." {
            let whole = "\(path)/\(name)"
            var status = stat()
            guard lstat(whole, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFLNK {
                guard depth < Self.mostDeep, let real = Self.real(whole), insides.contains(where: { real.hasPrefix($0 + "/") }),
                    stat(whole, &status) == 0
                else {
                    links.append(prefix + name)
                    continue
                }
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG: regular.append(prefix + name)
            case S_IFDIR: try look(whole, below: prefix + name + "/", depth: depth + 1)
            default: special.append(prefix + name)
            }
        }
    }

    /// The path without links; nil where there is nothing.
    private static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
