/// What can go wrong with the store. A damaged file is a ``StoreWarning`` instead wherever work can go on without it.
public enum StoreError: Error, Hashable, Sendable {
    /// The operating system refused `operation` on `path` with the error number `code`.
    case system(operation: String, path: String, code: Int32)
    /// A live process trains this run.
    case locked(RunFolder)
    /// The run was finished in the meantime.
    case alreadyFinished(StoredRun)
    /// The file is not what it should be.
    case damaged(DamagedFile)
    /// What was to be stored does not fit together.
    case inconsistent(String)
}

/// A file of the store that cannot be used.
public struct DamagedFile: Error, Hashable, Sendable {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let reason: Reason

    /// What can be wrong with a file.
    public enum Reason: Hashable, Sendable {
        /// It is not there.
        case missing
        /// It cannot be read; the operating system's error number.
        case unreadable(Int32)
        /// It has another length than its record says.
        case length(found: Int, expected: Int)
        /// It was written by another version.
        case version(found: Int, expected: Int)
        /// Its checksum does not match its content.
        case checksum
        /// Its content has the wrong form; where and how.
        case form(String)
        /// It lies in a folder that belongs to another run.
        case misplaced(RunIdentity)
    }
}

/// A finding that does not stop the work, but that the user should hear of.
public enum StoreWarning: Hashable, Sendable {
    /// The run counts as new because this file of it cannot be used.
    case damaged(DamagedFile)
}

// MARK: - Words

extension StoreError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .system(let operation, let path, let code):
            "\(path): cannot \(operation): \(Files.message(of: code))"
        case .locked(let folder):
            "\(folder.path): another process trains this run; wait for it, or stop it first"
        case .alreadyFinished(let run):
            "\(run.folder.path): the run is finished already; nothing was trained"
        case .damaged(let file):
            file.description
        case .inconsistent(let what):
            "cannot store the run: \(what)"
        }
    }
}

extension DamagedFile: CustomStringConvertible {
    /// The file and what is wrong with it.
    public var description: String {
        switch reason {
        case .missing: "\(path): the file is missing"
        case .unreadable(let code): "\(path): cannot be read: \(Files.message(of: code))"
        case .length(let found, let expected): "\(path): has \(found) bytes, its record says \(expected)"
        case .version(let found, let expected): "\(path): has version \(found), this program reads version \(expected)"
        case .checksum: "\(path): the checksum does not match the content"
        case .form(let what): "\(path): \(what)"
        case .misplaced(let identity): "\(path): belongs to run \(identity), not to the folder it lies in"
        }
    }
}

extension StoreWarning: CustomStringConvertible {
    /// What was found and what follows from it.
    public var description: String {
        switch self {
        case .damaged(let file): "\(file); the run counts as new"
        }
    }
}
