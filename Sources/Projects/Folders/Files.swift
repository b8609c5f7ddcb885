import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The few questions to the file system that a project asks.
public enum Files {
    /// The folder that the process stands in.
    public static var currentFolder: String {
        FileManager.default.currentDirectoryPath
    }

    /// The absolute path without links; nil where there is nothing.
    public static func withoutLinks(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    /// Whether there is a file, or a link to one.
    public static func isFile(_ path: String) -> Bool {
        var folder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && !folder
    }

    /// Whether there is a folder, or a link to one.
    public static func isFolder(_ path: String) -> Bool {
        var folder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder
    }

    /// Whether reading it waits for nobody, as reading a named pipe does; links count as what they lead to.
    private static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// What a symbolic link says; nil for what is none.
    public static func target(ofLink path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    /// The stems of the regular files in a folder that end so, sorted; none when the folder cannot be read.
    public static func stems(in folder: String, ending: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") && isRegularFile("\(folder)/\($0)") }.map {
            String($0.dropLast(ending.count))
        }.sorted()
    }

    /// The folder that a path lies in.
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    public static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The last part of a path without its ending.
    public static func stem(of path: String) -> String {
        let name = name(of: path)
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// The path from the root; a relative one counts from the current folder.
    public static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : currentFolder + "/" + path
    }

    /// The path as it is shortest to say from the current folder.
    public static func spoken(_ path: String) -> String {
        let here = currentFolder + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}
