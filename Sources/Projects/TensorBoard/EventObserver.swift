import FoundationEssentials
import RunStore
import Settings
import TensorBoard
import TensorEngine
import Training

/// Writes a run's epochs for TensorBoard as it is trained. What cannot be written costs nothing but itself: the log says so once.
final class EventObserver: RunObserver {
    private let place: EventPlace
    private let run: RunSpecification
    private let log: (String) -> Void
    /// Nil before the run begins, and after a fault.
    private var events: RunEvents?

    init(_ place: EventPlace, of run: RunSpecification, log: @escaping (String) -> Void) {
        self.place = place
        self.run = run
        self.log = log
    }

    func begin(after history: [EpochFigures]) {
        attempt {
            let events = try place.events(of: run)
            try events.bring(to: history.map { epoch($0, $0.figures) }, begunAt: Date().timeIntervalSince1970)
            self.events = events
        }
    }

    func observe(_ figures: EpochFigures, learningRate: Float, weights: () throws -> [TensorPlace]) {
        guard let events else { return }
        attempt {
            var scalars = figures.figures
            if !scalars.contains(where: { $0.name == Figures.learningRate }) {
                scalars.append((name: Figures.learningRate, value: Double(learningRate)))
            }
            var histograms: [(tag: String, histogram: Histogram)] = []
            if place.histograms > 0, figures.epoch % place.histograms == 0 {
                histograms = try weights().compactMap { tensor in
                    Histogram(UnsafeBufferPointer(tensor.bytes.bindMemory(to: Float.self))).map { (tensor.path, $0) }
                }
            }
            try events.append(epoch(figures, scalars), histograms: histograms)
        }
    }

    private func epoch(_ epoch: EpochFigures, _ figures: [(name: String, value: Double)]) -> RunEvents.Epoch {
        RunEvents.Epoch(epoch.epoch, at: Date().timeIntervalSince1970, figures: figures + [("seconds", epoch.seconds)])
    }

    private func attempt(_ body: () throws -> Void) {
        do { try body() } catch {
            events = nil
            log("the run goes on without files for TensorBoard: \(words(of: error))")
        }
    }
}
