import Documents

extension SettingPath {
    /// What stands at the path's end in a trial's canonical tree; nil where the tree has no such place. The word of a choice, a map of one key, may be left out:
    /// `training.optimizer.learning_rate`.
    package func value(in tree: JSONValue) -> JSONValue? { Self.value(along: steps[...], in: tree) }

    private static func value(along steps: ArraySlice<Step>, in tree: JSONValue) -> JSONValue? {
        guard let step = steps.first else { return tree }
        switch (step, tree) {
        case (.key(let key), .object(let members)):
            if let member = members[key] { return value(along: steps.dropFirst(), in: member) }
            guard members.count == 1, let only = members.values.first, case .object = only else { return nil }
            return value(along: steps, in: only)
        case (.index(let index), .array(let elements)):
            return elements.indices.contains(index) ? value(along: steps.dropFirst(), in: elements[index]) : nil
        case (.index, .object(let members)):
            guard members.count == 1, let only = members.values.first else { return nil }
            return value(along: steps, in: only)
        default: return nil
        }
    }
}

extension JSONValue {
    /// A setting as conditions and lists know it.
    package var conditionValue: Condition.Value {
        switch self {
        case .integer(let value): .number(Double(value))
        case .number(let value): .number(value)
        case .bool(let value): .boolean(value)
        case .string(let text): .text(text)
        case .null: .none
        // The word of a choice stands for it.
        case .object(let members) where members.count == 1: .text(members.keys.first ?? "")
        case .object, .array: .text(compactText)
        }
    }
}
