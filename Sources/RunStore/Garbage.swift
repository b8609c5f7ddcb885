import FileSystem

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
        /// A file in a finished run's folder of which its record does not speak: a checkpoint, or what was to be removed when a process was killed.
        case leftOver
        /// A file of plain methods that no experiment asks for.
        case stalePlainMethods
    }

    /// Why it is garbage.
    public let kind: Kind
    /// The file or folder.
    public let path: String
    /// All its files' lengths, in bytes.
    public let bytes: Int
    /// The names of the folders from the root to the one that holds it.
    fileprivate let folders: [String]
    /// Its own name.
    fileprivate let name: String

    /// The run that it is; nil for files of other kinds.
    public var run: RunIdentity? {
        switch kind {
        case .staleRun, .interruptedRun, .failedRun, .damagedRun: RunIdentity(hex: name)
        case .temporaryFile, .leftOver, .stalePlainMethods: nil
        }
    }

    fileprivate init(_ kind: Kind, root: String, _ folders: [String], _ name: String, bytes: Int) {
        self.kind = kind
        self.bytes = bytes
        self.folders = folders
        self.name = name
        path = ([root] + folders + [name]).joined(separator: "/")
    }
}

/// Something below an experiment's folder that `clean` leaves, and that the user should hear of.
public enum LeftAlone: Hashable, Sendable, CustomStringConvertible {
    /// Nothing that the store makes.
    case foreign(path: String)
    /// A run that may be whole and cannot be read now, or that a later version wrote; or a folder that is none.
    case unusable(DamagedFile)

    /// Where, and why it stays.
    public var description: String {
        switch self {
        case .foreign(let path): "\(path): is nothing that this program writes, and is left as it is"
        case .unusable(let file): "\(file); it is left as it is"
        }
    }
}

extension RunStore {
    /// What `clean` may remove from an experiment: left-over temporary files, the runs that are not finished or whose identity is not
    /// in `keeping`, and plain methods under others. Runs that a live process trains are never listed. `left` tells what else stands among the runs.
    public func garbage(in experiment: String, keeping: Set<RunIdentity>) -> (garbage: [Garbage], left: [LeftAlone]) {
        var (garbage, left) = ([Garbage](), [LeftAlone]())
        func note(_ fault: FileFault) {
            if !fault.isAbsence { left.append(.unusable(DamagedFile(fault))) }
        }
        do throws(FileFault) {
            let folder = try openRoot().folder(experiment)
            garbage += try temporaryFiles(in: folder, at: [experiment])
            do throws(FileFault) { garbage += try temporaryFiles(in: folder.folder("figures"), at: [experiment, "figures"]) } catch {
                note(error)
            }
            let runs = try folder.folder(Self.runs)
            garbage += try temporaryFiles(in: runs, at: [experiment, Self.runs])
            garbage += try stalePlainMethods(in: runs, at: [experiment, Self.runs], keeping: keeping)
            for name in try runs.names() where !UnfinishedFile.isOne(name) && !KeptFact.isFile(name) {
                if Self.plainMethodsIdentity(ofFile: name) != nil { continue }
                guard let identity = RunIdentity(hex: name) else {
                    left.append(.foreign(path: runs.path(of: name)))
                    continue
                }
                do throws(FileFault) {
                    let files = try runs.folder(name)
                    guard case .free = try Holding(of: files) else { continue }
                    switch try kind(of: identity, files, keeping: keeping) {
                    case .garbage(let kind):
                        garbage.append(Garbage(kind, root: root, [experiment, Self.runs], name, bytes: try Self.length(of: files)))
                    case .left(let reason): left.append(reason)
                    case .kept(let record):
                        let place = [experiment, Self.runs, name]
                        garbage += try temporaryFiles(in: files, at: place) + leftOvers(in: files, of: record, at: place)
                    }
                } catch {
                    note(error)
                }
            }
        } catch {
            note(error)
        }
        return (garbage, left)
    }

    /// Left-over temporary files in the root itself.
    public func garbageInRoot() -> [Garbage] {
        guard let folder = try? openRoot() else { return [] }
        return (try? temporaryFiles(in: folder, at: [])) ?? []
    }

    /// Removes what ``garbage(in:keeping:)`` listed for the same `keeping`. Each thing is looked at again first, a run under its lock: what a process has taken
    /// up or finished since stays. Only files of the names that the store writes are removed; `left` tells what else was in a run's folder.
    public func remove(
        _ garbage: [Garbage], keeping: Set<RunIdentity>
    ) throws(StoreError) -> (removed: [Garbage], left: [LeftAlone]) {
        var (removed, left) = ([Garbage](), [LeftAlone]())
        for item in garbage {
            do throws(FileFault) {
                var folder = try openRoot()
                for name in item.folders { folder = try folder.folder(name) }
                if item.kind == .leftOver {
                    guard try removeLeftOver(item.name, from: folder) else { continue }
                } else if item.kind == .stalePlainMethods {
                    guard let identity = Self.plainMethodsIdentity(ofFile: item.name), !keeping.contains(identity) else { continue }
                    try folder.remove(item.name)
                } else if item.kind == .temporaryFile {
                    guard folder.isLeftOver(item.name) else { continue }
                    try folder.remove(item.name)
                } else {
                    guard try removeRun(item, from: folder, keeping: keeping, left: &left) else { continue }
                }
                removed.append(item)
            } catch {
                if !error.isAbsence { throw .file(error) }
            }
        }
        return (removed, left)
    }

    /// False when the run is no longer what it was.
    private func removeRun(
        _ item: Garbage, from runs: Folder, keeping: Set<RunIdentity>, left: inout [LeftAlone]
    ) throws(FileFault) -> Bool {
        guard let identity = RunIdentity(hex: item.name) else { return false }
        let files = try runs.folder(identity.hex)
        guard case .taken(let claim) = try HeldClaim.take(files, now: clock(), watch: watch) else { return false }
        defer { claim.end() }
        guard case .garbage(item.kind) = try kind(of: identity, files, keeping: keeping) else { return false }
        for name in try files.names() where name != RunFolder.FileName.lock && name != RunFolder.FileName.claim {
            let isOurs = RunFolder.FileName.all.contains(name) || UnfinishedFile.isOne(name)
            let kind = try files.status(of: name)?.kind
            if isOurs, kind == .file {
                try files.remove(name)
            } else {
                left.append(.foreign(path: files.path(of: name)))
            }
        }
        claim.end()
        try files.remove(RunFolder.FileName.lock)
        // Another process may have taken the run up in this moment; then the folder is not empty, and stays.
        try runs.removeFolder(identity.hex)
        return true
    }

    private enum Finding {
        case garbage(Garbage.Kind)
        case left(LeftAlone)
        case kept(Record)
    }

    private func kind(of identity: RunIdentity, _ files: Folder, keeping: Set<RunIdentity>) throws(FileFault) -> Finding {
        let run: StoredRun
        do { run = try StoredRun(reading: files, at: RunFolder(path: files.path, on: disk)) } catch {
            if error.reason == .missing {
                // A run begins with its lock; an empty folder is one that was to be locked.
                let names = try files.names()
                return names.isEmpty || names.contains(RunFolder.FileName.lock)
                    ? .garbage(.interruptedRun) : .left(.foreign(path: files.path))
            }
            return error.mayBeReplaced ? .garbage(.damagedRun) : .left(.unusable(error))
        }
        guard run.record.identity == identity else { return .garbage(.damagedRun) }
        switch run.record.status {
        case .running, .interrupted: return .garbage(.interruptedRun)
        case .failed: return .garbage(.failedRun)
        case .finished:
            if let damage = run.damage(checking: .contents) {
                return damage.mayBeReplaced ? .garbage(.damagedRun) : .left(.unusable(damage))
            }
            return keeping.contains(identity) ? .kept(run.record) : .garbage(.staleRun)
        }
    }

    /// The files in the folder of a finished run that its record does not speak of.
    private func leftOvers(in files: Folder, of record: Record, at place: [String]) throws(FileFault) -> [Garbage] {
        let candidates = [RunFolder.FileName.checkpoint] + RemovableFile.allCases.map(\.name)
        var found: [Garbage] = []
        for name in candidates where record.files[name] == nil {
            guard let status = try files.status(of: name), status.kind == .file else { continue }
            found.append(Garbage(.leftOver, root: root, place, name, bytes: status.length))
        }
        return found
    }

    /// Removes such a file under the run's claim; false when the run is no longer what it was.
    private func removeLeftOver(_ name: String, from files: Folder) throws(FileFault) -> Bool {
        guard case .taken(let claim) = try HeldClaim.take(files, now: clock(), watch: watch) else { return false }
        defer { claim.end() }
        guard let record = try? StoredRun(reading: files, at: RunFolder(path: files.path, on: disk)).record,
            try leftOvers(in: files, of: record, at: []).contains(where: { $0.name == name }), record.status == .finished
        else { return false }
        try files.remove(name)
        return true
    }

    /// The files of plain methods under other identities than those that are kept. What counts others comes first, so that nothing counts what has gone.
    private func stalePlainMethods(
        in runs: Folder, at place: [String], keeping: Set<RunIdentity>
    ) throws(FileFault) -> [Garbage] {
        var (counts, counted) = ([Garbage](), [Garbage]())
        for name in try runs.names() {
            guard let identity = Self.plainMethodsIdentity(ofFile: name), !keeping.contains(identity),
                let status = try runs.status(of: name), status.kind == .file
            else { continue }
            let item = Garbage(.stalePlainMethods, root: root, place, name, bytes: status.length)
            if name.hasSuffix(".json") { counts.append(item) } else { counted.append(item) }
        }
        return counts + counted
    }

    private func temporaryFiles(in folder: Folder, at place: [String]) throws(FileFault) -> [Garbage] {
        var found: [Garbage] = []
        for name in try folder.names() where folder.isLeftOver(name) {
            found.append(Garbage(.temporaryFile, root: root, place, name, bytes: try folder.status(of: name)?.length ?? 0))
        }
        return found
    }

    /// The length of all regular files of a run.
    private static func length(of files: Folder) throws(FileFault) -> Int {
        var length = 0
        for name in try files.names() {
            guard let status = try files.status(of: name), status.kind == .file else { continue }
            length += status.length
        }
        return length
    }
}
