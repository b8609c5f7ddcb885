import Documents
import Experiments
import Testing

/// How variants were put together, for those who lay differences to single settings.
struct DesignTests {
    private let parts = "{clip: {training.gradient_clipping: {norm: 1}}, short: {training.epochs: 2}}"

    @Test func aFactorialIsAGridOfChangesWithTheBaselineFirst() throws {
        let designs = try load(base + "ablate: {factorial: \(parts)}\n").designs
        #expect(
            designs == [
                .grid(
                    Design.Grid(factors: [.change("clip"), .change("short")], cells: ["baseline", "short", "clip", "clip-and-short"]))
            ])
    }

    @Test func theComponentsOfABaselineLeadToTheVariantsWithoutThem() throws {
        let designs = try load(base + "ablate: {leave_one_out: \(parts), other: {training.epochs: 7}}\n").designs
        #expect(
            designs == [
                .leaveOneOut([
                    Design.Component(name: "clip", without: "without-clip"), Design.Component(name: "short", without: "without-short"),
                ])
            ])
    }

    @Test func aFullSweepIsAGridInWhichTheBaselineHasItsCell() throws {
        let designs = try load(base + "sweep: {grid: {training.epochs: [5, 9], training.batch_size: [16, 32, 64]}}\n").designs
        guard case .grid(let grid)? = designs.first, designs.count == 1 else {
            Issue.record("no grid: \(designs)")
            return
        }
        #expect(grid.factors == [.setting("epochs", levels: ["5", "9"]), .setting("batch_size", levels: ["16", "32", "64"])])
        #expect(
            grid.cells == [
                "batch-size-16", "baseline", "batch-size-64", "epochs-9-batch-size-16", "epochs-9", "epochs-9-batch-size-64",
            ])
    }

    @Test func settingsThatGoTogetherAreOneFactor() throws {
        let sweep =
            "sweep: {grid: {training.epochs: [6, 9]}, zip: {training.batch_size: [16, 64], training.optimizer.learning_rate: [0.1, 0.2]}}\n"
        guard case .grid(let grid)? = try load(base + sweep).designs.first else {
            Issue.record("no grid")
            return
        }
        #expect(grid.factors.map(\.name) == ["epochs", "batch_size, learning_rate"])
        #expect(grid.factors[1] == .setting("batch_size, learning_rate", levels: ["16, 0.1", "64, 0.2"]))
    }

    @Test(arguments: [
        "sweep: {grid: {training.epochs: [6, 9], training.batch_size: [16, 64]}, exclude: [{training.epochs: 9, training.batch_size: 64}]}\n",
        "sweep: {grid: {training.epochs: [6, 9], training.batch_size: [16, 64]}, when: {training.batch_size: {training.epochs: 9}}}\n",
        "ablate: {a: {training.epochs: 9}, b: {training.batch_size: 64}}\n",
    ])
    func whatIsNotWholeIsNoGrid(text: String) throws {
        #expect(try load(base + text).designs.isEmpty)
    }

    @Test func cellsThatComeToOneVariantAreNoGrid() throws {
        let text = base + "ablate: {factorial: \(parts)}\n"
        #expect(try load(text, overrides: ["training.epochs=2"]).designs.isEmpty)
    }

    @Test func drawnPointsHaveTheirValuesOnTheirScales() throws {
        let experiment = try load(
            base
                + "sweep: {random: {points: 12, training.optimizer.learning_rate: {log_uniform: [1e-4, 0.1]}, training.batch_size: {int_uniform: [8, 64]}, "
                + "model.middle.activation: {choice: [relu, tanh]}}}\n")
        guard case .search(let search)? = experiment.designs.first else {
            Issue.record("no search: \(experiment.designs)")
            return
        }
        #expect(
            search.settings == [
                .init(name: "learning_rate", scale: .logarithmic(isWhole: false)), .init(name: "batch_size", scale: .linear(isWhole: true)),
                .init(name: "activation", scale: .choice(["relu", "tanh"])),
            ])
        #expect(search.points.count == 12)
        for point in search.points {
            let variant = try #require(experiment.variants.first { $0.name == point.variant })
            let texts = Dictionary(uniqueKeysWithValues: variant.changes.map { ($0.path, $0.text) })
            #expect(point.values[0] == Double(texts["training.optimizer.learning_rate"] ?? ""))
            #expect(point.values[1] == Double(texts["training.batch_size"] ?? ""))
            #expect(texts["model.middle.activation"] == (point.values[2] == 1 ? "tanh" : "relu"))
        }
    }

    @Test func variantsThatAreLeftOutLeaveTheDesign() throws {
        let left = try load(base + "ablate: {leave_one_out: \(parts)}\n").keeping(["without-clip"])
        #expect(left.designs == [.leaveOneOut([Design.Component(name: "clip", without: "without-clip")])])
        #expect(try load(base + "ablate: {factorial: \(parts)}\n").keeping(["clip", "short"]).designs.isEmpty)
    }
}
