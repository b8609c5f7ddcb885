import Experiments
import Projects
import RunStore
import Scheduling
import Statistics

/// Two groups of runs side by side: what differs in their settings and circumstances, then their figures with the paired differences.
struct ComparisonText {
    let one: RunGroup
    let other: RunGroup
    let showsAll: Bool

    init(_ one: RunGroup, _ other: RunGroup, showsAll: Bool) {
        self.one = one
        self.other = other
        self.showsAll = showsAll
    }

    var text: String {
        (settings + [""] + figures).joined(separator: "\n") + "\n"
    }

    // MARK: - Settings and circumstances

    private var settings: [String] {
        var table = TextTable([("", .left), (one.title, .left), (other.title, .left)])
        let rows = settingRows + circumstances
        for row in rows { table.add([row.name, row.one, row.other]) }
        return rows.isEmpty ? ["  the same settings, data and engine"] : table.lines
    }

    private var settingRows: [(name: String, one: String, other: String)] {
        let differences = Trial.differences(from: one.canonical, to: other.canonical)
        guard showsAll else { return differences.map { ($0.path, $0.old ?? "–", $0.new ?? "–") } }
        let changed = Dictionary(differences.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let same = Trial.flattened(canonical: one.canonical).filter { changed[$0.path] == nil }
        return differences.map { ($0.path, $0.old ?? "–", $0.new ?? "–") } + same.map { ($0.path, $0.text, $0.text) }
    }

    /// What else can make figures differ, or tells the groups apart.
    private var circumstances: [(name: String, one: String, other: String)] {
        let facts: [(name: String, of: (Record) -> String)] = [
            ("data content", { String($0.digests.content.prefix(12)) }), ("data encoding", { String($0.digests.encoding.prefix(12)) }),
            ("engine results version", { String($0.resultsVersion) }),
            ("instructions", { $0.provenance.versions["instructions"] ?? "–" }), ("processor", { $0.provenance.processor }),
            ("ablate", { $0.provenance.versions["ablate"] ?? "–" }),
            ("commit", { $0.provenance.commit.map { String($0.prefix(8)) } ?? "–" }),
        ]
        let told = facts.map { fact in
            (fact.name, Self.all(one.runs.map { fact.of($0.record) }), Self.all(other.runs.map { fact.of($0.record) }))
        }
        let seeds = ("seeds", Self.all(one.runs.map { String($0.record.seed) }), Self.all(other.runs.map { String($0.record.seed) }))
        return ([seeds] + told).filter { showsAll || $0.1 != $0.2 }.map { (name: $0.0, one: $0.1, other: $0.2) }
    }

    /// Each once, in the order in which they come.
    private static func all(_ texts: [String]) -> String {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }.joined(separator: ", ")
    }

    // MARK: - Figures

    private var figures: [String] {
        let (left, right) = (Set(one.runs.flatMap(\.record.figures.keys)), Set(other.runs.flatMap(\.record.figures.keys)))
        var table = TextTable([
            ("figure", .left), (one.title, .right), (other.title, .right), ("difference", .right), ("95 % interval", .right),
            ("variation of", .left), ("pairs", .right),
        ])
        for name in left.union(right).sorted(by: { Self.order($0, $1) }) {
            table.add([name, Self.spoken(one.sample(name)), Self.spoken(other.sample(name))] + Self.difference(name, one, other))
        }
        table.add(["parameters", Self.count(one), Self.count(other), "–", "–", "–", "–"])
        let (seconds, others) = (one.runs.compactMap(\.record.timings?.total), other.runs.compactMap(\.record.timings?.total))
        table.add(["seconds a run", Self.spoken(Sample(seconds)), Self.spoken(Sample(others)), "–", "–", "–", "–"])
        return table.lines + [
            "",
            "  Means ± standard deviations over runs. Intervals are of one comparison alone and cover the variation named: of seeds, and of examples where predictions are stored.",
        ]
    }

    /// Validation figures before those of training and test.
    private static func order(_ one: String, _ other: String) -> Bool {
        func rank(_ name: String) -> Int { name.hasPrefix("val_") ? 0 : name.hasPrefix("test_") ? 2 : 1 }
        return (rank(one), one) < (rank(other), other)
    }

    private static func difference(_ name: String, _ one: RunGroup, _ other: RunGroup) -> [String] {
        guard let differences = other.differences(name, to: one) else {
            // Two runs of different seeds are no pair, and yet differ.
            guard one.runs.count == 1, other.runs.count == 1, let left = one.sample(name), let right = other.sample(name) else {
                return ["–", "–", "–", "0"]
            }
            return [signed(right.mean - left.mean), "–", "–", "0"]
        }
        let estimate = other.estimate(name, minus: one)
        guard let estimate, let interval = estimate.interval() else {
            return [signed(differences.mean), "–", "–", String(differences.count)]
        }
        return [
            signed(estimate.mean), "[\(signed(interval.lower)), \(signed(interval.upper))]", luck(estimate.basis), String(estimate.seeds),
        ]
    }

    private static func luck(_ basis: DifferenceEstimate.Basis) -> String {
        switch basis {
        case .seedsAndExamples: "seeds, examples"
        case .examples: "examples"
        case .seeds: "seeds"
        case .folds: "folds"
        }
    }

    private static func spoken(_ sample: Sample?) -> String {
        guard let sample else { return "–" }
        return number(sample.mean) + (sample.standardDeviation.map { " ± \(Scheduling.spoken(figure: $0))" } ?? "")
    }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + number(value)
    }

    /// With a real minus sign, as in reports.
    private static func number(_ value: Double) -> String {
        let text = Scheduling.spoken(figure: value)
        return text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }

    private static func count(_ group: RunGroup) -> String {
        group.runs[0].record.parameters.map(grouped) ?? "–"
    }

    // MARK: - Variants of two experiments

    /// Variants that both experiments have, with the figure that chooses.
    static func variants(_ pairs: [(RunGroup, RunGroup)], metric: String) -> String {
        guard !pairs.isEmpty else { return "" }
        var table = TextTable([
            ("variant, \(metric)", .left), ("first", .right), ("second", .right), ("difference", .right), ("95 % interval", .right),
            ("variation of", .left), ("pairs", .right),
        ])
        for (one, other) in pairs {
            let name = one.title.split(separator: ":", maxSplits: 1).last.map(String.init) ?? one.title
            table.add([name, spoken(one.sample(metric)), spoken(other.sample(metric))] + difference(metric, one, other))
        }
        return "\n" + table.lines.joined(separator: "\n") + "\n"
    }
}
