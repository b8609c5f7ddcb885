import Documents
import Experiments
import Foundation
import Settings
import Testing

/// The project's own files, and what becomes of them when bytes change.
struct ShippedExperimentTests {
    private func shipped(_ name: String) throws(Diagnostics) -> Experiment {
        try Experiment.load("\(experimentFolder)/\(name).yaml", read: Source.load)
    }

    @Test(arguments: [
        ("wine-baseline", ["baseline"], 5, 20),
        ("reuters-baseline", ["baseline", "nine-epochs", "integer-labels", "nine-epochs-integer-labels"], 20, 20),
        ("reuters-width", ["baseline", "width-4", "width-16", "width-256", "width-1024", "width-4096", "512-512"], 35, 24),
        ("reuters-depth", ["baseline", "none", "one", "four"], 20, 16),
        ("reuters-ablations", ["baseline", "narrow", "wide", "both-wide", "none", "four"], 30, 48),
        ("reuters-epsilon", ["baseline", "nine-epochs", "narrow", "wide", "both-wide", "none", "four"], 35, 60),
        ("imdb-baseline", ["baseline", "four-epochs"], 10, 8),
        ("imdb-ablations", ["baseline", "one-layer", "more-layers", "wider", "squared-error", "tanh"], 30, 60),
        (
            "imdb-epsilon", ["baseline", "one-layer", "more-layers", "wider", "both-wide", "squared-error", "tanh", "with-validation"], 40,
            68
        ),
        ("boston-kfold", ["baseline", "500-epochs"], 40, 2),
        ("boston-final", ["baseline"], 5, 2),
        ("cereal-linear", ["baseline", "three-inputs"], 10, 1),
        ("churn-network", ["baseline", "logistic", "wider"], 15, 7),
    ])
    func variantsRunsAndReferences(name: String, variants: [String], runs: Int, references: Int) throws {
        let experiment = try shipped(name)
        #expect(experiment.name == name)
        #expect(experiment.title.hasSuffix("?"))
        #expect(experiment.variants.map(\.name) == variants)
        #expect(Plan(experiment).runs.count == runs)
        #expect(experiment.references.count == references)
    }

    /// Readers of YAML 1.1 take a number with a power, but without a point, for a text.
    @Test func numbersAreNumbersToAllReaders() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: experimentFolder).filter { $0.hasSuffix(".yaml") }
        #expect(files.count > 20)
        for file in files {
            let lines = try String(contentsOfFile: "\(experimentFolder)/\(file)", encoding: .utf8).split(separator: "\n")
            for line in lines { #expect(line.firstMatch(of: /[:,\[] ?[0-9]+e-?[0-9]+ ?[,\]}]/) == nil, "\(file): \(line)") }
        }
    }

    @Test func theBatchesOfTheNotes() throws {
        #expect(try shipped("reuters-ablations").variants.map(\.trial.settings.training.batchSize) == [512, 128, 128, 128, 128, 128])
        #expect(try Set(shipped("reuters-width").variants.map(\.trial.settings.training.batchSize)) == [128])
    }

    /// The notes' own figures stand beside both formulas of RMSprop.
    @Test(arguments: [
        ("reuters-ablations", "reuters-epsilon"), ("imdb-ablations", "imdb-epsilon"), ("reuters-baseline", "reuters-epsilon"),
    ])
    func theOlderFormulaDiffersInNothingElse(newer: String, older: String) throws {
        let (newer, older) = (try shipped(newer), try shipped(older))
        for variant in older.variants {
            let same = newer.variants.first { $0.name == variant.name }
            guard let same else { continue }
            let changes = Trial.differences(from: same.trial.canonical, to: variant.trial.canonical)
            #expect(changes.map(\.path) == ["training.optimizer.epsilon"])
        }
    }

    /// An experiment that is to show a reason has all the figures that the reason is given for.
    @Test func reasonsCanBeLookedUp() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: experimentFolder).filter { $0.hasSuffix(".yaml") }
        var reasons = 0
        for name in names {
            let experiment = try shipped(String(name.dropLast(5)))
            guard let shown = experiment.disagreements?.shownBy else { continue }
            reasons += 1
            #expect(shown != experiment.name)
            let others = try shipped(shown).references
            for reference in experiment.references {
                let same = others.contains {
                    $0.figure == reference.figure && $0.epoch == reference.epoch && $0.value == reference.value
                }
                #expect(same, "\(experiment.name): \(reference)")
            }
        }
        #expect(reasons >= 5)
    }

    @Test func sharedTrialsAreTheSameInEveryFile() throws {
        let width = try shipped("reuters-width").variants.first { $0.name == "width-4" }
        let narrow = try shipped("reuters-ablations").variants.first { $0.name == "narrow" }
        #expect(width?.trial.canonical == narrow?.trial.canonical)
        #expect(width != nil)
    }

    @Test func everyFileOfTheFolderIsRight() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: experimentFolder).filter { $0.hasSuffix(".yaml") }
        #expect(files.count >= 24)
        for file in files { _ = try Experiment.load("\(experimentFolder)/\(file)", read: Source.load) }
    }

    /// A linear congruential generator: the same bytes on every machine.
    private struct Bytes: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 32 | state << 32
        }
    }

    @Test(arguments: 1...8)
    func changedBytesGiveErrorsOrAValueButNeverACrash(seed: UInt64) throws {
        var random = Bytes(state: seed)
        let files = try FileManager.default.contentsOfDirectory(atPath: experimentFolder).filter { $0.hasSuffix(".yaml") }.sorted()
        let originals = try files.map { try Source.load("\(experimentFolder)/\($0)") }
        let nasty = Array("[]{}:,-\"'&*!|>%@`#?\t\n \0\u{7F}~.=1eé".utf8) + [0xFF, 0xC0, 0xE2]
        for _ in 0..<250 {
            guard let original = originals.randomElement(using: &random) else { continue }
            var bytes = Array(original.text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, at + Int.random(in: 0...20, using: &random))
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[at] = nasty.randomElement(using: &random) ?? 0
                case 1: bytes.insert(nasty.randomElement(using: &random) ?? 0, at: at)
                case 2: bytes.removeSubrange(at..<end)
                case 3: bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &random))
                default: bytes[at] = UInt8.random(in: 0...255, using: &random)
                }
                if bytes.isEmpty { bytes = [0x61] }
            }
            do throws(Diagnostics) {
                let source = try Source(name: "x.yaml", bytes: bytes)
                let experiment = try Experiment.load("\(experimentFolder)/x.yaml") { (path) throws(Diagnostics) in
                    path.hasSuffix("x.yaml") ? source : try Source.load(path)
                }
                for variant in experiment.variants { _ = variant.locate("model.layers[1].units") }
                #expect(!Plan(experiment).runs.isEmpty)
            } catch {
                #expect(error.errorCount > 0)
                #expect(!error.rendered(outcome: "nothing was started", color: true).isEmpty)
            }
        }
    }
}
