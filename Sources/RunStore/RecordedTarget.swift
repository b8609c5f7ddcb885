import Documents

/// What the outputs of a run stand for: what is needed to read its predictions without its data.
public enum RecordedTarget: Hashable, Sendable {
    /// Scores of these classes, in order.
    case classes([String])
    /// Numbers; `original = output * divisor + shift`.
    case values(shift: Double, divisor: Double)
}

extension RecordedTarget {
    var json: JSONValue {
        switch self {
        case .classes(let names): .object(["classes": .array(names.map(JSONValue.string))])
        case .values(let shift, let divisor): .object(["shift": .number(shift), "divisor": .number(divisor)])
        }
    }

    /// Nil for anything else.
    init?(_ json: JSONValue) {
        if let names = json["classes"]?.array {
            let texts = names.compactMap(\.string)
            guard texts.count == names.count else { return nil }
            self = .classes(texts)
        } else if let shift = json["shift"]?.double, let divisor = json["divisor"]?.double {
            self = .values(shift: shift, divisor: divisor)
        } else {
            return nil
        }
    }
}
