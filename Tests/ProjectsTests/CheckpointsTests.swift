import Documents
import Foundation
import Projects
import RunStore
import TensorEngine
import TestSupport
import Testing
import Training

/// When checkpoints are written, and that nothing of a state is lost in them.
@Suite struct CheckpointsTests {
    private let memory = MemoryDisk()
    private let store: RunStore
    private let run = RunSpecification(
        experiment: "e", variant: "v", seed: 1,
        basis: RunBasis(canonical: "{}", digests: DataDigests(content: "c0ffee", encoding: "facade"), resultsVersion: 1))

    init() { store = RunStore(root: "/store/results", on: memory.disk) }

    private func checkpoints(of writer: RunWriter) -> Checkpoints {
        Checkpoints(writer, machine: ["processor": "some"], interval: .zero)
    }

    private func begin() throws -> RunWriter {
        try store.begin(run, provenance: Provenance(host: "host", processor: "some"))
    }

    private var state: TrainingState {
        var state = TrainingState()
        state.history = (1...3).map { epoch in
            EpochFigures(
                epoch: epoch, epochs: 9, figures: [("loss", 0.1 * Double(epoch)), ("val_loss", epoch == 2 ? .nan : -.infinity)],
                seconds: 0.3 / Double(epoch))
        }
        var (stopping, plateau) = (EarlyStopping.State(), PlateauWatch.State())
        (stopping.best, stopping.bestEpoch, stopping.waited) = (-.infinity, 2, 1)
        (plateau.best, plateau.waited, plateau.resting) = (1.0 / 3, 4, 5)
        (state.earlyStopping, state.plateau) = (stopping, plateau)
        state.optimizers = [OptimizerProgress(iteration: 77, learningRate: 0.1), OptimizerProgress(iteration: 0, learningRate: 1e-30)]
        state.seconds = 12.25
        return state
    }

    private func keep(_ state: TrainingState, by keeper: Checkpoints) {
        let values: [UInt32] = [1, 2, 0xFFFF_FFFF, 4]
        values.withUnsafeBytes { bytes in
            keeper.keep(
                TrainingSnapshot(
                    state: state,
                    tensors: [
                        (StateTensor(.present, path: "layer_1/kernel", shape: [2, 2]), bytes),
                        (StateTensor(.best, path: "a:b", shape: [4]), bytes),
                    ]))
        }
    }

    @Test func aStateComesBackToTheBit() throws {
        let writer = try begin()
        keep(state, by: checkpoints(of: writer))
        try writer.interrupt()
        let kept = try #require(checkpoints(of: try begin()).kept)
        let (read, written) = (kept.state, state)
        #expect(read.history.map(\.epoch) == [1, 2, 3] && read.history.allSatisfy { $0.epochs == 9 })
        #expect(
            read.history.map { $0.figures.map { "\($0.name) \($0.value.bitPattern)" } }
                == written.history.map { $0.figures.map { "\($0.name) \($0.value.bitPattern)" } })
        #expect(read.history.map(\.seconds) == written.history.map(\.seconds))
        #expect(read.earlyStopping == written.earlyStopping && read.plateau == written.plateau)
        #expect(read.optimizers == written.optimizers && read.seconds == written.seconds)
        #expect(
            kept.tensors == [
                StateTensor(.present, path: "layer_1/kernel", shape: [2, 2]), StateTensor(.best, path: "a:b", shape: [4]),
            ])
        var values = [UInt32](repeating: 0, count: 4)
        for _ in kept.tensors {
            try values.withUnsafeMutableBytes { try kept.readNext(into: $0) }
            #expect(values == [1, 2, 0xFFFF_FFFF, 4])
        }
    }

    @Test func aFullDiskIsToldOnceAndTheRunGoesOn() throws {
        let writer = try begin()
        let keeper = checkpoints(of: writer)
        keep(state, by: keeper)
        let whole = try memory.bytes(at: writer.folder.checkpointFile)
        // A line of the log still fits.
        memory.room = 200
        for _ in 0..<3 { keep(state, by: keeper) }
        let log = String(decoding: try memory.bytes(at: writer.folder.logFile), as: UTF8.self)
        #expect(log.hasPrefix("no checkpoint can be written, the run goes on without: /store/results/e/runs/"))
        #expect(log.hasSuffix(": cannot write: No space left on device\n") && log.split(separator: "\n").count == 1, "\(log)")
        #expect(try memory.bytes(at: writer.folder.checkpointFile) == whole, "the one before stands")
        memory.room = .max
        keep(state, by: keeper)
        try writer.interrupt()
        #expect(checkpoints(of: try begin()).kept != nil)
    }

    @Test func aHundredthOfTheTimeAtMost() {
        let start = ContinuousClock.now
        var pace = CheckpointPace(interval: .seconds(5), from: start)
        #expect(!pace.isDue(at: start + .milliseconds(4999)) && pace.isDue(at: start + .seconds(5)))
        pace.note(from: start + .seconds(5), to: start + .milliseconds(5010))
        #expect(!pace.isDue(at: start + .seconds(10)) && pace.isDue(at: start + .milliseconds(10_010)))
        pace.note(from: start + .seconds(11), to: start + .milliseconds(11_200))
        #expect(!pace.isDue(at: start + .milliseconds(31_199)) && pace.isDue(at: start + .milliseconds(31_200)))
    }
}
