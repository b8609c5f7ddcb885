extension FileFault: CustomStringConvertible {
    /// What happened, and where. Those who know what the file is for may have better words.
    public var description: String {
        switch reason {
        case .refused(let operation, let code): return "\(path): cannot \(operation.verb): \(Self.words(of: code))"
        case .kind(let found, let expected):
            let rest = found == .link ? "; links are not followed, for reading, writing or removal" : ""
            return "\(path): is \(found.words), expected \(expected.words)\(rest)"
        }
    }
}

extension FileFault.Operation {
    fileprivate var verb: String {
        switch self {
        case .open: "open"
        case .read: "read"
        case .write: "write"
        case .list: "list the folder"
        case .makeFolder: "make the folder"
        case .remove: "remove"
        case .rename: "rename to"
        case .sync: "sync"
        case .lock: "lock"
        }
    }
}

extension FileKind {
    fileprivate var words: String {
        switch self {
        case .file: "a regular file"
        case .folder: "a folder"
        case .link: "a symbolic link"
        case .pipe: "a named pipe"
        case .socket: "a socket"
        case .device: "a device"
        }
    }
}
