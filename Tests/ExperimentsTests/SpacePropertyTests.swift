import Documents
import Experiments
import Testing

/// What holds for sweeps of any kind, on some that are put together at random.
struct SpacePropertyTests {
    /// Settings with values, of which the first is the baseline's.
    private static let pool: [(path: String, values: [String])] = [
        ("training.batch_size", ["32", "8", "64"]), ("training.epochs", ["5", "3"]),
        ("training.optimizer.learning_rate", ["0.01", "0.1", "0.5"]), ("training.optimizer.rho", ["0.9", "0.5", "0.05"]),
        ("training.optimizer.momentum", ["0", "0.9"]), ("model.middle.units", ["64", "2", "16"]),
        ("inputs.text.vocabulary", ["100", "50"]),
        ("model.middle.activation", ["relu", "tanh"]),
    ]

    /// A small generator, so that a failure comes again.
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }

        mutating func shuffled<Element>(_ items: [Element]) -> [Element] {
            var items = items
            for index in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(index, roll(index + 1)) }
            return items
        }
    }

    @Test(arguments: 1...40)
    func aFurtherAxisChangesNoNameAndNoTrial(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let axes = dice.shuffled(Self.pool)
        let count = 1 + dice.roll(3)
        let grid = axes.prefix(count).map { "\($0.path): [\(dice.shuffled($0.values).joined(separator: ", "))]" }
        let further = axes[count]
        let values = dice.shuffled(further.values).joined(separator: ", ")
        let at = dice.roll(count + 1)
        var more = grid
        more.insert("\(further.path): [\(values)]", at: at)

        let before = try load(base + "sweep: {grid: {\(grid.joined(separator: ", "))}}\n")
        let after = try load(base + "sweep: {grid: {\(more.joined(separator: ", "))}}\n")
        let named = Dictionary(uniqueKeysWithValues: after.variants.map { ($0.name, $0.trial.canonical) })
        for variant in before.variants { #expect(named[variant.name] == variant.trial.canonical, "\(variant.name) in \(more)") }
        #expect(after.variants.count == before.variants.count * further.values.count)
        for name in named.keys {
            #expect(name.count <= 76 && name.first != "-" && name.allSatisfy { $0 == "-" || $0.isNumber || ($0.isASCII && $0.isLowercase) })
        }
    }

    @Test(arguments: 1...20)
    func blocksAreAUnionWithoutRepetition(seed: Int) throws {
        var dice = Dice(state: UInt64(seed + 1000))
        let axes = dice.shuffled(Self.pool).prefix(4)
        func block(_ axes: some Sequence<(path: String, values: [String])>) -> String {
            "{grid: {\(axes.map { "\($0.path): [\($0.values.joined(separator: ", "))]" }.joined(separator: ", "))}}"
        }
        let blocks = [block(axes.prefix(2)), block(axes.dropFirst(1).prefix(2)), block(axes.suffix(2))]
        let alone = try blocks.map { try load(base + "sweep: \($0)\n").variants.map(\.trial.canonical) }
        let together = try load(base + "sweep: [\(blocks.joined(separator: ", "))]\n")
        #expect(Set(together.variants.map(\.trial.canonical)) == Set(alone.joined()))
        #expect(Set(together.variants.map(\.name)).count == together.variants.count)
        #expect(together.variants.count + together.variants.map(\.equals.count).reduce(0, +) == 1 + blocksSize(axes))
    }

    /// How many points the three blocks have, one after another.
    private func blocksSize(_ axes: ArraySlice<(path: String, values: [String])>) -> Int {
        let sizes = axes.map(\.values.count)
        return sizes[0] * sizes[1] + sizes[1] * sizes[2] + sizes[2] * sizes[3]
    }

    @Test(arguments: 1...20)
    func excludedPointsAreGoneAndNoOthers(seed: Int) throws {
        var dice = Dice(state: UInt64(seed + 2000))
        let axes = Array(dice.shuffled(Self.pool).prefix(3))
        let grid = axes.map { "\($0.path): [\($0.values.joined(separator: ", "))]" }.joined(separator: ", ")
        let rule = axes.prefix(2).map { ($0.path, $0.values[dice.roll($0.values.count)]) }
        let all = try load(base + "sweep: {grid: {\(grid)}}\n")
        let exclude = "{\(rule.map { "\($0): \($1)" }.joined(separator: ", "))}"
        let left = try load(base + "sweep: {grid: {\(grid)}, exclude: [\(exclude)]}\n")
        let matching = all.variants.filter { variant in
            variant.origin == .sweep && rule.allSatisfy { path, value in variant.changes.contains { $0.path == path && $0.text == value } }
        }
        #expect(Set(left.variants.map(\.name)).isDisjoint(with: matching.map(\.name)))
        #expect(Set(left.variants.map(\.name)).union(matching.map(\.name)) == Set(all.variants.map(\.name)))
    }
}
