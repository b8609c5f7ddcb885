import FileSystem
import FoundationEssentials

/// The claim of a run, held by this process: a lock, which those on the same machine see, and a lease, which those on others see. A claim that is dropped
/// without ``end()`` leaves its file; those on the same machine see at once that nobody holds it.
final class HeldClaim {
    /// The run's folder.
    let files: Folder
    /// To be renewed every few seconds.
    let lease: Lease
    private let content: [UInt8]
    private var lock: FileLock?

    /// What came of trying to take a claim.
    enum Attempt {
        /// It is held from now on.
        case taken(HeldClaim)
        /// Somebody else holds it: this one, once it has told.
        case held(Claim?)
        /// The folder was removed meanwhile.
        case gone
    }

    private init(_ files: Folder, _ lease: Lease, _ content: [UInt8], _ lock: FileLock?) {
        (self.files, self.lease, self.content, self.lock) = (files, lease, content, lock)
    }

    /// Tries to take the claim of the run in a folder; waits for nobody. What a holder that has gone left is taken over.
    static func take(_ files: Folder, now: Date, watch: ClaimWatch) throws(FileFault) -> Attempt {
        let name = RunFolder.FileName.claim
        let lock: FileLock?
        switch try FileLock.take(files, RunFolder.FileName.lock) {
        case .taken(let taken): lock = taken
        case .impossible: lock = nil
        case .held: return .held(try Claim.read(in: files))
        case .gone: return .gone
        }
        if let claim = try Claim.read(in: files) {
            guard claim.isAbandoned(in: files, lockIsFree: lock != nil) || watch.hasStoodStill(claim, at: files.path),
                try Lease.remove(files, name, holding: claim.sight.content)
            else { return .held(claim) }
        }
        let content = Claim.content(files.process, since: now)
        do throws(FileFault) {
            guard let lease = try Lease.take(files, name, content) else { return .held(try Claim.read(in: files)) }
            return .taken(HeldClaim(files, lease, content, lock))
        } catch {
            if error.isAbsence { return .gone }
            throw error
        }
    }

    /// Whether the claim still stands: another machine takes it over when this process was not heard of for too long.
    var isHeld: Bool { (try? Lease.look(files, RunFolder.FileName.claim))?.content == content }

    /// The claim that stands in the place of this one.
    var successor: Claim? { (try? Claim.read(in: files)).flatMap { $0 } }

    /// Gives the claim up.
    func end() {
        if isHeld { try? files.remove(RunFolder.FileName.claim) }
        lock = nil
    }
}
