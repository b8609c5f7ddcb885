import Processes
import RunStore
import Training

extension Provenance {
    /// This machine, and the state of the project's files.
    static func current(of workspace: Workspace) -> Provenance {
        let root = workspace.project.root.isEmpty ? "/" : workspace.project.root
        var provenance = Provenance.current(project: root, versions: Versions.all)
        guard provenance.commit != nil else { return provenance }
        let made = [workspace.results, workspace.data.folder + "/cache"].filter { $0.hasPrefix(root + "/") }
        provenance.isClean = isClean(root, leavingOut: made.map { String($0.dropFirst(root.count + 1)) })
        return provenance
    }

    /// Whether git knows of no change and of no new file in a folder but in these; nil where it is not there, fails, or takes too long.
    private static func isClean(_ root: String, leavingOut folders: [String]) -> Bool? {
        let arguments =
            ["--no-optional-locks", "-C", root, "status", "--porcelain", "--", "."] + folders.map { ":(exclude,literal)\($0)" }
        guard let pipe = try? Pipe() else { return nil }
        let git = try? ChildProcess("git", arguments, output: .descriptor(pipe.writing), errors: .nothing)
        pipe.closeWriting()
        defer { pipe.closeReading() }
        guard let git else { return nil }
        waitForArrival(at: [pipe.reading], within: longestLook)
        switch readArrived(from: pipe.reading) {
        case .end: return git.waitForEnding() == .exited(code: 0) ? true : nil
        case .bytes:
            git.kill()
            _ = git.waitForEnding()
            return false
        case .nothing:
            git.kill()
            _ = git.waitForEnding()
            return nil
        }
    }

    /// Git needs some milliseconds, in a large tree on a slow disk a second.
    private static let longestLook = Duration.seconds(5)
}

extension RandomSource {
    /// Where this program's runs take their random numbers from.
    static let ownOfRuns = RandomSource(generator: RandomNumberNames.generator, streams: RandomNumberNames.streams)
}
