import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The few questions to the file system that commands ask.
enum Files {
    static var currentFolder: String {
        FileManager.default.currentDirectoryPath
    }

    static func isFile(_ path: String) -> Bool {
        var folder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && !folder
    }

    static func isFolder(_ path: String) -> Bool {
        var folder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder
    }

    /// Makes the folder and those above it; the refusal names the folder that could not be made, and why.
    static func makeFolder(_ path: String) throws(Refusal) {
        var fault = faultOfMaking(path)
        if fault == ENOENT, folder(of: path) != path {
            try makeFolder(folder(of: path))
            fault = faultOfMaking(path)
        }
        guard fault == 0 || isFolder(path) else {
            throw Refusal("cannot make the folder \(spoken(path)): \(String(cString: strerror(fault)))")
        }
    }

    /// The error number of making one folder, 0 when there was none.
    private static func faultOfMaking(_ path: String) -> Int32 {
        mkdir(path, 0o777) == 0 ? 0 : errno
    }

    /// The length of a file in bytes, when there is one.
    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The stems of the files in a folder that end so, sorted; none when the folder cannot be read.
    static func stems(in folder: String, ending: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.map { String($0.dropLast(ending.count)) }.sorted()
    }

    /// The names of the folders in a folder, sorted; none when it cannot be read.
    static func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") && isFolder("\(folder)/\($0)") }.sorted()
    }

    /// The folder that a path lies in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : currentFolder + "/" + path
    }

    /// The path as it is shortest to say from the current folder.
    static func spoken(_ path: String) -> String {
        let here = currentFolder + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}
