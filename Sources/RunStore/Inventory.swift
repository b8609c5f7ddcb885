import FileSystem

extension RunStore {
    /// The names of the folders in the root that hold runs, sorted; links are none. Empty where there is no root.
    public var experiments: [String] {
        guard let folder = try? openRoot(), let names = try? folder.names() else { return [] }
        return names.filter { name in
            guard !name.hasPrefix("."), (try? folder.status(of: name))?.kind == .folder else { return false }
            return true
        }
    }

    /// What stands in the root as a link, which `clean` leaves.
    public var linksInRoot: [LeftAlone] {
        guard let folder = try? openRoot(), let names = try? folder.names() else { return [] }
        return names.filter { (try? folder.status(of: $0))?.kind == .link }.map {
            .unusable(DamagedFile(path: folder.path(of: $0), reason: .kind(found: .link, expected: .folder)))
        }
    }

    /// Every folder of an experiment that is named as a run, ordered by identity, with the run or with why its record cannot be used. Folders without a record
    /// are left out.
    public func inventory(of experiment: String) -> [(identity: RunIdentity, run: Result<StoredRun, DamagedFile>)] {
        guard let runs = try? openRuns(of: experiment), let names = try? runs.names() else { return [] }
        let identities: [RunIdentity] = names.compactMap { RunIdentity(hex: $0) }
        return zip(identities, identities.mappedConcurrently { run($0, of: experiment, in: runs) }).compactMap { identity, run in
            run.map { (identity: identity, run: $0) }
        }
    }

    /// The run in a folder of an experiment's runs, or why its record cannot be used; nil where there is none.
    private func run(_ identity: RunIdentity, of experiment: String, in runs: Folder) -> Result<StoredRun, DamagedFile>? {
        let folder = folder(of: identity, in: experiment)
        do throws(DamagedFile) {
            let files: Folder
            do { files = try runs.folder(identity.hex) } catch { throw DamagedFile(error) }
            let run = try StoredRun(reading: files, at: folder)
            guard run.record.identity == identity else {
                throw DamagedFile(path: folder.recordFile, reason: .misplaced(run.record.identity))
            }
            return .success(run)
        } catch {
            return error.reason == .missing ? nil : .failure(error)
        }
    }

    /// The identities that folders of runs are named by, of all experiments.
    public var identities: Set<RunIdentity> {
        Set(experiments.flatMap { ((try? openRuns(of: $0).names()) ?? []).compactMap(RunIdentity.init(hex:)) })
    }

    /// The identities by which runs and plain methods of an experiment are named.
    public func identities(in experiment: String) -> Set<RunIdentity> {
        let names = (try? openRuns(of: experiment).names()) ?? []
        return Set(names.compactMap { RunIdentity(hex: $0) ?? Self.plainMethodsIdentity(ofFile: $0) })
    }

    /// Every run of an experiment whose record can be read and belongs to its folder, ordered by identity.
    public func storedRuns(in experiment: String) -> [StoredRun] {
        inventory(of: experiment).compactMap { try? $0.run.get() }
    }
}
