import Documents

/// `seeds:` as written: which there are, or with how many the comparisons begin and end.
enum SeedSettings: Hashable, Sendable {
    case list([Int])
    case growing(SeedGrowth)

    /// All that a variant may come to have.
    var all: [Int] {
        switch self {
        case .list(let seeds): seeds
        case .growing(let growth): Array(1...growth.to)
        }
    }

    var growth: SeedGrowth? {
        if case .growing(let growth) = self { growth } else { nil }
    }

    private static let most = 1000

    static let schema = Schema<SeedSettings>.either(
        Schema<Int>.integer(.atLeast(1, upTo: Double(most))).mapped(to: { .list(Array(1...$0)) }, from: \.all.count),
        Schema<[Int]>.list(of: .integer(.atLeast(0, upTo: 4_294_967_295)), atLeast: 1, upTo: most).checked { seeds in
            Set(seeds).count == seeds.count ? nil : Problem("% name a seed twice", help: "its second run would be the same run")
        }.mapped(to: { .list($0) }, from: \.all),
        Record<SeedGrowth>(
            "seeds",
            Field(
                "from", \.from, .integer(.atLeast(3, upTo: Double(most))), misnomers: ["min", "first", "start"],
                doc: "With how many seeds every variant begins; fewer than three give no verdict."),
            Field(
                "to", \.to, .integer(.atLeast(3, upTo: Double(most))), misnomers: ["max", "last", "end"],
                doc: "With how many seeds a comparison ends that is still open."),
            build: SeedGrowth.init
        ).schema.checked { growth in
            growth.to > growth.from
                ? nil
                : Problem(
                    "% go from \(growth.from) to \(growth.to), which adds none",
                    help: "such as {from: 4, to: 20}; a fixed number is seeds: \(growth.from)",
                    at: "to")
        }.mapped(to: { .growing($0) }, from: { $0.growth ?? SeedGrowth(from: 0, to: 0) }),
        writing: { seeds in
            switch seeds {
            case .list(let list): list == Array(1...max(1, list.count)) ? 0 : 1
            case .growing: 2
            }
        })
}
