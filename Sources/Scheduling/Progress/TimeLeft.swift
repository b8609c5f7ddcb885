/// How many seconds are left if work goes on at the pace seen so far: what is left shared by all workers that have work, but no less than the
/// longest run needs alone. Nothing before the first epoch has ended.
public func timeLeft(_ schedule: Schedule) -> Double? {
    var (work, seconds) = schedule.finishedSince
    var rests = schedule.waiting.map(\.work)
    for case .training(let run, let latest) in schedule.workers {
        var left = run.work
        if let latest, latest.layer == nil, latest.epochs > 0 {
            let done = run.work * min(1, Double(latest.epoch) / Double(latest.epochs))
            left -= done
            work += done
            seconds += latest.seconds * Double(latest.epoch)
        }
        rests.append(left)
    }
    guard work > 0, seconds > 0, let longest = rests.max() else { return nil }
    return max(rests.reduce(0, +) / Double(max(1, schedule.usefulWorkers)), longest) * seconds / work
}
