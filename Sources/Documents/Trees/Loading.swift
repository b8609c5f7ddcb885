#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Source {
    /// The largest file that is read, in bytes.
    public static let sizeLimit = 1 << 20

    /// Reads a text file.
    ///
    /// Throws what stands in the way: the file is missing, a folder, not readable, too large, not UTF-8, or holds control characters.
    public static func load(_ path: String) throws(Diagnostics) -> Source {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Diagnostics(loadingProblem(path, errno)) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw Diagnostics(Diagnostic(file: path, message: "this is a folder", help: "name a file in it"))
        default: throw Diagnostics(Diagnostic(file: path, message: "this is not a regular file"))
        }
        // Whatever takes the file's place meanwhile is not waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Diagnostics(loadingProblem(path, errno)) }
        defer { close(descriptor) }

        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Diagnostics(loadingProblem(path, errno)) }
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= sizeLimit else {
                throw Diagnostics(
                    Diagnostic(file: path, message: "the file is larger than 1 MiB, the most that is read", help: "is it the right file?"))
            }
        }
        return try Source(name: path, bytes: bytes)
    }

    /// A text from its bytes, which must be UTF-8; a byte order mark is dropped.
    public convenience init(name: String, bytes: [UInt8]) throws(Diagnostics) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw Diagnostics(Diagnostic(file: name, message: "the file is UTF-16", help: "save it as UTF-8"))
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Diagnostics(Self.encodingProblem(name, body))
        }
        self.init(name: name, text: text)
    }
}

// MARK: - Words

private func loadingProblem(_ path: String, _ code: Int32) -> Diagnostic {
    switch code {
    case ENOENT:
        let (folder, stem) = splitPath(path)
        let near = Suggestion.nearest(to: stem, among: names(in: folder))
        let help = near.map { "did you mean \"\(folder.isEmpty ? "" : folder + "/")\($0)\"?" }
        return Diagnostic(file: path, message: "there is no such file", help: help)
    case EACCES:
        return Diagnostic(file: path, message: "the file may not be read by this user", help: "change its permissions")
    default:
        return Diagnostic(file: path, message: "the file cannot be read: \(String(cString: strerror(code)))")
    }
}

private func splitPath(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
}

private func names(in folder: String) -> [String] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < 1000, let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
}

extension Source {
    private static func encodingProblem(_ name: String, _ bytes: ArraySlice<UInt8>) -> Diagnostic {
        var line = 1
        var lineStart = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let length = sequenceLength(bytes[index])
            let end = index + length
            guard length > 0, end <= bytes.endIndex, String(validating: bytes[index..<end], as: UTF8.self) != nil else { break }
            if bytes[index] == 0x0A {
                line += 1
                lineStart = end
            }
            index = end
        }
        let byte = index < bytes.endIndex ? String(bytes[index], radix: 16, uppercase: true) : "00"
        let lineEnd = bytes[lineStart...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        let column = String(decoding: bytes[lineStart..<index], as: UTF8.self).count + 1
        return Diagnostic(
            file: name, line: line, columns: column..<column + 1,
            sourceLine: String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self),
            message: "byte 0x\(byte.count == 1 ? "0" : "")\(byte) is not UTF-8 here", help: "save the file as UTF-8")
    }

    /// How many bytes a UTF-8 sequence has by its first one; 0 for a byte that starts none.
    private static func sequenceLength(_ byte: UInt8) -> Int {
        switch byte {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }
}
