import Processes
import RunStore
import Training

extension Provenance {
    /// This machine, what the experiment's file was asked with, and the state of the project's files as git tells it. Where git cannot be asked, the commit is
    /// read from its files.
    static func current(of prepared: PreparedExperiment) -> Provenance {
        let workspace = prepared.workspace
        let root = workspace.project.root.isEmpty ? "/" : workspace.project.root
        var provenance = Provenance.current(project: root, versions: Versions.all)
        provenance.changes = prepared.changes
        let made = [workspace.results, workspace.data.folder + "/cache"].filter { $0.hasPrefix(root + "/") }
        guard let told = gitStatus(of: root, leavingOut: made.map { String($0.dropFirst(root.count + 1)) }),
            let line = told.first(where: { $0.hasPrefix(commitMark) }), !line.hasSuffix(noCommit)
        else { return provenance }
        provenance.commit = String(line.dropFirst(commitMark.count))
        provenance.isClean = told.allSatisfy { $0.hasPrefix("#") }
        return provenance
    }

    private static let commitMark = "# branch.oid "
    private static let noCommit = "(initial)"

    /// Lines that begin with # about the commit, and behind them at least one for changed and new files in a folder, where there are any but in the folders that
    /// are left out; nil where git is not there, fails, or takes too long.
    private static func gitStatus(of root: String, leavingOut folders: [String]) -> [Substring]? {
        let arguments =
            ["--no-optional-locks", "-C", root, "status", "--porcelain=v2", "--branch", "--", "."]
            + folders.map { ":(exclude,literal)\($0)" }
        guard let pipe = try? Pipe() else { return nil }
        let git = try? ChildProcess("git", arguments, output: .descriptor(pipe.writing), errors: .nothing)
        pipe.closeWriting()
        defer { pipe.closeReading() }
        guard let git else { return nil }
        let end = ContinuousClock.now + longestLook
        var text: [UInt8] = []
        while true {
            waitForArrival(at: [pipe.reading], within: max(.zero, ContinuousClock.now.duration(to: end)))
            let arrival = readArrived(from: pipe.reading)
            if case .bytes(let bytes) = arrival { text += bytes }
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
            if arrival == .end { return git.waitForEnding() == .exited(code: 0) ? lines : nil }
            let isEnough = lines.contains { !$0.hasPrefix("#") }
            if isEnough || arrival == .nothing {
                git.kill()
                _ = git.waitForEnding()
                return isEnough ? lines : nil
            }
        }
    }

    /// Git needs some milliseconds, in a large tree on a slow disk a second.
    private static let longestLook = Duration.seconds(5)
}

extension RandomSource {
    /// Where this program's runs take their random numbers from.
    static let ownOfRuns = RandomSource(generator: RandomNumberNames.generator, streams: RandomNumberNames.streams)
}
