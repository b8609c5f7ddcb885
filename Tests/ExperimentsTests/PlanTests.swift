import Documents
import Experiments
import Testing

struct PlanTests {
    private let text = base + "seeds: 2\nablate: {b: {training.epochs: 1}, a: {training.epochs: 2}}\n"

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
}
