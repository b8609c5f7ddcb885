import Documents
import Foundation
import Projects
import RunStore
import Testing

/// An experiment with all that must be known before a run starts.
@Suite struct PreparedExperimentTests {
    private let temporary: TemporaryProject

    init() throws { temporary = try TemporaryProject() }

    @Test func everyRunIsMissingAtFirst() throws {
        let prepared = try temporary.prepared()
        #expect(prepared.runs.map(\.title) == ["baseline, seed 1", "baseline, seed 2", "wide, seed 1", "wide, seed 2"])
        #expect(prepared.missing.map(\.title) == prepared.runs.map(\.title))
        #expect(prepared.running.isEmpty && prepared.warnings.isEmpty)
        #expect(prepared.runs.map(\.specification) == (try temporary.workspace.specifications(of: prepared.experiment)))
    }

    @Test func aRunThatAProcessHoldsIsNotMissing() throws {
        let run = try temporary.prepared().runs[2]
        let writer = try temporary.workspace.store.begin(
            run.specification, provenance: Provenance(commit: nil, host: "here", processor: "any", versions: [:]))
        let prepared = try temporary.prepared()
        #expect(prepared.running.map(\.title) == ["wide, seed 1"])
        #expect(prepared.missing.map(\.title) == ["baseline, seed 1", "baseline, seed 2", "wide, seed 2"])
        try writer.fail("no luck")
        #expect(try temporary.prepared().missing.count == 4)
    }

    @Test func chosenVariantsStandBesideTheBaseline() throws {
        let prepared = try temporary.prepared(only: ["wide"], seeds: 1)
        #expect(prepared.runs.map(\.title) == ["wide, seed 1"])
        #expect(prepared.variants.map(\.variant.name) == ["baseline", "wide"])
    }

    @Test func aVariantThatIsNoneIsRefusedWithTheNearest() throws {
        let error = #expect(throws: Refusal.self) { try temporary.prepared(only: ["wid"]) }
        #expect(error?.message == "width has no variant \"wid\"")
        #expect(error?.help == "did you mean \"wide\"? there are: baseline, wide")
    }

    @Test func changedSettingsMakeOtherRuns() throws {
        let (plain, changed) = (try temporary.prepared(), try temporary.prepared(settings: ["training.epochs=5"]))
        #expect(Set(plain.runs.map(\.specification.identity)).isDisjoint(with: changed.runs.map(\.specification.identity)))
    }

    @Test func errorsThatOnlyAChangeMakesSaySo() throws {
        try temporary.write(
            TemporaryProject.width.replacingOccurrences(of: "epochs: 3", with: "epochs: 3, early_stopping: {monitor: val_loss}"),
            to: "experiments/width.yaml")
        let error = #expect(throws: Diagnostics.self) { try temporary.prepared(settings: ["split.validation=~"]) }
        #expect(error?.all.first?.help?.hasSuffix("; without -S split.validation=~ this is right") == true)
        let own = #expect(throws: Diagnostics.self) { try temporary.prepared(settings: ["training.epochs=0"]) }
        #expect(own?.all.contains { $0.help?.contains("this is right") ?? false } == false)
    }

    @Test func variantsOfAnotherShapeAreAnotherArchitecture() throws {
        let variants = try temporary.prepared().variants
        #expect(variants[0].architecture != variants[1].architecture)
        #expect(variants[0].work < variants[1].work)
    }
}
