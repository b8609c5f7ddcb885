import Documents
import RunStore
import Training

/// Keeps the states of a run as the checkpoint in its folder, seldom enough to cost next to nothing, and gives back the one that an earlier attempt left.
package final class Checkpoints: StateKeeper {
    private let writer: RunWriter
    private let machine: [String: String]
    private var pace: CheckpointPace
    private var hasFailed = false
    package private(set) var kept: (any KeptState)?
    /// The seconds of training in earlier attempts that the run goes on from.
    private(set) var earlierSeconds = 0.0

    /// Those of the run that `writer` writes; `machine` is what decides its bits besides its identity.
    package init(_ writer: RunWriter, machine: [String: String], interval: Duration) {
        self.writer = writer
        self.machine = machine
        pace = CheckpointPace(interval: interval, from: .now)
        guard let found = writer.usableCheckpoint(machine: machine) else { return }
        if let state = StateInCheckpoint(found) {
            kept = state
            earlierSeconds = state.state.seconds
            if state.state.history.isEmpty, let last = state.state.pretraining.last {
                try? writer.log("the run goes on after pass \(last.epoch)/\(last.epochs) over \(last.layer)")
            } else {
                try? writer.log("the run goes on after epoch \(found.checkpoint.place)")
            }
        } else {
            writer.startOver(because: "cannot be read")
        }
    }

    package func reject(because error: any Error) {
        kept = nil
        earlierSeconds = 0
        writer.startOver(because: "cannot be used: \(words(of: error))")
    }

    package func wantsState(isLeaving: Bool) -> Bool { isLeaving || pace.isDue(at: .now) }

    package func keep(_ snapshot: TrainingSnapshot) {
        let begun = ContinuousClock.now
        // The file that is about to be replaced is open no longer.
        kept = nil
        do { try write(snapshot) } catch {
            if !hasFailed { try? writer.log("no checkpoint can be written, the run goes on without: \(words(of: error))") }
            hasFailed = true
        }
        pace.note(from: begun, to: .now)
    }

    private func write(_ snapshot: TrainingSnapshot) throws {
        let (state, history) = WrittenState.written(snapshot.state)
        let checkpoint = Checkpoint(
            identity: writer.record.identity, machine: machine,
            place: EpochPlace(epoch: snapshot.state.history.count, of: snapshot.state.history.last?.epochs ?? 0),
            resumptions: writer.record.resumptions ?? 0, state: try JSONValue(encoding: state),
            tensors: [Checkpoint.Tensor(name: "history", shape: [snapshot.state.history.count, state.columns], elementBytes: 8)]
                + snapshot.tensors.map { Checkpoint.Tensor(name: $0.tensor.nameInCheckpoint, shape: $0.tensor.shape.dimensions) })
        let result = history.withUnsafeBytes { history in
            Result { try writer.write(checkpoint) { $0 == 0 ? history : snapshot.tensors[$0 - 1].bytes } }
        }
        try result.get()
    }
}
