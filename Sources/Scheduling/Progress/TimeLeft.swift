/// How long a sweep still takes, in seconds, if work goes on at the pace seen so far: what is left shared by all workers, but no less than the
/// longest run needs alone. Nothing before the first epoch has ended.
public func timeLeft(_ schedule: Schedule, elapsed: Double) -> Double? {
    var done = schedule.finishedWork
    var rests = schedule.waiting.map(\.work)
    for case .training(let run, let latest) in schedule.workers {
        let part = latest.map { $0.epochs > 0 ? min(1, Double($0.epoch) / Double($0.epochs)) : 0 } ?? 0
        done += run.work * part
        rests.append(run.work * (1 - part))
    }
    guard done > 0, elapsed > 0, let longest = rests.max() else { return nil }
    let workers = Double(schedule.workers.count)
    let pace = done / (elapsed * workers)
    return max(rests.reduce(0, +) / workers, longest) / pace
}
