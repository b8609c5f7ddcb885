import FileSystem
import Foundation
import RunStore
import TestSupport
import Testing

/// Damaged files never stop anything: the run is trained again, and a warning names the file.
@Suite struct DamageTests {
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let file: @Sendable (RunFolder) -> String
        let change: @Sendable (inout Data) -> Void
        let reason: DamagedFile.Reason?
    }

    static let damages: [Damage] = [
        Damage(testDescription: "record cut short", file: { $0.recordFile }, change: { $0.removeLast(40) }, reason: nil),
        Damage(
            testDescription: "record empty", file: { $0.recordFile }, change: { $0.removeAll() },
            reason: .form("is not JSON: byte 0: expected a value")),
        Damage(testDescription: "record of garbage", file: { $0.recordFile }, change: { $0 = Data([0xFF, 0, 1, 2]) }, reason: nil),
        Damage(
            testDescription: "record with a changed version", file: { $0.recordFile },
            change: { $0.replace("\"version\": 2", "\"version\": 7") }, reason: .checksum),
        Damage(
            testDescription: "record with a changed digit", file: { $0.recordFile },
            change: { $0.replace("0.3333333333333333", "0.3333333333333334") }, reason: .checksum),
        Damage(
            testDescription: "record with a changed figure of no consequence", file: { $0.recordFile },
            change: { $0.replace("\"train_seconds\": 0.25", "\"train_seconds\": 0.26") }, reason: .checksum),
        Damage(
            testDescription: "record with another white space", file: { $0.recordFile },
            change: { $0.replace("\n  \"seed\"", "\n\t \"seed\"") }, reason: .checksum),
        Damage(
            testDescription: "record with a changed seal", file: { $0.recordFile },
            change: { $0.replace("\"digest\": \"", "\"digest\": \"x") }, reason: .checksum),
        Damage(
            testDescription: "record without a seal", file: { $0.recordFile }, change: { $0.replace("\"digest\"", "\"digesT\"") },
            reason: .form("has no \"digest\" of its own")),
        Damage(
            testDescription: "record without version", file: { $0.recordFile },
            change: { $0 = Data("{\"vers\": 1}".utf8) }, reason: .form("has no \"version\"")),
        Damage(
            testDescription: "record of the first version without seed", file: { $0.recordFile },
            change: { $0 = Data(old($0).replacing("\"seed\": 1", with: "\"seed\": \"x\"").utf8) },
            reason: .form("\"seed\" is missing or has the wrong type")),
        Damage(
            testDescription: "record of another run", file: { $0.recordFile },
            change: {
                $0 = Data(
                    old($0).replacing(RunSpecification.sample().identity.hex, with: RunSpecification.sample(seed: 2).identity.hex).utf8)
            }, reason: .misplaced(RunSpecification.sample(seed: 2).identity)),
        Damage(
            testDescription: "history cut short", file: { $0.historyFile }, change: { $0.removeLast(3) },
            reason: .length(found: 75, expected: 78)),
        Damage(
            testDescription: "history with a changed digit", file: { $0.historyFile }, change: { $0.replace("0.3", "0.4") },
            reason: .checksum),
        Damage(
            testDescription: "predictions cut short", file: { $0.predictionsFile }, change: { $0.removeLast(1) },
            reason: .length(found: 103, expected: 104)),
        Damage(testDescription: "predictions with a flipped bit", file: { $0.predictionsFile }, change: { $0[40] ^= 1 }, reason: .checksum),
        Damage(
            testDescription: "weights cut short", file: { $0.weightsFile }, change: { $0.removeLast(4) },
            reason: .length(found: 208, expected: 212)),
        Damage(
            testDescription: "weights with zeros", file: { $0.weightsFile },
            change: { $0.replaceSubrange(190..<200, with: Data(repeating: 0, count: 10)) }, reason: .checksum),
    ]

    @Test(arguments: damages, [(DiskKind.disk, Checking.changes), (.disk, .contents), (.memory, .changes), (.memory, .contents)])
    func aDamagedRunIsTrainedAgainAndTheFileIsNamed(damage: Damage, way: (kind: DiskKind, checking: Checking)) throws {
        let (temporary, checking) = (TemporaryStore(on: way.kind), way.checking)
        let folder = try temporary.finish(.sample())
        let path = damage.file(folder)
        try temporary.damage(path, damage.change)
        let survey = temporary.store.survey([.sample()], checking: checking)
        guard case .damaged(let file) = survey.runs[0].state else {
            Issue.record("expected damaged, found \(survey.runs[0].state)")
            return
        }
        #expect(file.path == path)
        if let reason = damage.reason { #expect(file.reason == reason) }
        #expect(survey.warnings == [.damaged(file)])
        #expect("\(survey.warnings[0])" == "\(file); the run is damaged, and is trained again by: ablate run")
        #expect(survey.missing == [.sample()])
        #expect(temporary.store.garbage(in: "width", keeping: [RunSpecification.sample().identity]).garbage.map(\.kind) == [.damagedRun])
        try temporary.finish(.sample())
        guard case .finished = temporary.state(.sample(), checking: .contents) else {
            Issue.record("the run is not finished")
            return
        }
    }

    /// A file that was not touched since it was written is not read again; what the disk changed by itself is noticed by those who use it.
    @Test(arguments: DiskKind.allCases) func whatIsReadIsVerified(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let folder = try temporary.finish(.sample())
        guard case .finished(let run) = temporary.state(.sample()) else {
            Issue.record("the run is not finished")
            return
        }
        for path in [folder.historyFile, folder.predictionsFile, folder.weightsFile] { try temporary.damage(path) { $0[70] ^= 1 } }
        #expect(throws: DamagedFile(path: folder.historyFile, reason: .checksum)) { try run.history() }
        #expect(throws: DamagedFile(path: folder.predictionsFile, reason: .checksum)) { try run.predictions() }
        #expect(throws: DamagedFile(path: folder.weightsFile, reason: .checksum)) { try run.weights() }
    }

    // MARK: - What is left as it is

    @Test(arguments: DiskKind.allCases) func aRecordOfALaterVersionIsLeft(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let folder = try temporary.finish(.sample())
        let later = Data(old(try temporary.contents(of: folder.recordFile)).replacing("\"version\": 1", with: "\"version\": 3").utf8)
        try temporary.write(later, to: folder.recordFile)
        try temporary.expectLeft(DamagedFile(path: folder.recordFile, reason: .version(found: 3, expected: 2)))
        #expect(try temporary.contents(of: folder.recordFile) == later)
    }

    @Test(.enabled(if: getuid() != 0, "root may read everything")) func aRecordThatCannotBeReadIsLeft() throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        chmod(folder.recordFile, 0)
        defer { chmod(folder.recordFile, 0o644) }
        try temporary.expectLeft(DamagedFile(path: folder.recordFile, reason: .unreadable(EACCES)))
    }

    @Test func withoutDescriptorsNothingCountsAsMissing() throws {
        let temporary = TemporaryStore(on: .memory)
        let folder = try temporary.finish(.sample())
        let memory = try #require(temporary.memory)
        memory.mostHandles = 0
        let state = temporary.state(.sample())
        memory.mostHandles = .max
        guard case .unusable(let file) = state else {
            Issue.record("expected unusable, found \(state)")
            return
        }
        #expect(file.reason == .unreadable(EMFILE))
        #expect(temporary.exists(folder.recordFile))
    }

    enum Obstacle: CaseIterable { case pipe, link, folder }

    @Test(arguments: Obstacle.allCases, ["record.json", "history.csv", "weights.safetensors", "lock"])
    func whatIsNoRegularFileIsNeitherReadNorReplaced(obstacle: Obstacle, name: String) throws {
        let temporary = TemporaryStore()
        let folder = try temporary.finish(.sample())
        let path = folder.path + "/" + name
        try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
        let found: DamagedFile.Reason
        switch obstacle {
        case .pipe:
            #expect(mkfifo(path, 0o600) == 0)
            found = .kind(found: .pipe, expected: .file)
        case .link:
            #expect(symlink(path + ".moved", path) == 0)
            found = .kind(found: .link, expected: .file)
        case .folder:
            #expect(mkdir(path, 0o700) == 0)
            found = .kind(found: .folder, expected: .file)
        }
        let before = try temporary.contents(of: path + ".moved")
        if name == "lock" {
            // A finished run needs no lock.
            #expect(
                throws: StoreError.file(
                    FileFault(
                        path: path, reason: .kind(found: obstacle == .pipe ? .pipe : obstacle == .link ? .link : .folder, expected: .file)))
            ) {
                try temporary.store.begin(.sample(), provenance: .sample)
            }
        } else {
            try temporary.expectLeft(DamagedFile(path: path, reason: found))
        }
        #expect(try temporary.contents(of: path + ".moved") == before)
    }

    // MARK: - Records of the first version

    @Test(arguments: DiskKind.allCases) func aRecordOfTheFirstVersionCountsAndItsFilesAreCheckedByTheirLengths(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let folder = try temporary.finish(.sample())
        try temporary.write(Data(old(try temporary.contents(of: folder.recordFile)).utf8), to: folder.recordFile)
        guard case .finished(let run) = temporary.state(.sample(), checking: .contents) else {
            Issue.record("the run is not finished")
            return
        }
        #expect(run.record.files["history.csv"] == RecordedFile(length: 78))
        try temporary.damage(folder.historyFile) { $0.removeLast() }
        #expect(temporary.state(.sample()) == .damaged(DamagedFile(path: folder.historyFile, reason: .length(found: 77, expected: 78))))
    }

    @Test(arguments: [
        ("nan", "???", DamagedFile.Reason.form("line 3: \"???\" is not a number")),
        ("nan", ",,,", .form("line 3 has 6 fields, expected 3")),
    ]) func theFormOfAHistoryIsChecked(old: String, new: String, reason: DamagedFile.Reason) {
        let csv = RunOutcome.sample.history.csv.replacing(old, with: new)
        #expect(throws: DamagedFile(path: "h", reason: reason)) { try History(csv: csv, path: "h") }
    }

    @Test(arguments: [0, 7, 8, 20, 100, 211]) func cutWeightsAreAnErrorWhenRead(length: Int) throws {
        let temporary = TemporaryStore()
        let bytes = Array(try temporary.contents(of: try temporary.finish(.sample()).weightsFile).prefix(length))
        #expect(throws: DamagedFile.self) { try NamedTensor.read(bytes, path: "w") }
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

    /// A flip of any one bit of a record is noticed.
    @Test func noBitOfARecordChangesUnnoticed() throws {
        let temporary = TemporaryStore()
        let bytes = Array(try temporary.contents(of: try temporary.finish(.sample()).recordFile))
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(bit)
                #expect(throws: DamagedFile.self, "byte \(index), bit \(bit)") { try Record(decoding: flipped, path: "r") }
            }
        }
    }

    // MARK: - Plain methods

    @Test(arguments: DiskKind.allCases) func damagedPlainMethodsAreNone(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let identity = RunSpecification.sample().identity
        let records = [PlainMethodRecord(name: "majority", figures: [["accuracy": 0.25]])]
        try temporary.store.keep(records, of: "width", as: identity)
        #expect(try temporary.store.plainMethods(of: "width", as: identity) == records)
        let path = "\(temporary.root)/width/runs/baselines-\(identity).json"
        try temporary.damage(path) { $0.replace("0.25", "0.35") }
        #expect(throws: DamagedFile(path: path, reason: .checksum)) { try temporary.store.plainMethods(of: "width", as: identity) }
        try temporary.store.keep(records, of: "width", as: identity)
        #expect(try temporary.store.plainMethods(of: "width", as: identity) == records)
    }

    // MARK: - Facts of data

    @Test(arguments: DiskKind.allCases) func damagedFactsAreNone(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let fact = KeptFact(.answers, of: RunSpecification.sample().digests, details: "rows")
        // Nothing is kept beside no runs.
        #expect(throws: StoreError.self) { try temporary.store.keep(.string("yes"), as: fact, of: "width") }
        try temporary.store.prepare("width")
        try temporary.store.keep(.string("yes"), as: fact, of: "width")
        #expect(temporary.store.fact(fact, of: "width") == .string("yes"))
        #expect(temporary.store.fact(KeptFact(.data, of: RunSpecification.sample().digests, details: "rows"), of: "width") == nil)
        #expect(temporary.store.garbage(in: "width", keeping: []).left.isEmpty)
        let path = "\(temporary.root)/width/runs/\(fact.name)"
        try temporary.damage(path) { $0.replace("yes", "yet") }
        #expect(temporary.store.fact(fact, of: "width") == nil)
    }

    @Test(arguments: DiskKind.allCases) func predictionsOfPlainMethodsAreKeptAndChecked(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let identity = RunSpecification.sample().identity
        let answers = Predictions(validation: .init(rows: [3, 1], targets: [0, 1], outputs: [0.75, 0.25, 0.5, 0.5], width: 2))
        let records = [
            PlainMethodRecord(name: "mean", figures: [], note: "needs a numeric target"),
            PlainMethodRecord(
                name: "majority", figures: [["accuracy": 0.25], ["accuracy": 0.5]], predictions: [answers, answers],
                target: .classes(["no", "yes"])),
        ]
        try temporary.store.keep(records, of: "width", as: identity)
        #expect(try temporary.store.plainMethods(of: "width", as: identity) == records)
        #expect(temporary.store.garbage(in: "width", keeping: []).left.isEmpty)
        let path = "\(temporary.root)/width/runs/baselines-\(identity)-1-1.predictions"
        try temporary.damage(path) { $0[40] ^= 1 }
        #expect(throws: DamagedFile(path: path, reason: .checksum)) { try temporary.store.plainMethods(of: "width", as: identity) }
    }

    @Test func plainMethodsOfAVersionWithoutPredictionsAreReadable() throws {
        let temporary = TemporaryStore(on: .memory)
        let identity = RunSpecification.sample().identity
        try temporary.store.keep([PlainMethodRecord(name: "majority", figures: [["accuracy": 0.25]])], of: "width", as: identity)
        let path = "\(temporary.root)/width/runs/baselines-\(identity).json"
        try temporary.damage(path) { $0.reseal("\"version\": 3", "\"version\": 2") }
        let old = try #require(try temporary.store.plainMethods(of: "width", as: identity))
        #expect(old == [PlainMethodRecord(name: "majority", figures: [["accuracy": 0.25]], predictions: nil)])
        try temporary.damage(path) { $0.reseal("\"version\": 2", "\"version\": 4") }
        #expect(throws: DamagedFile(path: path, reason: .version(found: 4, expected: 3))) {
            try temporary.store.plainMethods(of: "width", as: identity)
        }
    }
}

/// The record as the first version of the form wrote it: lengths alone, and no digest.
private func old(_ record: Data) -> String {
    String(decoding: record, as: UTF8.self).replacing("\"version\": 2", with: "\"version\": 1")
        .replacing(/\s\s"digest": "[0-9a-f]+",\n/, with: "")
        .replacing(/\{\s+"bytes": ([0-9]+),\s+"changed": [0-9]+,\s+"sha256": "[0-9a-f]+"\s+\}/) { String($0.output.1) }
}

extension TemporaryStore {
    /// Nothing counts the run as finished, trains it, or cleans it away.
    fileprivate func expectLeft(_ file: DamagedFile) throws {
        let survey = store.survey([.sample()])
        #expect(survey.runs[0].state == .unusable(file))
        #expect(survey.missing.isEmpty)
        #expect(survey.warnings == [.unusable(file)])
        #expect("\(survey.warnings[0])" == "\(file); the run is left as it is, and counts for nothing")
        #expect(throws: StoreError.damaged(file)) { try store.begin(.sample(), provenance: .sample) }
        let (garbage, left) = store.garbage(in: "width", keeping: [])
        #expect(garbage.isEmpty)
        #expect(left == [.unusable(file)])
    }
}

extension Data {
    fileprivate mutating func replace(_ old: String, _ new: String) {
        guard let range = range(of: Data(old.utf8)) else { return }
        replaceSubrange(range, with: Data(new.utf8))
    }

    /// The same change in a sealed file that was written so.
    fileprivate mutating func reseal(_ old: String, _ new: String) {
        let text = String(decoding: self, as: UTF8.self).replacing(old, with: new)
            .replacing(/"digest": "[0-9a-f]+"/) { _ in "\"digest\": \"\(String(repeating: "0", count: 64))\"" }
        self = Data(text.utf8)
        replace(String(repeating: "0", count: 64), SHA256.digest(of: Array(text.utf8)).hex)
    }
}
