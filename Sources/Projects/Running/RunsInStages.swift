import Scheduling
import Synchronization

/// The runs of an experiment as it goes on: when all that are wanted are finished, the store is asked what they lead to.
final class RunsInStages: Sendable {
    private let state: Mutex<State>

    private struct State {
        var prepared: PreparedExperiment
        /// Whether nothing more can follow.
        var isSettled: Bool
        var fault: (any Error)?
    }

    init(_ prepared: PreparedExperiment) {
        state = Mutex(State(prepared: prepared, isSettled: !prepared.experiment.isInStages))
    }

    /// The experiment with the runs that are known to be wanted so far.
    var prepared: PreparedExperiment { state.withLock { $0.prepared } }

    /// Why what follows could not be found out, where it could not.
    var fault: (any Error)? { state.withLock { $0.fault } }

    /// The same after these outcomes.
    func prepared(after outcomes: Outcomes) -> PreparedExperiment {
        state.withLock { state in
            while !state.isSettled,
                state.prepared.runs.allSatisfy({ $0.isFinished || outcomes[$0.specification.identity.hex].isFinished })
            {
                do {
                    let next = try state.prepared.lookedAtAgain()
                    state.isSettled = next.runs.count == state.prepared.runs.count
                    state.prepared = next
                } catch {
                    state.isSettled = true
                    state.fault = error
                }
            }
            return state.prepared
        }
    }
}

extension RunEnding? {
    fileprivate var isFinished: Bool { if case .finished? = self { true } else { false } }
}
