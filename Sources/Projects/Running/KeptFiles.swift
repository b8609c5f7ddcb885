import Experiments
import RunStore
import Scheduling
import Settings

/// Lets go of the weights and predictions that an experiment does not keep (`keep`), as its runs end.
///
/// A run loses nothing that another file in `experiments/` needs: one that plans the same run and keeps it by its own `keep` (where that is not written, it keeps
/// all), or one that starts from it. Nor does it lose what it was trained again for.
final class KeptFiles {
    private let store: RunStore
    private let shares: [RemovableFile: KeepSettings.Share]
    private let metric: String
    /// What others need.
    private let held: [RemovableFile: Set<RunIdentity>]
    private var race: BestVariants
    private var members: [RunIdentity: Member] = [:]
    /// The finished runs of each variant whose files stand.
    private var standing: [Int: [RunIdentity]] = [:]
    private var waiting: [Removal] = []
    private var waitingBytes = 0.0
    /// What went so far.
    private(set) var removed = Removed()
    /// Why nothing more could be removed.
    private(set) var fault: StoreError?

    private struct Member {
        let variant: Int
        let folder: RunFolder
        let bytes: Double
        /// Whether its figure is one of its variant's: runs on all rows have none.
        let counts: Bool
    }

    /// So many runs or bytes are let go at once: the disk is synced once for all of them.
    private static let most = (runs: 256, bytes: 256e6)

    /// Nil where all files of all runs are kept.
    ///
    /// - Throws: what another file of the project is refused for: nobody knows what it needs.
    init?(of prepared: PreparedExperiment) throws {
        let found = prepared.shares
        guard found.weights != .all || found.predictions != .all else { return nil }
        shares = [.weights: found.weights, .predictions: found.predictions]
        store = prepared.store
        metric = prepared.experiment.selection.metric
        race = BestVariants(of: prepared.runs.map(\.planned.variant), goal: prepared.experiment.selection.goal)
        held = try prepared.workspace.filesNeeded(of: prepared.runs.map(\.specification), besides: prepared.experiment)
        for run in prepared.runs {
            let (variant, identity) = (run.planned.variant, run.specification.identity)
            var folder = store.folder(of: identity, in: prepared.experiment.name)
            if case .finished(let stored) = run.state { folder = stored.folder }
            let bytes = prepared.variants[variant].weightBytes + prepared.variants[variant].predictionBytes
            members[identity] = Member(
                variant: variant, folder: folder, bytes: bytes,
                counts: !prepared.variants[variant].variant.trial.settings.split.isRefit(fold: run.planned.fold))
        }
        for run in prepared.runs {
            guard case .finished(let stored) = run.state else { continue }
            let identity = run.specification.identity
            let unwanted = files(.none, of: identity).filter { stored.record.keeps($0) }
            if !unwanted.isEmpty || stored.hasLeftOvers { letGo(identity, Set(unwanted)) }
            let stands = files(.best, of: identity).contains { stored.record.keeps($0) }
            finished(identity, figure: stored.record.figures[metric], stands: stands)
        }
    }

    /// The files that a run need not write: whatever comes of it, they are not kept.
    func unwanted(of identity: RunIdentity) -> [RemovableFile] { files(.none, of: identity).sorted() }

    /// Takes in how a run ended.
    func hear(_ announcement: Announcement) {
        switch announcement {
        case .finished(let request, let figures, _):
            guard let identity = RunIdentity(hex: request.id) else { return }
            finished(identity, figure: figures.first { $0.name == metric }?.value, stands: true)
        case .failed(let request, _):
            if let member = RunIdentity(hex: request.id).flatMap({ members[$0] }) { race.failed(member.variant) }
        default: break
        }
        if waiting.count >= Self.most.runs || waitingBytes >= Self.most.bytes { flush() }
    }

    /// Removes what waits for it.
    func flush() {
        guard fault == nil, !waiting.isEmpty else { return }
        do throws(StoreError) {
            for start in stride(from: 0, to: waiting.count, by: Self.most.runs) {
                removed = removed + (try store.remove(Array(waiting[start..<min(start + Self.most.runs, waiting.count)])))
            }
        } catch {
            fault = error
        }
        waiting = []
        waitingBytes = 0
    }

    private func finished(_ identity: RunIdentity, figure: Double?, stands: Bool) {
        guard let member = members[identity] else { return }
        if stands { standing[member.variant, default: []].append(identity) }
        // The others are compared with the baseline.
        guard let loser = race.finished(member.variant, figure: figure, counts: member.counts), loser != 0 else { return }
        for identity in standing.removeValue(forKey: loser) ?? [] { letGo(identity, files(.best, of: identity)) }
    }

    private func letGo(_ identity: RunIdentity, _ files: Set<RemovableFile>) {
        guard let member = members[identity] else { return }
        waiting.append(Removal(identity, in: member.folder, files))
        waitingBytes += member.bytes
    }

    /// The files of which such a share is kept, without those that others need.
    private func files(_ share: KeepSettings.Share, of identity: RunIdentity) -> Set<RemovableFile> {
        Set(RemovableFile.allCases.filter { shares[$0] == share && held[$0]?.contains(identity) != true })
    }
}

extension Record {
    fileprivate func keeps(_ file: RemovableFile) -> Bool { hasFile(file) && !isKeptOnRequest }
}

extension Workspace {
    /// Which files of these runs of an experiment the project's other files need, and its own starts.
    fileprivate func filesNeeded(
        of runs: [RunSpecification], besides experiment: Experiment
    ) throws -> [RemovableFile: Set<RunIdentity>] {
        let own = Set(runs.map(\.identity))
        var needed: [RemovableFile: Set<RunIdentity>] = [.weights: own.intersection(runs.compactMap(\.start)), .predictions: []]
        for (name, file) in project.files where name != experiment.name {
            let other = try self.experiment(file)
            let specifications = try specifications(of: other)
            needed[.weights, default: []].formUnion(own.intersection(specifications.compactMap(\.start)))
            guard specifications.contains(where: { own.contains($0.identity) }) else { continue }
            let best = bestRuns(among: specifications, of: other)
            for (file, share) in [(RemovableFile.weights, other.keep.weights), (.predictions, other.keep.predictions)] {
                switch share ?? .all {
                case .all: needed[file, default: []].formUnion(own.intersection(specifications.map(\.identity)))
                case .best: needed[file, default: []].formUnion(own.intersection(best))
                case .none: break
                }
            }
        }
        return needed
    }

    /// The runs of the baseline, of the best variant, and of those that are not yet complete, by what stands in the store.
    private func bestRuns(among specifications: [RunSpecification], of experiment: Experiment) -> [RunIdentity] {
        let places = Dictionary(zip(experiment.variants.map(\.name), experiment.variants.indices), uniquingKeysWith: { first, _ in first })
        let variants = specifications.map { places[$0.variant] ?? 0 }
        var race = BestVariants(of: variants, goal: experiment.selection.goal)
        var losers: Set<Int> = []
        for (variant, run) in zip(variants, store.survey(specifications).runs) {
            guard case .finished(let stored) = run.state else { continue }
            let figure = stored.record.figures[experiment.selection.metric]
            if let loser = race.finished(variant, figure: figure, counts: !stored.record.isRefit) { losers.insert(loser) }
        }
        losers.remove(0)
        return zip(variants, specifications).filter { !losers.contains($0.0) }.map(\.1.identity)
    }
}
