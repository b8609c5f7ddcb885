import Documents

/// The points of a sweep: every combination of its axes' values, the last axis fastest, without those that are excluded.
struct Grid {
    let axes: [Keyed<[Node]>]
    let exclude: [[Keyed<Node>]]

    /// How many points a sweep may have.
    static let limit = 10_000

    init(_ sweep: SweepHeader) {
        axes = sweep.grid
        exclude = sweep.exclude
    }

    /// The points, each a value for every axis; `nil` when something is wrong, which is reported.
    func points(_ decoding: inout Decoding) -> [[Setting]]? {
        guard let first = axes.first else { return nil }
        let size = axes.reduce(1) { size, axis in min(size * axis.value.count, Self.limit + 1) }
        guard size <= Self.limit else {
            let product = axes.map { String($0.value.count) }.joined(separator: " x ")
            decoding.report(
                "the grid has more than \(Self.limit.grouped) points: \(product)", at: place(of: first), help: "take values out")
            return nil
        }
        guard areAxesDistinct(&decoding), areExclusionsKnown(&decoding) else { return nil }

        var points: [[Setting]] = [[]]
        for axis in axes {
            points = points.flatMap { point in
                axis.value.map { point + [Setting(path: axis.key, place: place(of: axis), value: $0)] }
            }
        }
        var used: Set<Int> = []
        points.removeAll { point in
            let index = exclude.firstIndex { $0.allSatisfy { rule in point.contains { $0.path == rule.key && $0.says(rule.value) } } }
            if let index { used.insert(index) }
            return index != nil
        }
        for index in exclude.indices where !used.contains(index) {
            guard let rule = exclude[index].first else { continue }
            decoding.report("this matches no point of the grid that is left", at: rule.place ?? rule.value.place, help: "check its values")
        }
        return points
    }

    private func areAxesDistinct(_ decoding: inout Decoding) -> Bool {
        var isFine = true
        for axis in axes {
            var seen: Set<String> = []
            for value in axis.value where !seen.insert(PlainValue(value).canonicalJSON).inserted {
                decoding.report("\(axis.key) has this value twice", at: value.place, help: "take one out")
                isFine = false
            }
        }
        return isFine
    }

    private func areExclusionsKnown(_ decoding: inout Decoding) -> Bool {
        let known = axes.map(\.key)
        var isFine = true
        for rule in exclude.joined() where !known.contains(rule.key) {
            decoding.unknown("axis", rule.key, known: known, at: rule.place ?? rule.value.place)
            isFine = false
        }
        for (index, rules) in exclude.enumerated() where rules.isEmpty {
            decoding.report("exclude[\(index)] names no setting", at: axes[0].place ?? axes[0].value[0].place, help: "take it out")
            isFine = false
        }
        return isFine
    }

    private func place(of axis: Keyed<[Node]>) -> Place {
        axis.place ?? axis.value[0].place
    }
}

extension Setting {
    /// Whether the setting's value is that one.
    fileprivate func says(_ other: Node) -> Bool {
        PlainValue(value).canonicalJSON == PlainValue(other).canonicalJSON
    }
}
