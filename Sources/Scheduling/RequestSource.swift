/// Says which runs an experiment wants, given what has become of the earlier ones. A fixed plan wants its runs whatever happens; a search,
/// successive halving or adaptive seeds look at the outcomes first. Pure: the same outcomes give the same requests.
public struct RequestSource: Sendable {
    /// Whether other outcomes can make other requests; if not, it is asked once.
    let followsOutcomes: Bool
    private let wanted: @Sendable (Outcomes) -> [RunRequest]

    /// Every run of a fixed plan.
    public static func plan(_ runs: [RunRequest]) -> RequestSource {
        RequestSource(followsOutcomes: false) { _ in runs }
    }

    /// The runs that `wanted` gives for the outcomes so far. It is asked at the start and after every outcome, and may take back what it has
    /// wanted as long as that is not under way. Runs that have an outcome may be among its answers; they are left out.
    public static func following(_ wanted: @escaping @Sendable (Outcomes) -> [RunRequest]) -> RequestSource {
        RequestSource(followsOutcomes: true, wanted: wanted)
    }

    private init(followsOutcomes: Bool, wanted: @escaping @Sendable (Outcomes) -> [RunRequest]) {
        self.followsOutcomes = followsOutcomes
        self.wanted = wanted
    }

    /// The runs to start next, in order: what is wanted, each once, without those that have an outcome or are under way, the longest first, so
    /// that no long run is left to the end while other workers idle. Equal work keeps the source's own order.
    public func next(_ outcomes: Outcomes, underWay: Set<RunRequest.ID> = []) -> [RunRequest] {
        var seen = underWay
        let missing = wanted(outcomes).filter { outcomes[$0.id] == nil && seen.insert($0.id).inserted }
        return missing.enumerated().sorted { left, right in
            left.element.work != right.element.work ? left.element.work > right.element.work : left.offset < right.offset
        }.map(\.element)
    }
}

/// The first run of each architecture that is neither among `tried` nor among those of the first runs, which get a worker at once: one step of
/// each is tried before further runs begin, while a fault of the others shows as soon as they have begun.
public func canaries(of runs: [RunRequest], workers: Int, tried: Set<String> = []) -> [RunRequest] {
    var seen = tried.union(runs.prefix(max(0, workers)).map(\.architecture))
    return runs.filter { seen.insert($0.architecture).inserted }
}
