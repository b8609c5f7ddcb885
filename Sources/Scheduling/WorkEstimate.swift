/// How long so many seconds of work take when workers take the longest first, each the next as soon as it is free.
public func makespan(of seconds: [Double], workers: Int) -> Double {
    var busyUntil = Array(repeating: 0.0, count: max(1, min(workers, seconds.count)))
    for length in seconds.sorted(by: >) {
        let first = busyUntil.indices.min { busyUntil[$0] < busyUntil[$1] } ?? 0
        busyUntil[first] += length
    }
    return busyUntil.max() ?? 0
}

/// Work a second as earlier runs showed it: the median, so that one run on a busy machine does not count. Nothing without earlier runs.
public func pace(of earlier: [(work: Double, seconds: Double)]) -> Double? {
    let paces = earlier.filter { $0.work > 0 && $0.seconds > 0 }.map { $0.work / $0.seconds }.sorted()
    return paces.isEmpty ? nil : paces[paces.count / 2]
}
