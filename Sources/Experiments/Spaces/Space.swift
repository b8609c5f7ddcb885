import Documents

/// A block of a sweep: the product of its groups of axes, the last group fastest, without what does not apply or is excluded.
struct Space {
    let axes: [Axis]
    private(set) var groups: [AxisGroup] = []
    /// The groups in the order in which they are gone through: that of the file, but each behind those that its conditions look at.
    private var order: [Int] = []
    /// By axis, what must hold for it to apply.
    private var conditions: [Int: SpaceRule] = [:]
    /// Where one of them holds, there is no point.
    private(set) var exclusions: [SpaceRule] = []
    /// What goes wrong with rules.
    let problems = RuleProblems()
    /// The baseline.
    let tree: Node
    let block: SweepBlock
    let formulas: Formulas
    let place: Place

    /// A value for every axis that applies.
    typealias Point = [Node?]

    /// The space of a block; `nil` when something is wrong with it, which is reported.
    init?(_ block: SweepBlock, on tree: Node, _ decoding: inout Decoding) {
        let errorCount = decoding.findings.errorCount
        self.block = block
        self.tree = tree
        place = block.place ?? tree.place
        formulas = Formulas(of: block, &decoding)
        var axes: [Axis] = []
        let (start, names) = (place, formulas.names.union(block.conditionWords))
        func add<Value>(_ keyed: [Keyed<Value>]) -> Range<Int> {
            axes += keyed.map { Axis($0.key, at: $0.place ?? start, names: names) }
            return axes.count - keyed.count..<axes.count
        }
        for axis in block.grid { groups.append(AxisGroup(axes: add([axis]), values: [axis.value])) }
        for zipped in block.zip where !zipped.isEmpty {
            Self.checkLengths(of: zipped, at: start, &decoding)
            groups.append(AxisGroup(axes: add(zipped), values: zipped.map(\.value)))
        }
        for (draw, evenly) in [(block.random, false), (block.quasiRandom, true)] {
            guard let draw else { continue }
            guard draw.axes.count <= ScrambledHalton.dimensions else {
                decoding.report("more than \(ScrambledHalton.dimensions) settings are drawn", at: start)
                return nil
            }
            groups.append(AxisGroup(axes: add(draw.axes), drawing: draw, evenly: evenly, at: start))
        }
        self.axes = axes
        // A name that is misspelt elsewhere is told there.
        checkAxes(areNamesUsed: !names.isEmpty || decoding.findings.errorCount > errorCount, &decoding)
        for entry in block.when {
            guard let axis = axis(entry.key, at: entry.place, &decoding), let rule = rule(entry.value, &decoding) else { continue }
            conditions[axis] = rule
        }
        exclusions = block.exclude.enumerated().compactMap { index, written in
            if case .values(let values) = written, values.isEmpty {
                decoding.report("exclude[\(index)] names no setting", at: start, help: "take it out")
            }
            return rule(written, &decoding)
        }
        guard decoding.findings.errorCount == errorCount, findOrder(&decoding) else { return nil }
    }

    // MARK: - Points

    /// Goes through all points.
    func forEachPoint(_ body: (Point) -> Void) {
        var point = Point(repeating: nil, count: axes.count)
        // Values of a group that do not apply leave equal points behind.
        var seen: Set<String>? = conditions.isEmpty || groups.allSatisfy { $0.axes.count == 1 } ? nil : []
        visit(0, &point) { point in
            let key = seen == nil ? "" : point.map { $0.map { PlainValue($0).canonicalJSON } ?? "-" }.joined(separator: ";")
            if seen?.insert(key).inserted ?? true { body(point) }
        }
    }

    private func visit(_ step: Int, _ point: inout Point, _ body: (Point) -> Void) {
        guard step < order.count else { return body(point) }
        let group = groups[order[step]]
        if group.axes.count == 1, !applies(group.axes.lowerBound, in: point) {
            point[group.axes.lowerBound] = nil
            return visit(step + 1, &point, body)
        }
        for index in 0..<group.count {
            for (axis, value) in Swift.zip(group.axes, group.row(index)) { point[axis] = value }
            for axis in group.axes where !applies(axis, in: point) { point[axis] = nil }
            visit(step + 1, &point, body)
        }
    }

    private func applies(_ axis: Int, in point: Point) -> Bool {
        conditions[axis]?.holds(in: point, of: self) ?? true
    }

    /// How many points there are before any is excluded, found without building them; `Int.max`: too many to count.
    var count: Int {
        let watched = conditions.values.reduce(into: Set<Int>()) { $0.formUnion($1.axes) }
        var point = Point(repeating: nil, count: axes.count)
        var visits = 0
        func count(from step: Int) -> Int {
            guard step < order.count else { return 1 }
            visits += 1
            let group = groups[order[step]]
            if group.axes.count == 1, !applies(group.axes.lowerBound, in: point) {
                point[group.axes.lowerBound] = nil
                return count(from: step + 1)
            }
            guard group.axes.contains(where: watched.contains) else {
                let (product, isBeyond) = group.count.multipliedReportingOverflow(by: count(from: step + 1))
                return isBeyond ? .max : product
            }
            var sum = 0
            for index in 0..<group.count {
                guard visits < Self.mostVisits else { return .max }
                for (axis, value) in Swift.zip(group.axes, group.row(index)) { point[axis] = value }
                for axis in group.axes where !applies(axis, in: point) { point[axis] = nil }
                let (next, isBeyond) = sum.addingReportingOverflow(count(from: step + 1))
                if isBeyond { return .max }
                sum = next
            }
            return sum
        }
        return count(from: 0)
    }

    private static let mostVisits = 100_000

    /// The numbers of values that are multiplied, such as `200 x 200`.
    var product: String { groups.map { $0.count.grouped }.joined(separator: " x ") }
}

// MARK: - Checks

extension Space {
    private static func checkLengths(of zipped: [Keyed<[Node]>], at start: Place, _ decoding: inout Decoding) {
        guard let first = zipped.first else { return }
        for other in zipped.dropFirst() where other.value.count != first.value.count {
            decoding.report(
                "zipped settings need values in equal numbers: \(first.key) has \(first.value.count), \(other.key) has \(other.value.count)",
                at: other.place ?? start, help: "or move one of them to grid, for all combinations")
        }
    }

    private func checkAxes(areNamesUsed: Bool, _ decoding: inout Decoding) {
        var seen: Set<String> = []
        for axis in axes where !seen.insert(axis.key).inserted {
            decoding.report("\(axis.key) is an axis twice", at: axis.place, help: "give all of its values in one place")
        }
        for axis in axes where !areNamesUsed && axis.role == .setting && axis.isWord && !ExperimentReader.isTrialKey(axis.key) {
            let isOfPerceptron = axis.key == "depth" || axis.key == "width"
            decoding.report(
                "no setting is called \"\(axis.key.shortened)\", and no formula or condition uses it", at: axis.place,
                help: isOfPerceptron
                    ? "for all hidden layers of a mlp write model.mlp.\(axis.key)" : "write a setting's path, such as training.epochs")
        }
        for derived in block.set where seen.contains(derived.key) {
            decoding.report("\(derived.key) is an axis already", at: derived.place ?? derived.value.place, help: "take it out of set")
        }
        let hasShape = axes.contains { $0.role == .depth || $0.role == .width }
        for axis in axes where hasShape && axis.key.hasPrefix("model.mlp.hidden") {
            decoding.report(
                "\(axis.key) and \(Axis.depthKey) or \(Axis.widthKey) exclude each other", at: axis.place, help: "keep one of them")
        }
        for axis in block.grid {
            var values: Set<String> = []
            for value in axis.value where !values.insert(PlainValue(value).canonicalJSON).inserted {
                decoding.report("\(axis.key) has this value twice", at: value.place, help: "take one out")
            }
        }
    }

    private func axis(_ key: String, at place: Place?, _ decoding: inout Decoding) -> Int? {
        if let index = axes.firstIndex(where: { $0.key == key }) { return index }
        decoding.unknown("axis", key, known: axes.map(\.key), at: place ?? self.place)
        return nil
    }

    private func rule(_ written: SweepBlock.Rule, _ decoding: inout Decoding) -> SpaceRule? {
        switch written {
        case .values(let settings):
            return SpaceRule(
                settings.compactMap { setting in
                    axis(setting.key, at: setting.place ?? setting.value.place, &decoding).map { ($0, setting.value) }
                })
        case .condition(let node): return SpaceRule(node, node.scalar?.text ?? "", axes: axes, on: tree, &decoding)
        }
    }

    /// Puts the groups into an order in which conditions look back only; `false` when they look at each other in a circle.
    private mutating func findOrder(_ decoding: inout Decoding) -> Bool {
        var waiting = Array(groups.indices)
        var known: Set<Int> = []
        while !waiting.isEmpty {
            let ready = waiting.firstIndex { index in
                groups[index].axes.allSatisfy { axis in
                    conditions[axis]?.axes.allSatisfy { known.contains($0) || (groups[index].axes.contains($0) && $0 < axis) } ?? true
                }
            }
            guard let ready else {
                let entry = block.when.first { entry in groups[waiting[0]].axes.contains { axes[$0].key == entry.key } } ?? block.when.first
                decoding.report(
                    "these conditions look at each other in a circle", at: entry?.place ?? place,
                    help: "an axis may depend on those that do not depend on it; within one zip or draw, on those before it")
                return false
            }
            known.formUnion(groups[waiting[ready]].axes)
            order.append(waiting.remove(at: ready))
        }
        return true
    }
}
