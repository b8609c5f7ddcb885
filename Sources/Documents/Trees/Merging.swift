extension Node {
    /// The node with another laid over it: keys of the upper one win, maps merge, lists and scalars replace.
    ///
    /// The shape tells what plain maps cannot: two forms of one choice with the same tag merge, another tag replaces the whole (but for the settings
    /// that cases of one family share), and of keys that exclude each other the upper one stays. Every value keeps the place where it was written.
    public func overlaid(with upper: Node, as shape: Shape) -> Node {
        switch shape {
        case .optional(let inner):
            return overlaid(with: upper, as: inner)
        case .either(let forms):
            let able = forms.filter { $0.accepts(kind) && $0.accepts(upper.kind) }
            guard let form = able.place(of: upper), form == able.place(of: self) else { return upper }
            return overlaid(with: upper, as: able[form])
        case .choice(let choice):
            return overlaid(with: upper, as: choice)
        case .record(let record):
            return merged(with: upper, dropping: record.exclusive) { record.field($0)?.shape ?? .any }
        case .map(let map):
            if map.isSingle, entries?.map(\.key) != upper.entries?.map(\.key) { return upper }
            return merged(with: upper) { map.fixed?.field($0)?.shape ?? map.values }
        case .any:
            return merged(with: upper) { _ in .any }
        default:
            return upper
        }
    }

    private func overlaid(with upper: Node, as choice: Shape.Choice) -> Node {
        guard let below = choice.chosen(in: self), let above = choice.chosen(in: upper), let one = choice.named(below.tag),
            choice.named(above.tag)?.word.text == one.word.text
        else {
            if let key = choice.key, isAkin(to: upper, in: choice), let record = upper.chosenCase(of: choice) {
                let shared = Node(.map((entries ?? []).filter { $0.key == key || record.field($0.key) != nil }), at: place)
                return shared.merged(with: upper) { record.field($0)?.shape ?? .any }
            }
            // Without a tag of its own, what lies above can only be settings beside the key that holds the tag below.
            if let key = choice.key, upper[key] == nil, let tag = chosenCase(of: choice) {
                return merged(with: upper) { tag.field($0)?.shape ?? .any }
            }
            return upper
        }
        if choice.key != nil { return merged(with: upper) { chosenCase(of: choice)?.field($0)?.shape ?? .any } }
        guard let payload = above.payload, payload.kind != .null else { return self }
        guard let old = below.payload, let shape = one.payload else { return upper }
        let entry = Entry(key: one.word.text, keyPlace: above.place, value: old.overlaid(with: payload, as: shape))
        return Node(.map([entry]), at: upper.place)
    }

    /// Whether both choose cases of one family.
    private func isAkin(to upper: Node, in choice: Shape.Choice) -> Bool {
        let families = [self, upper].map { node in choice.chosen(in: node).flatMap { choice.named($0.tag)?.family } }
        return families[0] != nil && families[0] == families[1]
    }

    /// The keys of the case that the node chooses, when they are known.
    package func chosenCase(of choice: Shape.Choice) -> RecordShape? {
        guard let chosen = choice.chosen(in: self), case .record(let record) = choice.named(chosen.tag)?.payload else { return nil }
        return record
    }

    private func merged(with upper: Node, dropping exclusive: [String] = [], shape: (String) -> Shape) -> Node {
        guard var merged = entries, let overlay = upper.entries else { return upper }
        let replaced = overlay.contains { exclusive.contains($0.key) && $0.value.kind != .null } ? exclusive : []
        merged.removeAll { entry in replaced.contains(entry.key) && !overlay.contains { $0.key == entry.key } }
        for entry in overlay {
            if let index = merged.firstIndex(where: { $0.key == entry.key }) {
                let value = merged[index].value.overlaid(with: entry.value, as: shape(entry.key))
                merged[index] = Entry(key: entry.key, keyPlace: entry.keyPlace, value: value)
            } else {
                merged.append(entry)
            }
        }
        return Node(.map(merged), at: upper.entries?.isEmpty == true ? place : upper.place)
    }
}
