import Documents
import Settings

extension ExperimentReader {
    /// The points of the sweep, block by block.
    ///
    /// - `tree`: the baseline.
    /// - `named`: the baseline as the file has it, without what was laid over it by hand; by it points are named.
    /// - `taken`: names that no point may have.
    mutating func sweepPoints(on tree: Node, named: Node, taken: [String]) -> [Variant] {
        guard let sweep = tree["sweep"], sweep.kind != .null,
            let blocks = decoding.inside("sweep", { SweepBlock.listSchema.decode(sweep, &$0) })
        else { return [] }
        let spaces = blocks.compactMap { Space($0, on: tree, &decoding) }
        guard spaces.count == blocks.count, isCountBearable(spaces) else { return [] }

        var names = PointNames(taken: Set(taken + ["baseline"]))
        for axis in spaces.flatMap(\.axes) { names.settle(axis.key) }
        var baselineValues = BaselineValues(tree: named)
        var parts = TrialParts(tree: tree)
        var findings = VariantFindings(known: decoding.findings.all)
        let count = decoding.findings.all.count
        var variants: [Variant] = []
        var fullNames: [String?] = []
        var seen: [(space: Space, used: Set<Int>, applied: Set<Int>, left: Int)] = []
        for space in spaces {
            var used: Set<Int> = []
            var applied: Set<Int> = []
            var left = 0
            var visited: [Space.VisitedPoint] = []
            space.forEachPoint { values in
                for axis in values.indices where values[axis] != nil { applied.insert(axis) }
                guard let point = space.resolved(values, on: tree, &decoding) else {
                    let written = space.written(values)
                    let name = written.axes.map { "\($0.path) = \(PlainValue($0.value).flowText)" }.joined(separator: ", ")
                    findings.look(at: written.all, origin: .sweep)
                    return findings.take(&decoding.findings, since: count, of: name, written.all, origin: .sweep)
                }
                if let rule = space.exclusions.firstIndex(where: { $0.holds(in: point.values, of: space) }) {
                    used.insert(rule)
                    return
                }
                left += 1
                let (name, full) = names.name(space.parts(of: point, baselineValues: &baselineValues))
                let (ordered, changes) = (point.settings.inOrder, point.changes)
                let variant =
                    parts.trial(changing: ordered).map {
                        Variant(name: name, origin: .sweep, changes: changes, trial: $0, tree: tree, settings: ordered, file: file)
                    } ?? variant(named: name, origin: .sweep, settings: ordered, on: tree, changes: changes)
                // What is wrong with a value may come from a variable that it is computed from.
                let told = ordered + space.written(values).axes.filter { axis in !ordered.contains { $0.path == axis.path } }
                findings.look(at: told, origin: .sweep)
                findings.take(&decoding.findings, since: count, of: name, told, origin: .sweep)
                guard var variant else { return }
                variant.isMatched = space.block.match != nil
                variants.append(variant)
                visited.append(Space.VisitedPoint(written: values, resolved: point.values, name: name))
                fullNames.append(full)
            }
            seen.append((space, used, applied, left))
            if let design = space.design(of: visited) { designs.append(design) }
        }
        decoding.findings.all += findings.told
        for (space, used, applied, left) in seen {
            if space.problems.found.all.isEmpty { checkRules(of: space, used: used, applied: applied, left: left) }
            decoding.findings.all += space.problems.found.all
        }
        // The long name of a point is understood as well, unless another point has it.
        let short = Set(variants.map(\.name) + taken)
        for index in variants.indices {
            if let full = fullNames[index], !short.contains(full) { variants[index].aliases.append(full) }
        }
        return variants
    }

    private mutating func isCountBearable(_ spaces: [Space]) -> Bool {
        let limit = spaces.compactMap(\.block.maxPoints).max() ?? SweepBlock.usualLimit
        let counts = spaces.map(\.count)
        let total = counts.reduce(0) { sum, count in
            let (next, isBeyond) = sum.addingReportingOverflow(count)
            return isBeyond ? .max : next
        }
        guard total > limit, let largest = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return true }
        let amount = total == .max ? "too many points to count" : "\(total.grouped) points"
        let product = spaces.count == 1 && spaces[0].groups.count > 1 ? " (\(spaces[0].product))" : ""
        let isPossible = total <= 1_000_000
        decoding.report(
            "the sweep has \(amount)\(product), and may have \(limit.grouped)", at: spaces[largest].place,
            help: isPossible ? "take values out, or write max_points: \(total)" : "take values out")
        return false
    }

    /// Reports rules that can have been meant otherwise only; which points are drawn is chance.
    private mutating func checkRules(of space: Space, used: Set<Int>, applied: Set<Int>, left: Int) {
        if left == 0, !used.isEmpty {
            decoding.report("exclude leaves no point of this block", at: space.excludePlace, help: "take a rule out, or the block")
            return
        }
        guard space.block.random == nil, space.block.quasiRandom == nil else { return }
        for entry in space.block.when {
            guard let axis = space.axes.firstIndex(where: { $0.key == entry.key }), !applied.contains(axis) else { continue }
            decoding.report("\(entry.key) applies in no point", at: entry.place ?? space.place, help: "check its condition")
        }
        for (index, rule) in space.block.exclude.enumerated() where !used.contains(index) {
            decoding.report("this matches no point of the sweep that is left", at: rule.place ?? space.place, help: "check its values")
        }
    }
}

/// A point of a space with everything worked out.
struct ResolvedPoint {
    /// By axis.
    let values: Space.Point
    /// What it changes, in the order of the file.
    let settings: [Setting]

    /// The same for people.
    var changes: [Change] { settings.map { Change(path: $0.path, text: PlainValue($0.value).flowText) } }
}

extension Space {
    /// A point with its formulas worked out; `nil` when one of them cannot be, which is reported.
    func resolved(_ point: Point, on tree: Node, _ decoding: inout Decoding) -> ResolvedPoint? {
        let scope = FormulaScope(axes: axes, point: point, tree: tree)
        var values = point
        var isComplete = true
        for (axis, value) in point.enumerated() {
            guard let value else { continue }
            values[axis] = formulas.resolved(value, in: scope, &decoding)
            isComplete = isComplete && values[axis] != nil
        }
        guard isComplete, let settings = settings(for: values, on: tree, &decoding) else { return nil }
        let derived = block.set.compactMap { setting in
            formulas.resolved(setting.value, in: scope, &decoding).map {
                Setting(path: setting.key, place: setting.place ?? setting.value.place, value: $0)
            }
        }
        return derived.count == block.set.count ? ResolvedPoint(values: values, settings: settings + derived) : nil
    }

    /// The values of the axes that apply and what `set` computes from them, as they are written.
    func written(_ point: Point) -> (axes: [Setting], all: [Setting]) {
        let values = Swift.zip(axes, point).compactMap { axis, value in
            value.map { Setting(path: axis.key, place: axis.place, value: $0) }
        }
        let derived = block.set.map { Setting(path: $0.key, place: $0.place ?? $0.value.place, value: $0.value) }
        return (values, values + derived)
    }

    /// Where the rules stand that leave points out.
    fileprivate var excludePlace: Place {
        block.exclude.first?.place ?? place
    }

    /// What the values of the axes change.
    func settings(for values: Point, on tree: Node, _ decoding: inout Decoding) -> [Setting]? {
        var settings: [Setting] = []
        var isShapeSet = false
        for (axis, value) in Swift.zip(axes, values) {
            guard let value else { continue }
            switch axis.role {
            case .variable: continue
            case .setting: settings.append(Setting(path: axis.key, place: axis.place, value: value))
            case .depth, .width:
                if isShapeSet { continue }
                isShapeSet = true
                guard let hidden = hiddenLayers(values, on: tree, &decoding) else { return nil }
                settings.append(Setting(path: "model.mlp.hidden", place: axis.place, value: hidden))
            }
        }
        return settings
    }

    /// The hidden layers of a depth and a width, of which the baseline gives the one that is no axis.
    private func hiddenLayers(_ values: Point, on tree: Node, _ decoding: inout Decoding) -> Node? {
        func value(_ role: Axis.Role) -> (axis: Axis, value: Node)? {
            let index = axes.indices.first { axes[$0].role == role && values[$0] != nil }
            return index.flatMap { index in values[index].map { (axes[index], $0) } }
        }
        let standing = tree["model"]?["mlp"]?["hidden"]?.items ?? []
        let depth = value(.depth)
        let width = value(.width)
        guard let place = depth?.axis.place ?? width?.axis.place else { return nil }
        let count: Int
        if let depth {
            let schema = Schema<Int>.integer(.atLeast(0, upTo: Double(ModelSettings.mostLayers)))
            guard let number = decoding.inside("depth", { schema.decode(depth.value, &$0) }) else { return nil }
            count = number
        } else {
            count = standing.count
        }
        if let width { return Node(.list(Array(repeating: width.value, count: count)), at: width.value.place) }
        let texts = Set(standing.map { PlainValue($0).canonicalJSON })
        guard let first = standing.first, texts.count == 1 else {
            decoding.report(
                "a depth needs a width, and the baseline's hidden layers have \(standing.isEmpty ? "none" : "several")", at: place,
                help: "add \(Axis.widthKey) to the axes")
            return nil
        }
        return Node(.list(Array(repeating: first, count: count)), at: depth?.value.place ?? place)
    }

    /// What the name of a point is made of.
    fileprivate func parts(of point: ResolvedPoint, baselineValues: inout BaselineValues) -> [PointNames.Part] {
        axes.indices.compactMap { index in
            guard let value = point.values[index] else { return nil }
            let isDrawn = groups.contains { $0.axes.contains(index) && $0.drawsNumbers(for: index) }
            let spelled = axes[index].key + "=" + PlainValue(value).canonicalJSON
            return PointNames.Part(
                key: axes[index].key, value: value, spelled: spelled, isDrawn: isDrawn,
                isOfBaseline: !isDrawn && axes[index].role != .variable
                    && baselineValues.contain(value, spelled: spelled, of: index, in: self))
        }
    }
}

/// Which values of axes the baseline has as well.
private struct BaselineValues {
    let tree: Node
    private let canonical: String?
    private var known: [String: Bool] = [:]

    init(tree: Node) {
        self.tree = tree
        var quiet = Decoding("the experiment")
        canonical = TrialSettings.record.decodeFields(tree, &quiet).map { Trial($0).canonical }
    }

    mutating func contain(_ value: Node, spelled: String, of axis: Int, in space: Space) -> Bool {
        guard let canonical else { return false }
        if let answer = known[spelled] { return answer }
        var values = Space.Point(repeating: nil, count: space.axes.count)
        values[axis] = value
        var quiet = ExperimentReader(file: "", name: nil, decoding: Decoding("the experiment"))
        let settings = space.settings(for: values, on: tree, &quiet.decoding)
        let trial = settings.flatMap { quiet.changed(tree, by: $0) }.flatMap { TrialSettings.record.decodeFields($0, &quiet.decoding) }
        let answer = trial.map { Trial($0).canonical } == canonical
        known[spelled] = answer
        return answer
    }
}
