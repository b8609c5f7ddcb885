import Documents

/// `ablate:` as written: named changes, and those that are combined.
struct AblateHeader: Sendable {
    /// Each is a variant.
    var named: [Keyed<Node>]
    /// Each is a variant, too: the baseline and one of them.
    var addOne: [Keyed<Node>]
    /// The baseline has them all, and each variant is without one.
    var leaveOneOut: [Keyed<Node>]
    /// Every combination of them is a variant.
    var factorial: [Keyed<Node>]

    static let nothing = AblateHeader(named: [], addOne: [], leaveOneOut: [], factorial: [])

    /// The names of the modes.
    static let modes = ["leave_one_out", "add_one", "factorial"]

    /// What may stand in a variant beside its settings.
    static let besideSettings = Record<ParameterMatch?>(
        "variant", Field(optional: ParameterMatch.key, { $0 }, ParameterMatch.schema, doc: ParameterMatch.doc), build: { $0 })

    private static let changes = Schema<[Keyed<Node>]>.map(of: "variant", to: .rawSettings(beside: besideSettings))

    static let schema = Schema<(AblateHeader, [Keyed<Node>])>.map(
        of: "variant", to: .rawSettings(beside: besideSettings),
        beside: Record<AblateHeader>(
            "ablate",
            Field(
                "leave_one_out", \.leaveOneOut, changes, default: [],
                doc: "Named changes that the baseline has all of; each variant is without one: without-NAME."),
            Field(
                "add_one", \.addOne, changes, default: [],
                doc: "Named changes; each variant is the baseline and one of them, as beside add_one."),
            Field(
                "factorial", \.factorial, changes, default: [],
                doc: "Named changes; every combination of them is a variant: NAME, NAME-and-OTHER, …"),
            build: { AblateHeader(named: [], addOne: $1, leaveOneOut: $0, factorial: $2) })
    ).mapped(
        to: { AblateHeader(named: $1, addOne: $0.addOne, leaveOneOut: $0.leaveOneOut, factorial: $0.factorial) },
        from: { ($0, $0.named) })
}
