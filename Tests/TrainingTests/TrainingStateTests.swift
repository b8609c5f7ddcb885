import Datasets
import Settings
import TestSupport
import Testing
import Training

/// A run that goes on from its state after an epoch has the bits of one that never stopped.
@Suite struct TrainingStateTests {
    /// A way to train with something that stays from epoch to epoch.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TrialSettings) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout TrialSettings) -> Void) {
            (testDescription, self.change) = (name, change)
        }
    }

    static let ways = [
        Way("rmsprop") { _ in },
        // Rows of the table that a batch does not name are owed their steps.
        Way("rmsprop on multi-hot rows") {
            $0.inputs.columns = [ColumnSettings(column: "words", encoding: .multiHot(vocabulary: 30))]
        },
        Way("adam") { $0.training.optimizer = .adam(AdamSettings()) },
        Way("adamax") { $0.training.optimizer = .adamax(AdamSettings()) },
        Way("momentum under a schedule") {
            $0.training.optimizer = .sgd(
                SGDSettings(learningRate: .exponentialDecay(initial: 0.1, steps: 3, rate: 0.9, staircase: false), momentum: 0.9))
        },
        Way("adagrad with dropout and batch norm") {
            $0.training.optimizer = .adagrad(AdagradSettings(learningRate: 0.1))
            $0.model.layers.insert(
                contentsOf: [LayerSettings(kind: .dropout(rate: 0.3)), LayerSettings(kind: .batchNormalization())], at: 1)
        },
        Way("early stopping that restores") {
            $0.training.earlyStopping = EarlyStoppingSettings(patience: 2, minDelta: 0.05, restoreBestWeights: true)
        },
        Way("images that change") {
            $0.inputs.columns = ["a", "b"].map {
                ColumnSettings(column: $0, encoding: .numeric(scale: .none), image: ImageShape(height: 1, width: 2))
            }
            $0.training.augment = AugmentationSettings(flip: .horizontal, noise: 0.3)
        },
        Way("noise, a code that is drawn and a kernel that is used twice") {
            let kinds: [any LayerKind] = [
                GaussianNoiseSettings(deviation: 0.2, clip: -2...2),
                DenseSettings(units: .count(8), activation: .tanh, activityRegularizer: .init(l2: 0.01), contractiveRegularizer: 0.01),
                MaskingNoiseSettings(rate: 0.1), VariationalSettings(units: 8), DenseTransposedSettings(of: "layer_2", activation: .tanh),
                .dense(3, .softmax),
            ]
            $0.model.layers = kinds.map { LayerSettings(kind: $0) }
        },
        Way("layers trained one by one first") {
            $0.model.layers = [.dense(8, .sigmoid), .dense(5, .sigmoid), .dense(3, .softmax)].map { LayerSettings(kind: $0) }
            $0.training.pretrain = PretrainSettings(epochs: 2, batchSize: 10, visible: .gaussian)
            $0.training.labelled = 40
        },
        Way("chains that go on") {
            $0.target = .inputsAsTarget
            $0.model.layers = [LayerSettings(kind: RBMSettings(units: 4, visible: .gaussian))]
            $0.training.loss = LossSettings(kind: .contrastiveDivergence, contrast: .init(steps: 2, persistent: true))
            $0.training.optimizer = .sgd(SGDSettings(learningRate: 0.05, momentum: 0.5))
            $0.training.metrics = []
        },
        Way("a plateau") { $0.training.reduceOnPlateau = PlateauSettings(factor: 0.5, patience: 1, minDelta: 0.05) },
    ]

    /// The points of ``Blobs`` with words beside them.
    private static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 2)
        let rows = (0..<90).map { row in
            let (place, words) = (numbers.numbers(2, in: -1...1), numbers.numbers(3, in: 0...29).map { "word\(Int($0))" })
            return ["\(place[0] + Double(row % 3))", "\(place[1])", words.joined(separator: " "), ["green", "red", "blue"][row % 3]]
        }
        return try TableOnDisk(columns: ["a", "b", "words", "y"], rows: rows)
    }

    /// A run of a way, prepared.
    private struct Prepared {
        let trial: PreparedTrial
        let data: EncodedDataset

        init(_ way: Way) throws {
            var settings = Blobs.settings(epochs: 9)
            settings.inputs.columns = ["a", "b"].map { ColumnSettings(column: $0, encoding: .numeric(scale: .none)) }
            way.change(&settings)
            data = try TrainingStateTests.table().open(settings)
            trial = try prepare(settings, data: data.summary)
        }

        func train(_ keeper: CopyingKeeper, shouldStop: () -> Bool = { false }) throws -> RunResult {
            try Training.train(trial, on: data, seed: 4, from: RunStart(), keeper: keeper, shouldStop: shouldStop)
        }
    }

    private func expect(_ run: RunResult, toBe whole: RunResult, _ comment: Comment) {
        #expect(run.weights.map(\.values) == whole.weights.map(\.values), comment)
        #expect(run.history.map { $0.figures.map(\.value) } == whole.history.map { $0.figures.map(\.value) }, comment)
        #expect(run.predictions.map(\.outputs) == whole.predictions.map(\.outputs), comment)
        #expect(run.keptEpoch == whole.keptEpoch && run.stopped == whole.stopped, comment)
    }

    @Test(arguments: ways)
    func goesOnToTheSameBits(way: Way) throws {
        let run = try Prepared(way)
        let keeper = CopyingKeeper()
        let whole = try run.train(keeper)
        #expect(keeper.states.count >= 2)
        for state in keeper.states {
            expect(try run.train(CopyingKeeper(from: state)), toBe: whole, "after epoch \(state.state.history.count)")
        }
    }

    /// Ended in the middle of any epoch, and gone on with from what was kept last, over and over.
    @Test(arguments: ways)
    func goesOnFromAnyStep(way: Way) throws {
        let run = try Prepared(way)
        let whole = try run.train(CopyingKeeper())
        var numbers = SeededNumbers(seed: 5)
        var last: CopiedState?
        for attempt in 1...40 {
            let keeper = CopyingKeeper(from: last)
            var questions = Int(numbers.numbers(1, in: 0...25)[0])
            let result = try run.train(keeper) {
                questions -= 1
                return questions < 0
            }
            last = keeper.states.last ?? last
            if result.stopped != .interrupted {
                expect(result, toBe: whole, "in attempt \(attempt)")
                return
            }
        }
        Issue.record("it never ended")
    }

    /// What the state holds is what decides: without it the rest of the run is another one.
    @Test func theStateIsNeeded() throws {
        let run = try Prepared(Self.ways[0])
        let keeper = CopyingKeeper()
        let whole = try run.train(keeper)
        var bare = try #require(keeper.states.first)
        bare.values = []
        let rest = try run.train(CopyingKeeper(from: bare))
        #expect(rest.weights.map(\.values) != whole.weights.map(\.values))
    }

    @Test func aStateThatCannotBeReadBeginsAnew() throws {
        let run = try Prepared(Self.ways[0])
        let keeper = CopyingKeeper()
        let whole = try run.train(keeper)
        var cut = try #require(keeper.states.last)
        cut.values[1].bytes.removeLast(4)
        let again = CopyingKeeper(from: cut)
        expect(try run.train(again), toBe: whole, "from the beginning")
        #expect(again.rejections == 1)
    }

    @Test func secondsOfEarlierAttemptsCount() throws {
        let run = try Prepared(Self.ways[0])
        let keeper = CopyingKeeper()
        _ = try run.train(keeper)
        var state = try #require(keeper.states.last)
        state.state.seconds += 1000
        let rest = try run.train(CopyingKeeper(from: state))
        #expect(rest.trainingSeconds > 1000 && rest.history.count == 9)
    }

    @Test func nothingIsCopiedWhenNothingIsWanted() throws {
        let keeper = CopyingKeeper(wants: false)
        _ = try Prepared(Self.ways[0]).train(keeper)
        #expect(keeper.states.isEmpty && keeper.questions == 8)
    }

    /// A wish to stop lets an epoch get to its end that will soon be there; then the state is kept, and nothing is lost.
    @Test func aWishToStopWaitsForANearEnd() throws {
        let run = try Prepared(Self.ways[0])
        let keeper = CopyingKeeper(wants: false)
        var epochs = 0
        let result = try Training.train(
            run.trial, on: run.data, seed: 4, from: RunStart(), keeper: keeper, shouldStop: { epochs >= 2 },
            onEpoch: { _ in
                epochs += 1
                return epochs < 3
            })
        #expect(result.stopped == .interrupted && result.history.count == 3)
        #expect(keeper.states.map { $0.state.history.count } == [3])
    }
}

/// A state with copies of its tensors.
struct CopiedState {
    var state: TrainingState
    var values: [(tensor: StateTensor, bytes: [UInt8])]
}

/// Keeps copies of all states.
final class CopyingKeeper: StateKeeper {
    private(set) var states: [CopiedState] = []
    private(set) var questions = 0
    private(set) var rejections = 0
    let kept: (any KeptState)?
    private let wants: Bool

    init(from state: CopiedState? = nil, wants: Bool = true) {
        kept = state.map(Reader.init)
        self.wants = wants
    }

    func reject(because error: any Error) { rejections += 1 }

    func wantsState(isLeaving: Bool) -> Bool {
        questions += 1
        return wants || isLeaving
    }

    func keep(_ snapshot: TrainingSnapshot) {
        states.append(CopiedState(state: snapshot.state, values: snapshot.tensors.map { ($0.tensor, Array($0.bytes)) }))
    }

    private final class Reader: KeptState {
        let copied: CopiedState
        private var read = 0

        init(_ copied: CopiedState) { self.copied = copied }

        var state: TrainingState { copied.state }
        var tensors: [StateTensor] { copied.values.map(\.tensor) }

        struct Cut: Error {}

        func readNext(into buffer: UnsafeMutableRawBufferPointer) throws {
            let bytes = copied.values[read].bytes
            read += 1
            guard bytes.count == buffer.count else { throw Cut() }
            buffer.copyBytes(from: bytes)
        }
    }
}
