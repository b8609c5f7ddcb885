import Documents

// MARK: - Changes

extension Design {
    /// Named changes of which every combination is a variant, under the name that `variantName` gives it.
    init(combining changes: [String], variantName: ([String]) -> String) {
        let cells = (0..<1 << changes.count).map { cell in
            let chosen = changes.indices.filter { cell >> (changes.count - 1 - $0) & 1 == 1 }.map { changes[$0] }
            return chosen.isEmpty ? "baseline" : variantName(chosen)
        }
        self = .grid(Grid(factors: changes.map(Factor.change), cells: cells))
    }
}

// MARK: - Sweeps

extension Space {
    /// A point as it was visited, before formulas were worked out and after, and the name it got.
    struct VisitedPoint {
        let written: Point
        let resolved: Point
        let name: String
    }

    /// What the points of the space were put together from: all combinations, or draws; nil where points are missing in a grid.
    func design(of visited: [VisitedPoint]) -> Design? {
        let isDrawn = block.random != nil || block.quasiRandom != nil
        return isDrawn ? search(visited) : grid(visited)
    }

    private func grid(_ visited: [VisitedPoint]) -> Design? {
        guard block.when.isEmpty, visited.count == groups.reduce(1, { $0 * $1.count }) else { return nil }
        let factors = groups.filter { $0.count > 1 }.map { group -> Design.Factor in
            let levels = (0..<group.count).map { row in group.row(row).map { PlainValue($0).flowText }.joined(separator: ", ") }
            return .setting(name(of: group), levels: levels)
        }
        return factors.isEmpty ? nil : .grid(Design.Grid(factors: factors, cells: visited.map(\.name)))
    }

    private func search(_ visited: [VisitedPoint]) -> Design? {
        var settings: [Design.SearchedSetting] = []
        var columns: [[Double?]] = []
        for group in groups where group.count > 1 {
            let drawn = group.isDrawn
            // The values of a zip go together, as one setting would.
            for axis in drawn ? Array(group.axes) : [group.axes.lowerBound] {
                let scale = drawn ? scale(of: axes[axis].key) : nil
                if let scale, case .linear = scale {
                    columns.append(visited.map { $0.resolved[axis]?.number })
                    settings.append(Design.SearchedSetting(name: name(of: axis), scale: scale))
                } else if let scale, case .logarithmic = scale {
                    columns.append(visited.map { $0.resolved[axis]?.number })
                    settings.append(Design.SearchedSetting(name: name(of: axis), scale: scale))
                } else {
                    let values = drawn ? choices(of: axes[axis].key) : (0..<group.count).map { group.row($0)[axis - group.axes.lowerBound] }
                    let places = Dictionary(
                        values.enumerated().map { (PlainValue($1).canonicalJSON, Double($0)) }, uniquingKeysWith: { first, _ in first })
                    let texts =
                        drawn || group.axes.count == 1
                        ? values.map { PlainValue($0).flowText }
                        : (0..<group.count).map { group.row($0).map { PlainValue($0).flowText }.joined(separator: ", ") }
                    columns.append(visited.map { point in point.written[axis].flatMap { places[PlainValue($0).canonicalJSON] } })
                    settings.append(
                        Design.SearchedSetting(name: drawn ? name(of: axis) : name(of: group), scale: .choice(texts)))
                }
            }
        }
        let points = visited.indices.map { row in
            Design.Search.Point(variant: visited[row].name, values: columns.map { $0[row] })
        }
        return settings.isEmpty ? nil : .search(Design.Search(settings: settings, points: points))
    }

    private func distribution(of key: String) -> Distribution? {
        [block.random, block.quasiRandom].compactMap(\.self).flatMap(\.axes).first { $0.key == key }?.value.value
    }

    private func choices(of key: String) -> [Node] {
        if case .choice(let values)? = distribution(of: key) { return values }
        return []
    }

    private func scale(of key: String) -> Design.SearchedSetting.Scale? {
        switch distribution(of: key) {
        case .uniform, .normal: .linear(isWhole: false)
        case .intUniform: .linear(isWhole: true)
        case .logUniform, .logNormal: .logarithmic(isWhole: false)
        case .intLogUniform: .logarithmic(isWhole: true)
        case .choice, nil: nil
        }
    }

    /// The last word of an axis, or its whole path where another one ends alike.
    private func name(of axis: Int) -> String {
        axes.count { $0.shortName == axes[axis].shortName } == 1 ? axes[axis].shortName : axes[axis].key
    }

    private func name(of group: AxisGroup) -> String { group.axes.map(name(of:)).joined(separator: ", ") }
}
