import Datasets
import Settings
import Testing
import Training

/// What does not fit the memory is refused with its sum, and what the memory is.
@Suite struct MemoryTests {
    private func problem(
        _ settings: TrialSettings, bytes: Double, _ change: (inout DatasetSummary) -> Void = { _ in }
    ) throws -> PreparationProblem? {
        var summary = try Blobs.table().open(Blobs.settings()).summary
        change(&summary)
        do {
            _ = try prepare(settings, data: summary, memory: MachineMemory(bytes: bytes))
            return nil
        } catch {
            return error
        }
    }

    private func settings(_ units: Int..., batch: Int = 1) -> TrialSettings {
        var settings = Blobs.settings(batchSize: batch)
        settings.model = ModelSettings(
            layers: units.map { LayerSettings(kind: .dense($0)) } + [LayerSettings(kind: .dense(3, .softmax))])
        return settings
    }

    /// 2 x 1,000,000 weights and biases, 10^12 and biases, 3 x 1,000,000; RMSprop keeps a number for each.
    @Test func aNetworkThatCannotFitIsRefusedWithTheSum() throws {
        let found = try #require(try problem(settings(1_000_000, 1_000_000), bytes: 25e9))
        #expect(found.path == "model.layers[1].units")
        #expect(
            found.message
                == "the network needs 8,002 GB: weights 4,000 GB, the optimizer's state 4,000 GB, the values of a batch of 1 2.1 GB; this machine has 25 GB"
        )
        #expect(found.help == "use fewer units")
    }

    @Test func aBatchThatCannotFitIsRefusedWithItsPlace() throws {
        let found = try #require(try problem(settings(1000, 1000, batch: 2_000_000), bytes: 10e9) { $0.trainCount = 1_500_000 })
        #expect(found.path == "training.batch_size" && found.help == "use a smaller batch, or fewer units")
        #expect(
            found.message == "the network needs 24 GB: the values of a batch of 1500000 24 GB; this machine has 10 GB", "\(found.message)")
    }

    /// A batch holds no more than the rows that train.
    @Test func whatFitsIsPrepared() throws {
        #expect(try problem(settings(1000, 1000, batch: 1_000_000_000), bytes: 1e9) == nil)
        #expect(try problem(settings(8), bytes: .infinity) == nil)
        #expect(MachineMemory.atHand.bytes > 1e8 && MachineMemory.atHand.bytes < 1e15)
    }

    /// Gradients that are measured or clipped lie in memory as a whole, and so do the best weights.
    @Test func settingsThatNeedMoreMemoryCount() throws {
        func sum(_ change: (inout TrialSettings) -> Void) throws -> String {
            var settings = settings(10_000, 10_000)
            change(&settings)
            return try #require(try problem(settings, bytes: 1e6)).message
        }
        #expect(
            try sum { _ in }
                == "the network needs 0.8 GB: weights 0.4 GB, the optimizer's state 0.4 GB; this machine has 0.0 GB"
        )
        #expect(try sum { $0.training.gradientNorms = .layers }.contains("gradients 0.4 GB"))
        #expect(
            try sum { $0.training.earlyStopping = EarlyStoppingSettings(monitor: "val_loss", restoreBestWeights: true) }
                .contains("the best weights 0.4 GB"))
        #expect(
            try sum { $0.training.optimizer = .sgd(SGDSettings()) }.hasPrefix(
                "the network needs 0.8 GB: weights 0.4 GB, their copy at the end 0.4 GB; ")
        )
    }

    /// An lstm keeps h, c and four gates, what the inputs add, and the gradient of that: 14 numbers a step and unit.
    @Test func whatRecurrentLayersKeepCounts() throws {
        var settings = Blobs.settings(batchSize: 50)
        var cell = RecurrentSettings(units: 1000)
        cell.returnSequences = true
        let layers: [any LayerKind] = [ReshapeSettings([2, 1]), LSTMSettings(cell), FlattenSettings(), .dense(3, .softmax)]
        settings.model = ModelSettings(layers: layers.map { LayerSettings(kind: $0) })
        func bytes(_ batch: Int) throws -> Double {
            settings.training.batchSize = batch
            let message = try #require(try problem(settings, bytes: 1e6) { $0.trainCount = 2_000_000 }).message
            let figure = String(message.split(separator: " ")[3].filter { $0 != "," })
            return try #require(Double(figure))
        }
        // A million examples more: 2 steps of 1,000 units, 14 beside what is given, itself and as flattened, and both at once on the way back.
        #expect(abs(try bytes(2_000_000) - bytes(1_000_000) - 4e6 * 2000 * (14 + 1 + 1 + 2) / 1e9) < 2)
    }

    // MARK: - The machine

    @Test func limitsOfControlGroupsAreLookedForUpwards() {
        #expect(
            MachineMemory.limitFiles("0::/a/b\n") == [
                "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/a/memory.max", "/sys/fs/cgroup/a/b/memory.max",
            ])
        #expect(
            MachineMemory.limitFiles("9:name=systemd:/\n4:cpu,memory:/x\n0::/\n") == [
                "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/x/memory.limit_in_bytes", "/sys/fs/cgroup/memory.max",
            ])
        #expect(MachineMemory.limitFiles("").isEmpty && MachineMemory.limitFiles("nonsense\n1:cpu:/").isEmpty)
    }

    @Test(arguments: [("1073741824\n", 1_073_741_824.0), ("max\n", nil), ("", nil), (nil, nil)] as [(String?, Double?)])
    func limitsAreNumbers(text: String?, bytes: Double?) { #expect(MachineMemory.limit(in: text) == bytes) }
}
