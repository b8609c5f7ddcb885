extension Node {
    /// The tree with the setting at `path` changed to `value`, or `nil` when there is no such setting, which is reported.
    ///
    /// A step may leave out a choice's tag, for whichever is set, and name a list item by its `name`. The new value is laid over the old
    /// one as `overlaid` does. `place` is where the path was written.
    public func setting(
        _ path: SettingPath, to value: Node, as shape: Shape, pathPlace place: Place, _ decoding: inout Decoding
    ) -> Node? {
        var writer = SettingWriter(path: path, place: place, value: value, decoding: decoding)
        defer { decoding = writer.decoding }
        return writer.write(into: self, as: shape, step: 0, owner: decoding.setting)
    }
}

/// Walks down a path and rebuilds the tree on the way back.
private struct SettingWriter {
    let path: SettingPath
    let place: Place
    let value: Node
    var decoding: Decoding

    mutating func write(into node: Node?, as shape: Shape, step: Int, owner: String) -> Node? {
        guard step < path.steps.count else { return node?.overlaid(with: value, as: shape) ?? value }
        switch (shape, path.steps[step]) {
        case (.optional(let inner), _):
            return write(into: node?.kind == .null ? nil : node, as: inner, step: step, owner: owner)
        case (.either(let forms), _):
            let present = node.flatMap { forms.form(of: $0) }
            let form = present.flatMap { $0.hasParts ? $0 : nil } ?? forms.first(where: \.hasParts) ?? forms.first ?? .any
            let kept = node.flatMap { form.accepts($0.kind) ? $0 : nil }
            return write(into: kept, as: form, step: step, owner: owner)
        case (.choice(let choice), _):
            return write(into: node, as: choice, step: step, owner: owner)
        case (.record(let record), .key(let key)):
            guard let field = record.field(key) else {
                decoding.unknownKey(key, at: stepPlace(step), in: record, calling: "setting")
                return nil
            }
            return write(into: node, key: key, as: field.shape, step: step, exclusive: record.exclusive)
        case (.map(let map), .key(let key)):
            return write(into: node, key: key, as: map.fixed?.field(key)?.shape ?? map.values, step: step)
        case (.list(let list), _):
            return write(into: node, as: list, step: step, owner: owner)
        case (.any, .key(let key)):
            return write(into: node, key: key, as: .any, step: step)
        case (_, .key(let key)):
            decoding.report("\(owner) is \(shape.expected), it has no setting \"\(key)\"", at: stepPlace(step))
            return nil
        case (_, .index(let index)):
            decoding.report("\(owner) is no list, it has no position [\(index)]", at: stepPlace(step))
            return nil
        }
    }

    private mutating func write(
        into node: Node?, key: String, as shape: Shape, step: Int, exclusive: [String] = []
    ) -> Node? {
        var entries = node?.entries ?? []
        let index = entries.firstIndex { $0.key == key }
        guard let changed = write(into: index.map { entries[$0].value }, as: shape, step: step + 1, owner: key) else { return nil }
        if exclusive.contains(key), changed.kind != .null { entries.removeAll { $0.key != key && exclusive.contains($0.key) } }
        let entry = Node.Entry(key: key, keyPlace: stepPlace(step), value: changed)
        if let index = entries.firstIndex(where: { $0.key == key }) { entries[index] = entry } else { entries.append(entry) }
        return Node(.map(entries), at: node?.place ?? place)
    }

    private mutating func write(into node: Node?, as choice: Shape.Choice, step: Int, owner: String) -> Node? {
        guard case .key(let key) = path.steps[step] else {
            guard let node, let chosen = choice.chosen(in: node), let payload = choice.named(chosen.tag)?.payload else {
                decoding.report("\(owner) is no list", at: stepPlace(step))
                return nil
            }
            return write(into: node, behind: chosen, as: payload, step: step, owner: chosen.tag)
        }
        if let tagKey = choice.key { return write(into: node, as: choice, by: tagKey, key: key, step: step, owner: owner) }
        let chosen = node.flatMap { choice.chosen(in: $0) }
        // A setting of the case that is set comes before another case of the same name: a dense layer's activation.
        if let named = choice.named(key), node?.chosenCase(of: choice)?.field(key) == nil {
            if let node, let chosen, choice.named(chosen.tag)?.word.text == named.word.text {
                return write(into: node, behind: chosen, as: named.payload ?? .any, step: step + 1, owner: key)
            }
            // Another tag than the one that is set: its settings would start from nothing, so they are given as a whole.
            if step + 1 == path.steps.count || chosen == nil {
                guard let payload = write(into: nil, as: named.payload ?? .any, step: step + 1, owner: key) else { return nil }
                return Node(.map([Node.Entry(key: key, keyPlace: stepPlace(step), value: payload)]), at: value.place)
            }
            let upper = SettingPath(Array(path.steps[..<step])).text
            decoding.report(
                "the \(choice.noun) is \(chosen?.tag ?? "not set") here, not \(key)", at: stepPlace(step),
                help: "replace it as a whole: \(upper): {\(key): {…}}")
            return nil
        }
        guard let node, let chosen, let one = choice.named(chosen.tag) else {
            decoding.unknown(choice.noun, key, known: choice.tags, at: stepPlace(step))
            return nil
        }
        guard let payload = one.payload else {
            decoding.report("\(choice.noun) \"\(chosen.tag)\" has no setting \"\(key)\"", at: stepPlace(step))
            return nil
        }
        return write(into: node, behind: chosen, as: payload, step: step, owner: chosen.tag)
    }

    /// Goes on below the tag that is set.
    private mutating func write(into node: Node, behind chosen: Shape.Choice.Chosen, as shape: Shape, step: Int, owner: String) -> Node? {
        guard let payload = write(into: chosen.payload, as: shape, step: step, owner: owner) else { return nil }
        return Node(.map([Node.Entry(key: chosen.tag, keyPlace: chosen.place, value: payload)]), at: node.place)
    }

    private mutating func write(
        into node: Node?, as choice: Shape.Choice, by tagKey: String, key: String, step: Int, owner: String
    ) -> Node? {
        if key == tagKey {
            let isSame = node?[tagKey]?.scalar?.text == value.scalar?.text
            if isSame { return node }
            let other = Node(.map([Node.Entry(key: key, keyPlace: stepPlace(step), value: value)]), at: value.place)
            return node?.overlaid(with: other, as: .choice(choice)) ?? other
        }
        let record = node?.chosenCase(of: choice)
        guard let field = record?.field(key) else {
            let tag = node.flatMap { choice.chosen(in: $0)?.tag } ?? owner
            let known = RecordShape(name: tag, fields: record?.fields ?? [], exclusive: [], planned: [:])
            decoding.unknownKey(key, at: stepPlace(step), in: known, calling: "setting")
            return nil
        }
        return write(into: node, key: key, as: field.shape, step: step, exclusive: record?.exclusive ?? [])
    }

    private mutating func write(into node: Node?, as list: Shape.List, step: Int, owner: String) -> Node? {
        var items = node?.items ?? []
        let index: Int
        switch path.steps[step] {
        case .index(let position):
            guard items.indices.contains(position) else {
                let there = items.isEmpty ? "it is empty" : "there are \(owner)[0] to \(owner)[\(items.count - 1)]"
                decoding.report("\(owner)[\(position)] does not exist", at: stepPlace(step), help: there)
                return nil
            }
            index = position
        case .key(let name):
            let names = items.map { $0.name(as: list.items) }
            guard let position = names.firstIndex(of: name) else {
                for (place, item) in items.enumerated() {
                    guard let group = item.group(holding: name, as: list.items) else { continue }
                    guard let changed = write(into: item, group, step: step) else { return nil }
                    items[place] = changed
                    return Node(.list(items), at: node?.place ?? self.place)
                }
                let known = names.compactMap(\.self) + items.flatMap { $0.namesOfGroup(as: list.items) }
                let positions =
                    items.isEmpty ? "\(owner) is empty" : "name one of \(owner), or write \(owner)[0] to \(owner)[\(items.count - 1)]"
                decoding.report(
                    "nothing in \(owner) has the name \"\(name)\"", at: stepPlace(step),
                    help: Suggestion.help(for: name, among: known, called: "names") ?? positions)
                return nil
            }
            index = position
        }
        guard let item = write(into: items[index], as: list.items, step: step + 1, owner: "\(owner)[\(index)]") else { return nil }
        items[index] = item
        return Node(.list(items), at: node?.place ?? place)
    }

    /// Goes on in the list of a group, such as the layers of a `repeat`, one of which has the step's name.
    private mutating func write(into item: Node, _ group: Node.Group, step: Int) -> Node? {
        guard let list = write(into: group.list, as: group.shape, step: step, owner: group.key) else { return nil }
        let entries = (group.chosen.payload?.entries ?? []).map { entry in
            entry.key == group.key ? Node.Entry(key: entry.key, keyPlace: entry.keyPlace, value: list) : entry
        }
        let payload = Node(.map(entries), at: group.chosen.payload?.place ?? item.place)
        return Node(.map([Node.Entry(key: group.chosen.tag, keyPlace: group.chosen.place, value: payload)]), at: item.place)
    }

    private func stepPlace(_ step: Int) -> Place {
        path.place(ofStep: step, in: place)
    }
}

extension Shape {
    /// Whether there is something below.
    fileprivate var hasParts: Bool {
        switch self {
        case .map, .record, .choice, .list: true
        case .either(let forms): forms.contains(where: \.hasParts)
        case .optional(let inner): inner.hasParts
        default: false
        }
    }
}

// MARK: - Items that hold items

extension Node {
    /// A list within an item of a list.
    fileprivate struct Group {
        let chosen: Shape.Choice.Chosen
        let key: String
        let list: Node
        let shape: Shape.List
    }

    private func groups(as shape: Shape) -> [Group] {
        guard case .choice(let choice) = shape, choice.key == nil, let chosen = choice.chosen(in: self), let payload = chosen.payload,
            case .record(let record)? = choice.named(chosen.tag)?.payload
        else { return [] }
        return (payload.entries ?? []).compactMap { entry in
            guard case .list(let list)? = record.field(entry.key)?.shape else { return nil }
            return Group(chosen: chosen, key: entry.key, list: entry.value, shape: list)
        }
    }

    /// The list within this item that holds an item of the name.
    fileprivate func group(holding name: String, as shape: Shape) -> Group? {
        groups(as: shape).first { group in group.list.items?.contains { $0.name(as: group.shape.items) == name } == true }
    }

    /// The names of the items within this one.
    fileprivate func namesOfGroup(as shape: Shape) -> [String] {
        groups(as: shape).flatMap { group in (group.list.items ?? []).compactMap { $0.name(as: group.shape.items) } }
    }
}
