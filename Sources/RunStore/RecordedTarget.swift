import Documents
import Settings

/// What the outputs of a run stand for: what is needed to read its predictions without its data.
public enum RecordedTarget: Hashable, Sendable {
    /// Scores of these classes, in order.
    case classes([String])
    /// A score of each of these labels, of which an example has any number.
    case severalLabels([String])
    /// Numbers; `original = output * divisor + shift`, or that is its logarithm.
    case values(shift: Double, divisor: Double, logarithm: Logarithm? = nil)
}

extension RecordedTarget {
    var json: JSONValue {
        switch self {
        case .classes(let names): .object(["classes": .array(names.map(JSONValue.string))])
        case .severalLabels(let names): .object(["labels": .array(names.map(JSONValue.string))])
        case .values(let shift, let divisor, let logarithm):
            .object(
                ["shift": .number(shift), "divisor": .number(divisor)].merging(
                    logarithm.map { ["logarithm": .string($0.rawValue)] } ?? [:]
                ) { first, _ in first })
        }
    }

    /// Nil for anything else.
    init?(_ json: JSONValue) {
        func names(_ key: String) -> [String]? {
            guard let names = json[key]?.array else { return nil }
            let texts = names.compactMap(\.string)
            return texts.count == names.count ? texts : nil
        }
        if let classes = names("classes") {
            self = .classes(classes)
        } else if let labels = names("labels") {
            self = .severalLabels(labels)
        } else if let shift = json["shift"]?.double, let divisor = json["divisor"]?.double {
            let name = json["logarithm"]?.string
            let logarithm = name.flatMap(Logarithm.init)
            if name != nil, logarithm == nil { return nil }
            self = .values(shift: shift, divisor: divisor, logarithm: logarithm)
        } else {
            return nil
        }
    }
}
