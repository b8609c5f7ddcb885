import Experiments
import FileSystem
import FoundationEssentials
import RunStore
import TensorBoard

/// What became of the files for TensorBoard.
public struct EventNews: Sendable {
    /// The folders that TensorBoard is pointed to, each once.
    public var folders: [String] = []
    /// Finished runs that got curves from their history just now, and so no histograms.
    public var withoutHistograms = 0
    /// Finished runs that could not get theirs.
    public var failures = 0
    /// Why the first of them could not.
    public var failure: String?
}

extension PreparedExperiment {
    private func place(of run: SurveyedRun, asked: String?) -> EventPlace? {
        EventPlace(variants[run.planned.variant].variant, asked: asked, project: workspace.project)
    }

    /// Refuses folders for TensorBoard into which nothing can be written; `asked` is the one that the user named.
    public func checkThatEventsCanBeWritten(asked: String?) throws(Refusal) {
        for root in Set(runs.compactMap { place(of: $0, asked: asked)?.root }).sorted() {
            do throws(FileFault) {
                try Folder.make(root)
                try Folder(path: root).checkWritable()
            } catch {
                throw Refusal("cannot write files for TensorBoard: \(Files.spoken(words(of: error)))")
            }
        }
    }

    /// Gives every finished run that was asked for its files for TensorBoard: what was written while it was trained stays, what is missing comes from its
    /// history. Nil where nobody wants such files.
    public func completeEvents(asked: String?) -> EventNews? {
        let wanted = runs.compactMap { run in place(of: run, asked: asked).map { (run: run, place: $0) } }
        guard !wanted.isEmpty else { return nil }
        var news = EventNews()
        news.folders = Set(wanted.map(\.place.root)).sorted()
        let known = wanted.compactMap { if case .finished(let stored) = $0.run.state { stored } else { nil } }
        let survey = store.survey(wanted.map(\.run.specification), checking: checking, known: known)
        for ((run, place), surveyed) in zip(wanted, survey.runs) {
            guard case .finished(let stored) = surveyed.state else { continue }
            do {
                let lacking = try place.events(of: run.specification).bring(
                    to: stored.eventEpochs(), begunAt: stored.record.created.timeIntervalSince1970)
                if lacking > 0, place.histograms > 0 { news.withoutHistograms += 1 }
            } catch {
                news.failures += 1
                news.failure = news.failure ?? Files.spoken(words(of: error))
            }
        }
        return news
    }
}

extension StoredRun {
    /// The epochs of the history, as if they had followed each other from the run's beginning.
    fileprivate func eventEpochs() throws(DamagedFile) -> [RunEvents.Epoch] {
        let history = try history()
        var time = record.created.timeIntervalSince1970
        let seconds = history["seconds"] ?? []
        return history.rows.enumerated().map { place, row in
            if place < seconds.count, seconds[place].isFinite { time += seconds[place] }
            let figures = zip(history.columns, row).filter { $0.0 != "epoch" }
            return RunEvents.Epoch(place + 1, at: time, figures: figures.map { (name: $0.0, value: $0.1) })
        }
    }
}
