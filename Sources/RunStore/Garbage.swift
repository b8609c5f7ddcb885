/// Something in the store that no experiment needs.
public struct Garbage: Hashable, Sendable {
    /// Why it is garbage.
    public enum Kind: Hashable, Sendable {
        /// A file that a process was writing when it ended.
        case temporaryFile
        /// A run that the experiment asks for no more, or under another identity.
        case staleRun
        /// A run that was stopped, or whose process has gone.
        case interruptedRun
        /// A run that ended with an error.
        case failedRun
        /// A run with a file that cannot be used.
        case damagedRun
    }

    /// Why it is garbage.
    public let kind: Kind
    /// The file or folder.
    public let path: String
    /// All its files' lengths, in bytes.
    public let bytes: Int
}

extension RunStore {
    /// What `clean` may remove from an experiment: left-over temporary files, and the runs that are not finished or whose identity is not
    /// in `keeping`. Runs that a live process trains are never listed.
    public func garbage(in experiment: String, keeping: Set<RunIdentity>) -> [Garbage] {
        var garbage = temporaryFiles(in: experimentFolder(experiment)) + temporaryFiles(in: experimentFolder(experiment) + "/figures")
        for name in Files.names(in: runsFolder(experiment)) {
            let path = "\(runsFolder(experiment))/\(name)"
            let folder = RunFolder(path: path)
            guard Files.isFolder(path), !RunLock.isHeld(folder) else { continue }
            if let kind = kind(of: folder, keeping: keeping) {
                garbage.append(Garbage(kind: kind, path: path, bytes: Files.totalLength(of: path)))
            } else {
                garbage += temporaryFiles(in: path)
            }
        }
        return garbage
    }

    /// Removes what ``garbage(in:keeping:)`` listed, but for runs that a process has taken up since. Returns what was removed.
    public func remove(_ garbage: [Garbage]) throws(StoreError) -> [Garbage] {
        var removed: [Garbage] = []
        for item in garbage {
            guard Files.exists(item.path) else { continue }
            if item.kind != .temporaryFile {
                guard let lock = try RunLock.take(RunFolder(path: item.path)) else { continue }
                try withExtendedLifetime(lock) { () throws(StoreError) in try Files.remove(item.path) }
            } else {
                try Files.remove(item.path)
            }
            removed.append(item)
        }
        return removed
    }

    private func kind(of folder: RunFolder, keeping: Set<RunIdentity>) -> Garbage.Kind? {
        guard let run = try? StoredRun(reading: folder) else { return .damagedRun }
        switch run.record.status {
        case .running, .interrupted: return .interruptedRun
        case .failed: return .failedRun
        case .finished:
            if run.damage(checking: .lengths) != nil { return .damagedRun }
            return keeping.contains(run.record.identity) ? nil : .staleRun
        }
    }

    private func temporaryFiles(in folder: String) -> [Garbage] {
        Files.names(in: folder).filter(WholeFile.isLeftOver).compactMap { name in
            let path = folder + "/" + name
            return Files.length(of: path).map { Garbage(kind: .temporaryFile, path: path, bytes: $0) }
        }
    }
}

extension Files {
    fileprivate static func totalLength(of path: String) -> Int {
        isFolder(path) ? names(in: path).reduce(0) { $0 + totalLength(of: path + "/" + $1) } : length(of: path) ?? 0
    }
}
