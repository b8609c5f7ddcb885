import Documents
import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct RunStateTests {
    @Test(arguments: DiskKind.allCases) func anUnknownRunIsNew(on kind: DiskKind) {
        #expect(TemporaryStore(on: kind).state(.sample()) == .new)
    }

    @Test(arguments: DiskKind.allCases) func aRunIsRunningWhileItsWriterLives(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        var writer: RunWriter? = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(temporary.state(.sample()).isRunning)
        #expect(writer != nil)
        writer = nil
        #expect(temporary.state(.sample()) == .interrupted(nil))
    }

    @Test(arguments: DiskKind.allCases) func endsAreTold(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.store.begin(.sample(seed: 1), provenance: .sample).interrupt()
        try temporary.store.begin(.sample(seed: 2), provenance: .sample).fail("out of memory")
        try temporary.finish(.sample(seed: 3))
        let survey = temporary.store.survey([.sample(seed: 1), .sample(seed: 2), .sample(seed: 3)])
        #expect(survey.runs[0].state == .interrupted(nil))
        guard case .failed(let message, _) = survey.runs[1].state, case .finished = survey.runs[2].state else {
            Issue.record("expected failed and finished, found \(survey.runs)")
            return
        }
        #expect(message == "out of memory")
        #expect(survey.missing == [.sample(seed: 1), .sample(seed: 2)])
    }

    /// A run that was asked for with changes beside the file stands for nothing that the file asked for.
    @Test func aRunOfChangesMakesNothingStale() throws {
        let temporary = TemporaryStore()
        var provenance = Provenance.sample
        provenance.changes = ["training.epochs=20", "training.batch_size=8"]
        try temporary.store.begin(.sample(epochs: 20), provenance: provenance).finish(.sample)
        let stored = try #require(temporary.store.storedRuns(in: "width").first)
        #expect(stored.record.provenance == provenance && !stored.isOfFile)
        #expect(temporary.state(.sample()) == .new)
        try temporary.finish(.sample(epochs: 30))
        guard case .stale(let changes) = temporary.state(.sample()) else {
            Issue.record("expected stale, found \(temporary.state(.sample()))")
            return
        }
        #expect(changes.map(\.description) == ["training.epochs 30 → 10"])
    }

    /// A second look at a store reads again what was changed between, and tells the same of the rest.
    @Test(arguments: DiskKind.allCases) func whatWasKnownIsBelievedOnlyWhileItsFilesAreAsTheyWere(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let specifications = (1...4).map { RunSpecification.sample(seed: $0) }
        let folders = try specifications.map { try temporary.finish($0) }
        let known = temporary.store.storedRuns(in: "width")
        try temporary.damage(folders[0].recordFile) { $0[$0.count / 2] ^= 1 }
        try temporary.damage(folders[1].historyFile) { $0[0] ^= 1 }
        try temporary.damage(folders[2].weightsFile) { $0.removeLast() }
        for checking in [Checking.changes, .contents] {
            let anew = temporary.store.survey(specifications, checking: checking)
            let again = temporary.store.survey(specifications, checking: checking, known: known)
            #expect(again.runs.map { damage($0.state) } == anew.runs.map { damage($0.state) })
            #expect(again.runs.map { damage($0.state) != nil } == [true, true, true, false])
            #expect(again.missing == Array(specifications.prefix(3)))
            #expect(again.warnings == anew.warnings)
        }
    }

    /// Many runs are looked at by several cores, and each is told as it is alone.
    @Test func manyRunsAreToldAsEachIsAlone() throws {
        let temporary = TemporaryStore(on: .disk)
        let specifications = (1...300).map { RunSpecification.sample(seed: $0) }
        for specification in specifications where specification.seed % 50 != 0 { try temporary.finish(specification) }
        try temporary.damage(temporary.store.folder(of: specifications[6].identity, in: "width").historyFile) { $0[0] ^= 1 }
        let survey = temporary.store.survey(specifications)
        // Equal records are not equal to Swift where a figure is no number.
        func told(_ state: RunState) -> String {
            if case .finished(let run) = state { "\(run.folder.path) \(run.record.figures.sorted { $0.key < $1.key })" } else { "\(state)" }
        }
        #expect(survey.runs.map { told($0.state) } == specifications.map { told(temporary.state($0)) })
        #expect(survey.runs.count { $0.state == .new } == 6)
        #expect(damage(survey.runs[6].state) != nil)
    }

    private func damage(_ state: RunState) -> DamagedFile? {
        if case .damaged(let file) = state { file } else { nil }
    }

    @Test(arguments: [
        (RunSpecification.sample(epochs: 20), ["training.epochs 10 → 20"]),
        (.sample(content: "decade"), ["data content c0ffee → decade"]), (.sample(encoding: "decade"), ["data encoding facade → decade"]),
        (.sample(resultsVersion: 2), ["engine results version 1 → 2"]),
        (.sample(epochs: 5, encoding: "decade", resultsVersion: 3), ["training.epochs 10 → 5", "engine results version 1 → 3"]),
    ]) func aRunUnderAnotherIdentityIsStaleAndSaysWhy(planned: RunSpecification, changes: [String]) throws {
        let temporary = TemporaryStore()
        try temporary.finish(.sample())
        guard case .stale(let found) = temporary.state(planned) else {
            Issue.record("expected stale, found \(temporary.state(planned))")
            return
        }
        #expect(found.map(\.description) == changes)
    }

    @Test(arguments: DiskKind.allCases) func anotherSeedFoldOrVariantIsNewAndNotStale(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.finish(.sample())
        for specification in [RunSpecification.sample(seed: 2), .sample(fold: 1), .sample(variant: "wide", epochs: 20)] {
            #expect(temporary.state(specification) == .new)
        }
    }

    @Test func aSettingThatCameOrWentIsNamed() {
        let record = Record(
            .sample(), settings: .object(["a": .array([.integer(1)]), "b": .string("x")]), provenance: .sample, created: Date())
        let planned = RunSpecification(
            experiment: "width", variant: "baseline", seed: 1,
            basis: RunBasis(
                canonical: #"{"a":[1,2]}"#, digests: DataDigests(content: "c0ffee", encoding: "facade"), resultsVersion: 1))
        #expect(planned.changes(since: record).map(\.description) == ["a[1] unset → 2", "b x → unset"])
    }

    /// Where data lie decides nothing: a path is named only where other data lie there.
    @Test(arguments: [
        ("same", ["training.epochs 2 → 3"]),
        ("other", ["dataset.csv.path a.csv → b.csv", "training.epochs 2 → 3", "data content same → other"]),
    ])
    func aPathIsNamedWhereItsContentIsAnother(content: String, expected: [String]) {
        func run(_ path: String, epochs: Int, content: String) -> RunSpecification {
            RunSpecification(
                experiment: "width", variant: "baseline", seed: 1,
                basis: RunBasis(
                    canonical: #"{"dataset":{"csv":{"path":"\#(path)"}},"training":{"epochs":\#(epochs)}}"#,
                    digests: DataDigests(content: content, encoding: "e"), resultsVersion: 1))
        }
        let old = run("a.csv", epochs: 2, content: "same")
        let settings = JSONValue.object([
            "dataset": .object(["csv": .object(["path": .string("a.csv")])]), "training": .object(["epochs": .integer(2)]),
        ])
        let record = Record(old, settings: settings, provenance: .sample, created: Date())
        #expect(run("b.csv", epochs: 3, content: content).changes(since: record).map(\.description) == expected)
        #expect(run("b.csv", epochs: 2, content: "same").identity == old.identity)
        #expect(run("b.csv", epochs: 2, content: "other").identity != old.identity)
    }

    @Test(arguments: DiskKind.allCases) func aFinishedRunOfAnotherExperimentIsUsed(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let folder = try temporary.finish(.sample(experiment: "depth", variant: "two"))
        guard case .finished(let run) = temporary.state(.sample(experiment: "width")) else {
            Issue.record("the run is not finished")
            return
        }
        #expect(run.folder == folder)
    }

    @Test(arguments: DiskKind.allCases) func anUnfinishedRunOfAnotherExperimentIsNot(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.store.begin(.sample(experiment: "depth"), provenance: .sample).fail("no")
        #expect(temporary.state(.sample(experiment: "width")) == .new)
    }

    @Test(arguments: DiskKind.allCases) func variantsWithOneTrialAreTrainedOnce(on kind: DiskKind) {
        let survey = TemporaryStore(on: kind).store.survey([.sample(variant: "a"), .sample(variant: "b")])
        #expect(survey.missing == [.sample(variant: "a")])
    }
}
