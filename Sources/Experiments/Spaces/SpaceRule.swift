import Documents

/// Something that holds for some points of a space: axes have certain values, or a condition on them is true.
struct SpaceRule: Sendable {
    /// The axes that it looks at.
    let axes: Set<Int>
    private let test: Test

    private enum Test: Sendable {
        case values([(axis: Int, wanted: Node)])
        case condition(Condition, Node)
    }

    /// All of these axes have their value, or one of several: equal to it, or to one of its items, or a choice of that tag, as `{sgd: {momentum: 0.9}}` is
    /// `sgd`.
    init(_ values: [(axis: Int, wanted: Node)]) {
        axes = Set(values.map(\.axis))
        test = .values(values)
    }

    /// A condition as text, such as `width >= 64 and depth < 3`; `nil` when it is not understood, which is reported.
    init?(_ node: Node, _ text: String, axes all: [Axis], on tree: Node, _ decoding: inout Decoding) {
        do throws(Formula.Problem) {
            let condition = try Condition(text)
            let scope = FormulaScope(axes: all, point: Space.Point(repeating: nil, count: all.count), tree: tree)
            for (name, offset) in condition.names where try scope.axis(name, at: offset) == nil { _ = try scope.value(name, at: offset) }
            // Words that are compared may be axes as well.
            axes = Set(condition.words.compactMap { try? scope.axis($0, at: 0) })
            test = .condition(condition, node)
        } catch {
            decoding.report(error, in: node)
            return nil
        }
        if axes.isEmpty { decoding.report("the condition speaks of no axis", at: node.place, help: "name one, as in width >= 64") }
    }

    /// Whether it holds. A condition that makes no sense for the point's values does not, and is noted.
    func holds(in point: Space.Point, of space: Space) -> Bool {
        switch test {
        case .values(let values):
            return values.allSatisfy { axis, wanted in point[axis].map { Self.holds(wanted, for: $0) } ?? false }
        case .condition(let condition, let node):
            let scope = FormulaScope(axes: space.axes, point: point, tree: space.tree)
            do throws(Formula.Problem) {
                return try condition.holds { scope.operand($0) }
            } catch {
                space.problems.note(error, in: node)
                return false
            }
        }
    }

    private static func holds(_ wanted: Node, for value: Node) -> Bool {
        isSame(value, wanted) || wanted.items?.contains { isSame(value, $0) } == true
    }

    private static func isSame(_ value: Node, _ wanted: Node) -> Bool {
        if let tag = wanted.scalar, let entries = value.entries, entries.count == 1 { return entries[0].key == tag.text }
        return PlainValue(value).canonicalJSON == PlainValue(wanted).canonicalJSON
    }
}

/// What goes wrong with the conditions of a space while its points are gone through, each thing once.
final class RuleProblems {
    private(set) var found = Diagnostics()

    func note(_ problem: Formula.Problem, in node: Node) {
        var decoding = Decoding("the condition")
        decoding.report(problem, in: node)
        for finding in decoding.findings.all where !found.all.contains(finding) { found.all.append(finding) }
    }
}

extension FormulaScope {
    /// The axis of a name: its path, or the last word of it.
    func axis(_ name: String, at offset: Int) throws(Formula.Problem) -> Int? {
        if let exact = axes.firstIndex(where: { $0.key == name }) { return exact }
        let short = axes.indices.filter { axes[$0].shortName == name }
        guard short.count > 1 else { return short.first }
        throw Formula.Problem(
            message: "\(name) may be \(short.map { axes[$0].key }.joined(separator: " or "))", offset: offset,
            length: name.unicodeScalars.count)
    }

    /// What a name of a condition stands for: `none` for an axis that does not apply, the tag of a choice, the items of a list as text; `nil` for a name that is
    /// neither an axis nor a setting.
    fileprivate func operand(_ name: String) -> Condition.Value? {
        let axis = (try? self.axis(name, at: 0)) ?? nil
        if let axis, point[axis] == nil { return Condition.Value.none }
        guard let node = try? value(name, at: 0) else { return nil }
        switch node.content {
        case .map(let entries): return entries.count == 1 ? .text(entries[0].key) : .text(PlainValue(node).flowText)
        case .list: return .text(PlainValue(node).flowText)
        case .scalar(let scalar):
            return switch scalar.meaning {
            case .null: Condition.Value.none
            case .boolean(let value): .boolean(value)
            case .integer(let value): .number(Double(value))
            case .number(let value): .number(value)
            case .text: .text(scalar.text)
            }
        }
    }
}
