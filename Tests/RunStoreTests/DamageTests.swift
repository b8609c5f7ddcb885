import Foundation
import RunStore
import Testing

/// Damaged files never stop anything: the run counts as new, and a warning names the file.
@Suite struct DamageTests {
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let file: @Sendable (RunFolder) -> String
        let change: @Sendable (inout Data) -> Void
        let reason: DamagedFile.Reason?
        var checking = Checking.lengths
    }

    static let damages: [Damage] = [
        Damage(testDescription: "record cut short", file: { $0.recordFile }, change: { $0.removeLast(40) }, reason: nil),
        Damage(
            testDescription: "record empty", file: { $0.recordFile }, change: { $0.removeAll() },
            reason: .form("is not JSON: byte 0: expected a value")),
        Damage(testDescription: "record of garbage", file: { $0.recordFile }, change: { $0 = Data([0xFF, 0, 1, 2]) }, reason: nil),
        Damage(
            testDescription: "record of another version", file: { $0.recordFile },
            change: { $0.replace("\"version\": 1", "\"version\": 2") },
            reason: .version(found: 2, expected: 1)),
        Damage(
            testDescription: "record without version", file: { $0.recordFile }, change: { $0.replace("\"version\": 1", "\"vers\": 1") },
            reason: .form("has no \"version\"")),
        Damage(
            testDescription: "record without seed", file: { $0.recordFile }, change: { $0.replace("\"seed\": 1", "\"seed\": \"x\"") },
            reason: .form("\"seed\" is missing or has the wrong type")),
        Damage(
            testDescription: "record of another run", file: { $0.recordFile },
            change: { $0.replace(RunSpecification.sample().identity.hex, RunSpecification.sample(seed: 2).identity.hex) },
            reason: .misplaced(RunSpecification.sample(seed: 2).identity)),
        Damage(
            testDescription: "history cut short", file: { $0.historyFile }, change: { $0.removeLast(3) },
            reason: .length(found: 75, expected: 78)),
        Damage(
            testDescription: "history of garbage", file: { $0.historyFile }, change: { $0.replace("nan", "???") },
            reason: .form("line 3: \"???\" is not a number"), checking: .contents),
        Damage(
            testDescription: "history with a comma more", file: { $0.historyFile }, change: { $0.replace("nan", ",,,") },
            reason: .form("line 3 has 6 fields, expected 3"), checking: .contents),
        Damage(
            testDescription: "predictions cut short", file: { $0.predictionsFile }, change: { $0.removeLast(1) },
            reason: .length(found: 103, expected: 104)),
        Damage(
            testDescription: "predictions with a flipped bit", file: { $0.predictionsFile }, change: { $0[40] ^= 1 }, reason: .checksum,
            checking: .contents),
        Damage(
            testDescription: "predictions of another version", file: { $0.predictionsFile }, change: { $0[8] = 9 },
            reason: .version(found: 9, expected: 1), checking: .contents),
        Damage(
            testDescription: "predictions of garbage", file: { $0.predictionsFile }, change: { $0 = Data(repeating: 65, count: 104) },
            reason: .form("is not a file of predictions"), checking: .contents),
        Damage(
            testDescription: "weights cut short", file: { $0.weightsFile }, change: { $0.removeLast(4) },
            reason: .length(found: 208, expected: 212)),
    ]

    @Test(arguments: damages) func aDamagedRunIsNewAndTheFileIsNamed(damage: Damage) throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        let path = damage.file(folder)
        var data = try contents(of: path)
        damage.change(&data)
        try write(data, to: path)
        let survey = temporary.store.survey([.sample()], checking: damage.checking)
        #expect(survey.runs[0].state == .new)
        #expect(survey.warnings.count == 1)
        let warning = try #require(survey.warnings.first)
        guard case .damaged(let file) = warning else { return }
        #expect(file.path == path)
        if let reason = damage.reason { #expect(file.reason == reason) }
        #expect("\(warning)".hasPrefix(path + ": ") && "\(warning)".hasSuffix("; the run counts as new"))
        #expect(survey.missing == [.sample()])
    }

    @Test func aDamagedRunCanBeTrainedAgain() throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        try write(Data("{".utf8), to: folder.recordFile)
        try temporary.finish(.sample())
        guard case .finished = temporary.state(.sample(), checking: .contents) else {
            Issue.record("the run is not finished")
            return
        }
    }

    @Test(arguments: [0, 7, 8, 20, 100, 211]) func cutWeightsAreAnErrorWhenRead(length: Int) throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        guard case .finished(let run) = temporary.state(.sample()) else { return }
        try write(try contents(of: folder.weightsFile).prefix(length), to: folder.weightsFile)
        #expect(throws: DamagedFile.self) { try run.weights() }
    }

    /// Every prefix and many flips of a small file: whatever comes out, nothing traps.
    @Test func noBytesOfPredictionsTrap() throws {
        let bytes = try RunOutcome.sample.predictions?.encoded() ?? []
        for length in bytes.indices {
            #expect(throws: DamagedFile.self) { try Predictions(decoding: Array(bytes.prefix(length)), path: "p") }
        }
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 0x80
            #expect(throws: DamagedFile.self) { try Predictions(decoding: flipped, path: "p") }
        }
    }
}

extension Data {
    fileprivate mutating func replace(_ old: String, _ new: String) {
        guard let range = range(of: Data(old.utf8)) else { return }
        replaceSubrange(range, with: Data(new.utf8))
    }
}
