import FileSystem

/// What can go wrong with the store. A damaged file is a ``StoreWarning`` instead wherever work can go on without it.
public enum StoreError: Error, Hashable, Sendable {
    /// A file or folder could not be had, or something else stands in its place.
    case file(FileFault)
    /// A live process trains this run, as this claim tells.
    case locked(RunFolder, Claim?)
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

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// What can be wrong with a file.
    public enum Reason: Hashable, Sendable {
        /// It is not there.
        case missing
        /// Something of another kind stands there, such as a link, which is not followed.
        case kind(found: FileKind, expected: FileKind)
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

extension DamagedFile {
    package init(_ fault: FileFault) {
        switch fault.reason {
        case .refused(_, let code): self.init(path: fault.path, reason: fault.isAbsence ? .missing : .unreadable(code))
        case .kind(let found, let expected): self.init(path: fault.path, reason: .kind(found: found, expected: expected))
        }
    }

    /// Whether the run that the file belongs to may be trained again in its place, and cleaned away. Not so where it may be whole and only this process
    /// cannot read it, where a later version wrote it, and where something stands that the store never makes.
    public var mayBeReplaced: Bool {
        switch reason {
        case .missing, .length, .checksum, .form, .misplaced: true
        case .version(let found, let expected): found < expected
        case .unreadable, .kind: false
        }
    }
}

/// A finding that does not stop the work, but that the user should hear of.
public enum StoreWarning: Hashable, Sendable {
    /// The run to which this file belongs is trained again, because the file cannot be used.
    case damaged(DamagedFile)
    /// The run to which this file belongs is left as it is and counts for nothing, because nobody can tell whether it is whole.
    case unusable(DamagedFile)
    /// The plain methods' figures in this file cannot be used.
    case damagedPlainMethods(DamagedFile)
}

// MARK: - Words

extension StoreError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .file(let fault):
            fault.description
        case .locked(let folder, let claim):
            "\(folder.path): another process trains this run\(claim?.holder.map { " (\($0))" } ?? ""); wait for it, or stop it first"
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
        case .kind(let found, let expected): FileFault(path: path, reason: .kind(found: found, expected: expected)).description
        case .unreadable(let code): "\(path): cannot be read: \(FileFault.words(of: code))"
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
        case .damaged(let file): "\(file); the run is damaged, and is trained again by: ablate run"
        case .unusable(let file): "\(file); the run is left as it is, and counts for nothing"
        case .damagedPlainMethods(let file): "\(file); the plain methods are computed again by: ablate run"
        }
    }

    /// What a run's file that cannot be used means for the run.
    public init(_ file: DamagedFile) {
        self = file.mayBeReplaced ? .damaged(file) : .unusable(file)
    }

    /// The file that it is about.
    public var file: DamagedFile {
        switch self {
        case .damaged(let file), .unusable(let file), .damagedPlainMethods(let file): file
        }
    }
}
