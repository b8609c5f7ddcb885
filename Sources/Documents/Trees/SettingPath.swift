/// The address of a setting: `training.optimizer.learning_rate`, `model.layers[1].units`.
public struct SettingPath: Hashable, Sendable {
    /// One step down.
    public enum Step: Hashable, Sendable {
        /// Into a map, or into the list item of that name.
        case key(String)
        /// Into a list, counted from 0.
        case index(Int)

        /// The key, when the step leads into a map.
        var key: String? {
            if case .key(let key) = self { key } else { nil }
        }
    }

    /// The steps, from the top.
    public var steps: [Step]
    /// The steps' places in the text, as Unicode scalars: offset and length.
    private var extents: [(offset: Int, length: Int)]

    /// A path from its steps.
    public init(_ steps: [Step]) {
        self.steps = steps
        self.extents = steps.map { _ in (0, 0) }
    }

    /// Reads a path; `nil` when the text is none.
    public init?(_ text: String) {
        self.init([])
        var offset = 0
        for part in text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let name = pieces.first, !name.isEmpty, !name.contains("]") else { return nil }
            add(.key(String(name)), offset, name.count)
            offset += name.count
            for piece in pieces.dropFirst() {
                guard piece.last == "]", let index = Int(String(piece.dropLast())), index >= 0, piece.first != "+" else { return nil }
                add(.index(index), offset, piece.count + 1)
                offset += piece.count + 1
            }
            offset += 1
        }
    }

    private mutating func add(_ step: Step, _ offset: Int, _ length: Int) {
        steps.append(step)
        extents.append((offset, length))
    }

    /// The place of a step, when the path stands as plain text at `place`.
    func place(ofStep index: Int, in place: Place) -> Place {
        guard extents.indices.contains(index) else { return place }
        return place.part(offset: extents[index].offset, length: max(1, extents[index].length))
    }

    /// Whether two paths have the same steps.
    public static func == (one: SettingPath, other: SettingPath) -> Bool { one.steps == other.steps }

    /// Hashes the steps.
    public func hash(into hasher: inout Hasher) { hasher.combine(steps) }

    /// The path as text.
    public var text: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + key
            case .index(let index): text += "[\(index)]"
            }
        }
    }
}

// MARK: - Finding a setting

extension Node {
    /// The deepest node on the way along `path`, and how many of its steps led there. Tags may be left out, as in `setting`.
    public func deepest(along path: SettingPath, as shape: Shape) -> (node: Node, steps: Int) {
        var node = self
        var shape = shape
        var step = 0
        while step < path.steps.count {
            switch shape {
            case .optional(let inner): shape = inner
            case .either(let forms): shape = forms.form(of: node) ?? .any
            case .choice(let choice):
                guard let chosen = choice.chosen(in: node), let one = choice.named(chosen.tag), let payload = chosen.payload else {
                    return (node, step)
                }
                let isNamed = choice.key == nil && path.steps[step] == .key(one.word.text)
                let isOwnSetting = path.steps[step].key.map { node.chosenCase(of: choice)?.field($0) != nil } ?? false
                if let key = path.steps[step].key, !isNamed, !isOwnSetting, choice.named(key) != nil { return (node, step) }
                if isNamed { step += 1 }
                node = payload
                shape = one.payload ?? .any
            default:
                guard let next = node.part(path.steps[step], as: shape) else { return (node, step) }
                step += 1
                (node, shape) = next
            }
        }
        return (node, step)
    }

    private func part(_ step: SettingPath.Step, as shape: Shape) -> (Node, Shape)? {
        switch (step, shape) {
        case (.key(let key), .record(let record)): self[key].map { ($0, record.field(key)?.shape ?? .any) }
        case (.key(let key), .map(let map)): self[key].map { ($0, map.fixed?.field(key)?.shape ?? map.values) }
        case (.key(let key), .list(let list)): items?.first { $0.name(as: list.items) == key }.map { ($0, list.items) }
        case (.key(let key), _): self[key].map { ($0, .any) }
        case (.index(let index), .list(let list)): items.flatMap { $0.indices.contains(index) ? ($0[index], list.items) : nil }
        case (.index(let index), _): items.flatMap { $0.indices.contains(index) ? ($0[index], .any) : nil }
        }
    }
}

extension Node {
    /// What a list item calls itself: the `name` in it, or behind its tag.
    func name(as shape: Shape) -> String? {
        if case .choice(let choice) = shape, choice.key == nil { return choice.chosen(in: self)?.payload?["name"]?.scalar?.text }
        return self["name"]?.scalar?.text
    }
}
