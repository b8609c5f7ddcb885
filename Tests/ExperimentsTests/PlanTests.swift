import Documents
import Experiments
import Testing

struct PlanTests {
    private let text = base + "seeds: 2\nablate: {b: {training.epochs: 1}, a: {training.epochs: 2}, c: {training.epochs: 1}}\n"

    @Test func runsGoByVariantThenSeed() throws {
        let plan = Plan(try load(text))
        #expect(plan.runs.map(\.variant) == [0, 0, 1, 1, 2, 2])
        #expect(plan.runs.map(\.seed) == [1, 2, 1, 2, 1, 2])
        #expect(plan.runs.allSatisfy { $0.fold == nil })
        #expect(plan.variant(of: plan.runs[2]).name == "b")
    }

    @Test func foldsGoLast() throws {
        let experiment = try load(text.replacing("first: 10", with: "folds: 3"))
        #expect(experiment.folds == 3)
        #expect(Plan(experiment).runs.prefix(7).map(\.fold) == [1, 2, 3, 1, 2, 3, 1])
        #expect(Plan(experiment).runs.count == 18)
    }

    @Test func someVariantsAloneAndEqualOnesByTheirNames() throws {
        let experiment = try load(text)
        #expect(try Plan(experiment, only: ["a"]).runs.map(\.variant) == [2, 2])
        #expect(try Plan(experiment, only: ["c", "baseline"]).runs.map(\.variant) == [0, 0, 1, 1])
    }

    @Test func unknownVariantsAreAllNamed() throws {
        let experiment = try load(text)
        do throws(Diagnostics) {
            _ = try Plan(experiment, only: ["basline", "zzzz"])
            Issue.record("no error")
        } catch {
            #expect(
                error.rendered() == """
                    a.yaml: error: unknown variant "basline"; did you mean "baseline"? known variants: baseline, b, c, a
                    a.yaml: error: unknown variant "zzzz"; known variants: baseline, b, c, a

                    """)
        }
    }
}
