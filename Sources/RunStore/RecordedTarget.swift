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
    /// The inputs themselves, numbers of a table: one for each of these columns.
    case inputs([RecordedColumn])
}

/// A column of numbers as a network sees it; `original = number * divisor + shift`, or that is its logarithm.
public struct RecordedColumn: Hashable, Sendable {
    /// Its name, such as `age`, or `city = Riga`.
    public var name: String
    /// What was subtracted.
    public var shift: Double
    /// By what was divided.
    public var divisor: Double
    /// The logarithm that was taken before.
    public var logarithm: Logarithm?

    /// A column.
    public init(name: String, shift: Double, divisor: Double, logarithm: Logarithm? = nil) {
        (self.name, self.shift, self.divisor, self.logarithm) = (name, shift, divisor, logarithm)
    }
}

extension RecordedTarget {
    var json: JSONValue {
        switch self {
        case .classes(let names): .object(["classes": .array(names.map(JSONValue.string))])
        case .severalLabels(let names): .object(["labels": .array(names.map(JSONValue.string))])
        case .values(let shift, let divisor, let logarithm): .object(Self.members(ofScale: shift, divisor, logarithm))
        case .inputs(let columns):
            .object([
                "inputs": .array(
                    columns.map {
                        .object(
                            Self.members(ofScale: $0.shift, $0.divisor, $0.logarithm).merging(["name": .string($0.name)]) { first, _ in
                                first
                            })
                    })
            ])
        }
    }

    private static func members(ofScale shift: Double, _ divisor: Double, _ logarithm: Logarithm?) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["shift": .number(shift), "divisor": .number(divisor)]
        members["logarithm"] = logarithm.map { .string($0.rawValue) }
        return members
    }

    /// Nil for anything that is no scale.
    private static func scale(_ json: JSONValue) -> (shift: Double, divisor: Double, logarithm: Logarithm?)? {
        guard let shift = json["shift"]?.double, let divisor = json["divisor"]?.double else { return nil }
        guard let name = json["logarithm"]?.string else { return (shift, divisor, nil) }
        return Logarithm(rawValue: name).map { (shift, divisor, $0) }
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
        } else if let inputs = json["inputs"]?.array {
            let columns = inputs.compactMap { input -> RecordedColumn? in
                guard let name = input["name"]?.string, let scale = Self.scale(input) else { return nil }
                return RecordedColumn(name: name, shift: scale.shift, divisor: scale.divisor, logarithm: scale.logarithm)
            }
            guard columns.count == inputs.count else { return nil }
            self = .inputs(columns)
        } else if let scale = Self.scale(json) {
            self = .values(shift: scale.shift, divisor: scale.divisor, logarithm: scale.logarithm)
        } else {
            return nil
        }
    }
}
