import Documents

/// The formulas of a block, read once, and what they come to in a point.
struct Formulas {
    private var byText: [String: Formula] = [:]

    /// Every name in them.
    private(set) var names: Set<String> = []

    /// Reads all formulas of a block; what is wrong with their text is reported.
    init(of block: SweepBlock, _ decoding: inout Decoding) {
        for axis in block.grid + block.zip.joined() {
            for value in axis.value { read(value, &decoding) }
        }
        for axis in (block.random?.axes ?? []) + (block.quasiRandom?.axes ?? []) {
            guard case .choice(let values) = axis.value.value else { continue }
            for value in values { read(value, &decoding) }
        }
        for setting in block.set { read(setting.value, &decoding) }
    }

    private mutating func read(_ node: Node, _ decoding: inout Decoding) {
        switch node.content {
        case .list(let items): for item in items { read(item, &decoding) }
        case .map(let entries): for entry in entries { read(entry.value, &decoding) }
        case .scalar(let scalar):
            guard Formula.isOne(scalar.text), byText[scalar.text] == nil else { return }
            do throws(Formula.Problem) {
                let formula = try Formula(scalar.text)
                byText[scalar.text] = formula
                names.formUnion(formula.names)
            } catch {
                decoding.report(error, in: node)
            }
        }
    }

    /// The value with its formulas worked out; `nil` when one of them cannot be, which is reported.
    func resolved(_ node: Node, in scope: FormulaScope, _ decoding: inout Decoding) -> Node? {
        if byText.isEmpty { return node }
        switch node.content {
        case .list(let items):
            let resolved = items.compactMap { self.resolved($0, in: scope, &decoding) }
            return resolved.count == items.count ? Node(.list(resolved), at: node.place) : nil
        case .map(let entries):
            let resolved = entries.compactMap { entry in
                self.resolved(entry.value, in: scope, &decoding).map { Node.Entry(key: entry.key, keyPlace: entry.keyPlace, value: $0) }
            }
            return resolved.count == entries.count ? Node(.map(resolved), at: node.place) : nil
        case .scalar(let scalar):
            guard let formula = byText[scalar.text] else { return node }
            do throws(Formula.Problem) {
                // A name alone may stand for anything.
                if let name = formula.name {
                    let value = try scope.value(name.name, at: name.offset)
                    guard let inner = self.resolved(value, in: try scope.entering(name.name, at: name.offset), &decoding) else {
                        return nil
                    }
                    return inner
                }
                let number = try number(of: formula, in: scope)
                return Node(.scalar(Scalar(text: PlainValue.number(number).flowText)), at: node.place)
            } catch {
                decoding.report(error, in: node)
                return nil
            }
        }
    }

    private func number(of formula: Formula, in scope: FormulaScope) throws(Formula.Problem) -> Double {
        try formula.value { (name, offset) throws(Formula.Problem) in
            let node = try scope.value(name, at: offset)
            switch node.scalar?.meaning {
            case .integer(let value): return Double(value)
            case .number(let value) where value.isFinite: return value
            default: break
            }
            let length = name.unicodeScalars.count
            guard let text = node.scalar?.text, let inner = byText[text] else {
                throw Formula.Problem(message: "\(name) is no number here, but \(node.described)", offset: offset, length: length)
            }
            do throws(Formula.Problem) {
                return try number(of: inner, in: try scope.entering(name, at: offset))
            } catch {
                throw Formula.Problem(message: "\(name): \(error.message)", help: error.help, offset: offset, length: length)
            }
        }
    }
}

/// What names stand for in the formulas of a point: its axes, by their path or its last word, or settings of the baseline by their path.
struct FormulaScope {
    let axes: [Axis]
    let point: Space.Point
    let tree: Node
    /// The names whose formulas are being worked out.
    private var entered: [String] = []

    init(axes: [Axis], point: Space.Point, tree: Node) {
        self.axes = axes
        self.point = point
        self.tree = tree
    }

    func value(_ name: String, at offset: Int) throws(Formula.Problem) -> Node {
        let axis = try self.axis(name, at: offset)
        if let axis, let value = point[axis] { return value }
        let path = axis.map { axes[$0].key } ?? name
        if let path = SettingPath(path) {
            let found = tree.deepest(along: path, as: ExperimentReader.trialShape)
            if found.steps == path.steps.count, name.contains(".") || axis != nil { return found.node }
        }
        if axis != nil { throw problem("\(name) has no value in a point where it does not apply", name, offset) }
        let known = axes.map(\.shortName)
        throw problem(
            "nothing is called \"\(name.shortened)\" here", name, offset,
            help: Suggestion.help(for: name, among: known, called: "known names") ?? "add an axis of that name")
    }

    /// The scope for the formula behind a name.
    func entering(_ name: String, at offset: Int) throws(Formula.Problem) -> FormulaScope {
        guard !entered.contains(name), entered.count < 16 else { throw problem("\(name) is computed from itself", name, offset) }
        var inner = self
        inner.entered.append(name)
        return inner
    }

    private func problem(_ message: String, _ name: String, _ offset: Int, help: String? = nil) -> Formula.Problem {
        Formula.Problem(message: message, help: help, offset: offset, length: name.unicodeScalars.count)
    }
}

extension Decoding {
    /// Reports what is wrong with a formula at its place in the file.
    mutating func report(_ problem: Formula.Problem, in node: Node) {
        let quote = node.scalar?.isQuoted == true ? 1 : 0
        report(problem.message, at: node.place.part(offset: problem.offset + quote, length: problem.length), help: problem.help)
    }
}
