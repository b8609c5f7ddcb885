import Documents
import FileSystem
import FoundationEssentials
import Synchronization

/// That a process trains a run, as others see it: a file in the run's folder that it alone could make and that it renews every few seconds.
public struct Claim: Hashable, Sendable {
    /// Who holds it; nil when the file does not tell.
    public let holder: ProcessIdentity?
    /// When it was made, by the clock of the holder's machine.
    public let since: Date?
    /// When it was last renewed, by the clock of the disk.
    public let heardOf: Date
    let sight: Lease.Sight

    init(_ sight: Lease.Sight) {
        self.sight = sight
        heardOf = Date(timeIntervalSince1970: Double(sight.renewed) / 1e9)
        let json = try? JSONValue(parsing: sight.content)
        since = json?["since"]?.string.flatMap { try? Self.timeFormat.parse($0) }
        if let host = json?["host"]?.string, let boot = json?["boot"]?.string, let space = json?["space"]?.string,
            let process = json?["process"]?.integer, let started = json?["started"]?.integer
        {
            holder = ProcessIdentity(host: host, boot: boot, space: space, process: process, started: started)
        } else {
            holder = nil
        }
    }

    /// What a claim's file says. Its `token` tells two claims of one process apart.
    static func content(_ holder: ProcessIdentity, since: Date) -> [UInt8] {
        let members: [String: JSONValue] = [
            "host": .string(holder.host), "boot": .string(holder.boot), "space": .string(holder.space), "process": .integer(holder.process),
            "started": .integer(holder.started), "since": .string(since.formatted(timeFormat)),
            "token": .string(String(UInt64.random(in: 0...UInt64.max), radix: 16)),
        ]
        return Array(JSONValue.object(members).compactText.utf8)
    }

    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

extension Claim {
    /// When it was made, such as `2025-06-01T12:00:00.000Z`.
    public var sinceTime: String? { since?.formatted(Self.timeFormat) }
    /// When it was last renewed, written the same way.
    public var heardOfTime: String { heardOf.formatted(Self.timeFormat) }

    /// Whether it is certainly of another machine than this.
    public var isElsewhere: Bool { holder.map { $0.boot != ProcessIdentity.own.boot } ?? false }

    /// How long a claim of another machine may stand still before its holder counts as gone.
    public static let patience = Duration.seconds(60)
    /// How often a holder renews its claim.
    public static let beat = Duration.seconds(5)

    /// Whether its holder has certainly gone, as one process sees at once. On the same machine a lock goes with its holder, so the claim of a run whose lock
    /// is free is nobody's; where there are no locks, the numbers of the machine's processes tell.
    func isAbandoned(in files: Folder, lockIsFree: Bool) -> Bool {
        // A loss of power empties files; nobody else leaves a claim that says nothing.
        guard let holder else { return lockIsFree }
        guard holder.boot == files.process.boot else { return false }
        return lockIsFree || files.hasGone(holder)
    }

    /// The claim of the run in a folder, whoever made it; nil when there is none.
    static func read(in files: Folder) throws(FileFault) -> Claim? {
        try Lease.look(files, RunFolder.FileName.claim).map { Claim($0) }
    }
}

/// Whether a run is being trained, as far as can be told at once.
enum Holding {
    /// By nobody.
    case free
    /// By this one; nil when it has not told yet. The holder of a claim of another machine may have gone.
    case held(Claim?)

    init(of files: Folder) throws(FileFault) {
        let isLocked = try FileLock.isHeld(files, RunFolder.FileName.lock)
        let claim = try Claim.read(in: files)
        if isLocked == true {
            self = .held(claim)
        } else if let claim, !claim.isAbandoned(in: files, lockIsFree: isLocked == false) {
            self = .held(claim)
        } else {
            self = .free
        }
    }
}

/// What a process has seen of claims that it cannot judge at once. Whether one moves is told by this process's own clock, which no other sets, from one look
/// to the next; no clocks are compared.
public final class ClaimWatch: Sendable {
    private let patience: Duration
    private let time: @Sendable () -> Duration
    /// By the run's folder: the claim as it was when it was last seen to move, and when that was.
    private let looks = Mutex<[String: (sight: Lease.Sight, at: Duration)]>([:])

    /// A watch that takes a claim for abandoned when it did not move for so long, by a clock that only goes forward and stands still while the machine sleeps.
    public init(patience: Duration = Claim.patience, time: @escaping @Sendable () -> Duration = ClaimWatch.sinceStart) {
        self.patience = patience
        self.time = time
    }

    /// The time that has passed since the program asked first.
    public static let sinceStart: @Sendable () -> Duration = {
        let start = SuspendingClock.now
        return { start.duration(to: .now) }
    }()

    /// Looks at the claim of the run in a folder of this path: whether it has not moved for too long.
    func hasStoodStill(_ claim: Claim, at path: String) -> Bool {
        let now = time()
        return looks.withLock { looks in
            guard let last = looks[path], last.sight == claim.sight else {
                looks[path] = (claim.sight, now)
                return false
            }
            return now - last.at >= patience
        }
    }
}
