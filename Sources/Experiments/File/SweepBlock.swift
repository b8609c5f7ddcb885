import Documents

/// One block of `sweep:`, a space of settings as written. A sweep is the union of its blocks.
struct SweepBlock: Sendable {
    var grid: [Keyed<[Node]>]
    var zip: [[Keyed<[Node]>]]
    var random: Draw?
    var quasiRandom: Draw?
    var set: [Keyed<Node>]
    var when: [Keyed<Rule>]
    var exclude: [Rule]
    var maxPoints: Int?
    /// Whether every point gets the baseline's number of parameters.
    var match: ParameterMatch?
    var finalists: Placed<FinalistSettings>?
    /// Where the block stands.
    var place: Place?

    /// What holds for some points.
    enum Rule: Sendable {
        /// All of these axes have their values.
        case values([Keyed<Node>])
        /// A condition as text, such as `width >= 64 and depth < 3`.
        case condition(Node)

        /// Where it stands.
        var place: Place? {
            switch self {
            case .values(let settings): settings.first.map { $0.place ?? $0.value.place }
            case .condition(let node): node.place
            }
        }

        static let schema = Schema<Rule>.either(
            Schema<Rule>(
                Schema<String>.text("condition").shape, decode: { node, _ in .condition(node) },
                encode: { rule, _ in if case .condition(let node) = rule { PlainValue(node) } else { .null } }),
            Schema<[Keyed<Node>]>.map(of: "setting", to: .raw, keys: .axes).mapped(
                to: Rule.values, from: { if case .values(let settings) = $0 { settings } else { [] } }),
            writing: { if case .condition = $0 { 0 } else { 1 } })
    }

    /// Points that are drawn.
    struct Draw: Sendable {
        var points: Int
        var seed: Int
        var axes: [Keyed<Placed<Distribution>>]
    }

    /// How many points a sweep has at most unless `max_points` says otherwise.
    static let usualLimit = 10_000

    /// One map, or a list of them.
    static let listSchema = Schema<[SweepBlock]>.either(
        schema.mapped(to: { [$0] }, from: { $0[0] }), .list(of: schema, atLeast: 1), writing: { $0.count == 1 ? 0 : 1 })

    private static let axesSchema = Schema<[Keyed<[Node]>]>.map(
        of: "setting", to: .list(of: .raw, atLeast: 1), keys: .axes)

    private static let record = Record<SweepBlock>(
        "sweep",
        planned: [
            "search": "write what is to be tried under grid, random or quasi_random", "product": "ablate variants and points are a union",
        ],
        Field(
            "grid", \.grid, axesSchema, default: [], misnomers: ["axes", "parameters"],
            doc:
                "Settings and their values; every combination is one point: {training.batch_size: [128, 512]}. Values may be whole fragments."
        ),
        Field(
            "zip", \.zip,
            .either(axesSchema.mapped(to: { [$0] }, from: { $0[0] }), .list(of: axesSchema), writing: { $0.count == 1 ? 0 : 1 }),
            default: [], misnomers: ["paired", "pairs"],
            doc: "Settings whose values go together, the first with the first; lists of one length. A list of such maps is their product."),
        Field(
            optional: "random", \.random, Draw.schema, misnomers: ["sample"],
            doc: """
                Points drawn at random: {points: 50, training.optimizer.learning_rate: {log_uniform: [1e-4, 0.1]}}. More points begin with the same \
                ones, and one more setting leaves the others' values as they were.
                """),
        Field(
            optional: "quasi_random", \.quasiRandom, Draw.schema, misnomers: ["halton", "sobol", "quasirandom", "qmc"],
            doc: "The same with points that fill the space more evenly: a scrambled Halton sequence."),
        Field(
            "set", \.set, .map(of: "setting", to: .raw, keys: .settings), default: [], misnomers: ["derive", "derived", "with"],
            doc:
                "Further settings of every point, computed from its axes: {model.mlp.hidden: [=width, =width / 2]} for an axis called width."
        ),
        Field(
            "when", \.when, .map(of: "setting", to: Rule.schema, keys: .axes), default: [], misnomers: ["if", "conditions"],
            doc: """
                Axes that apply only where others have a value, {training.optimizer.momentum: {training.optimizer: sgd}}, in which a list is any of its \
                values; or where a condition is true: {depth: width >= 64 and optimizer in [sgd, adam]}, with == != < <= > >=, in, and, or, not, formulas, axes \
                by path or last word, settings of the baseline by path, and none for an axis that does not apply.
                """),
        Field(
            "exclude", \.exclude, .list(of: Rule.schema), default: [], misnomers: ["except", "skip"],
            doc: """
                Points to leave out: a list of {setting: value, …}, in which a list is any of its values, or of conditions: [width * depth > 512].
                """),
        Field(
            optional: "max_points", \.maxPoints, .integer(.atLeast(1, upTo: 1_000_000)), misnomers: ["limit", "max_runs"],
            doc: "How many points the sweep may have; 10,000 unless written."),
        Field(
            optional: ParameterMatch.key, \.match, ParameterMatch.schema, misnomers: ["equal", "same"], doc: ParameterMatch.doc),
        Field(
            optional: "finalists", \.finalists, finalistsSchema, misnomers: ["finals", "rerun"],
            doc: """
                The best points are trained again, and the baseline with them, on seeds that the sweep did not use: {top: 3, seeds: 10}. The winner is \
                named by these seeds alone.
                """),
        build: {
            SweepBlock(
                grid: $0, zip: $1, random: $2, quasiRandom: $3, set: $4, when: $5, exclude: $6, maxPoints: $7, match: $8, finalists: $9,
                place: nil)
        })

    private static let finalistsSchema = Record<FinalistSettings>(
        "finalists",
        Field("top", \.top, .integer(.atLeast(1, upTo: 100)), misnomers: ["n", "count", "best"], doc: "How many of the best points."),
        Field(
            "seeds", \.seeds, .integer(.atLeast(3, upTo: 1000)), misnomers: ["fresh", "fresh_seeds"],
            doc: "With how many fresh seeds each; fewer than three give no verdict."),
        build: FinalistSettings.init
    ).schema.placed

    private static let schema: Schema<SweepBlock> = {
        let plain = record.schema
        return Schema(
            plain.shape,
            decode: { node, decoding in
                guard var block = plain.decode(node, &decoding) else { return nil }
                block.place = node.entries?.first?.keyPlace ?? node.place
                guard block.hasAxes else {
                    let empty = ["grid", "zip"].first { node[$0] != nil }
                    decoding.report(
                        empty.map { "the \($0) names no setting" } ?? "this sweeps over nothing",
                        at: empty.flatMap { node[$0]?.place } ?? node.place.opening,
                        help: empty == nil ? "write grid, zip, random or quasi_random" : "such as training.batch_size: [128, 512]")
                    return nil
                }
                return block
            }, encode: { plain.encode($0, for: $1) })
    }()

    /// The words of all conditions.
    var conditionWords: [String] {
        (when.map(\.value) + exclude).flatMap { rule -> [String] in
            guard case .condition(let node) = rule, let condition = try? Condition(node.scalar?.text ?? "") else { return [] }
            return condition.words
        }
    }

    private var hasAxes: Bool {
        !(grid.isEmpty && zip.allSatisfy(\.isEmpty) && random == nil && quasiRandom == nil)
    }
}

extension SweepBlock.Draw {
    fileprivate static let schema = Schema<([Int], [Keyed<Placed<Distribution>>])>.map(
        of: "setting", to: Distribution.schema.placed,
        beside: Record<[Int]>(
            "the draw",
            Field(
                "points", { $0[0] }, .integer(.atLeast(1, upTo: 1_000_000_000)), misnomers: ["n", "count", "n_trials"],
                doc: "How many points are drawn."),
            Field("seed", { $0[1] }, .integer(.atLeast(0, upTo: 4_294_967_295)), default: 0, doc: "What they are drawn by."),
            build: { [$0, $1] }),
        keys: .axes
    ).mapped(
        to: { SweepBlock.Draw(points: $0[0], seed: $0[1], axes: $1) }, from: { ([$0.points, $0.seed], $0.axes) }
    ).checked {
        $0.axes.isEmpty ? Problem("% names no setting", help: "such as training.optimizer.learning_rate: {log_uniform: [1e-4, 0.1]}") : nil
    }
}

/// A value and where it stands.
struct Placed<Value: Sendable>: Sendable {
    let value: Value
    let place: Place?
}

extension Schema where Value: Sendable {
    /// The same, with its place.
    fileprivate var placed: Schema<Placed<Value>> {
        Schema<Placed<Value>>(
            shape, decode: { node, decoding in decode(node, &decoding).map { Placed(value: $0, place: node.place) } },
            encode: { value, purpose in encode(value.value, for: purpose) })
    }
}
