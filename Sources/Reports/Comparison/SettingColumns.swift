import Documents
import Experiments
import RunStore

/// The settings of an experiment's variants as columns of a table, named as conditions know them, in the order of their paths.
public struct SettingColumns: Sendable {
    /// The paths. Where variants chose different words, such as two optimizers, the choice has a column and its settings stand without the word.
    public let names: [String]
    private let values: [[Condition.Value]]

    /// The settings in which variants differ, or all of them.
    public init(of experiment: Experiment, all: Bool = false) {
        let parts = SettingParts(of: experiment.variants)
        let choices = Self.choices(in: parts.all)
        var paths: Set<String> = choices
        for tree in parts.all { paths.formUnion(tree.flattened.keys.map { Self.without(choices, $0) }) }
        let columns = paths.sorted().compactMap { name -> (name: String, values: [Condition.Value])? in
            guard let path = SettingPath(name), let values = parts.values(path), all || values.contains(where: { $0 != values[0] })
            else { return nil }
            return (name, values)
        }
        names = columns.map(\.name)
        values = experiment.variants.indices.map { variant in columns.map { $0.values[variant] } }
    }

    /// A variant's settings, by its place in the experiment, one a column.
    public func values(of variant: Int) -> [Condition.Value] { values[variant] }

    /// The places below which all trees that have them chose one word, and not all the same.
    private static func choices(in trees: [JSONValue]) -> Set<String> {
        var words: [String: Set<String>] = [:]
        var others: Set<String> = []
        func look(_ value: JSONValue, at path: String) {
            switch value {
            case .object(let members):
                if members.count == 1, let (word, only) = members.first, case .object = only {
                    words[path, default: []].insert(word)
                } else {
                    others.insert(path)
                }
                for (key, member) in members { look(member, at: path.isEmpty ? key : "\(path).\(key)") }
            case .array(let elements):
                for (index, element) in elements.enumerated() { look(element, at: "\(path)[\(index)]") }
            default: others.insert(path)
            }
        }
        // Each tree is a part of a trial, which chooses nothing at its root.
        others.insert("")
        for tree in trees { look(tree, at: "") }
        return Set(words.filter { $0.value.count > 1 && !others.contains($0.key) }.keys)
    }

    /// A path without the words of choices.
    private static func without(_ choices: Set<String>, _ path: String) -> String {
        var path = path
        for choice in choices.sorted(by: >) where path.hasPrefix(choice + ".") {
            let rest = path.dropFirst(choice.count + 1)
            let below = rest.drop { $0 != "." && $0 != "[" }
            path = below.isEmpty ? choice : choice + below
        }
        return path
    }
}

/// The settings of variants by the key of the file that they stand under. Points of a sweep share most of these parts, so each is read and looked through once.
private struct SettingParts {
    /// By key, each part once, as the only member of an object.
    private var trees: [String: [JSONValue]] = [:]
    /// By key and variant, which part it is; nil where the variant has no such key.
    private var places: [String: [Int?]] = [:]

    /// Every part once.
    var all: [JSONValue] { trees.values.flatMap(\.self) }

    init(of variants: [Variant]) {
        var known: [String: [String: Int]] = [:]
        for (variant, canonical) in variants.lazy.map(\.trial.canonical).enumerated() {
            for (key, text) in JSONValue.memberTexts(of: canonical) ?? [] {
                let place: Int
                if let found = known[key]?[text] {
                    place = found
                } else {
                    place = trees[key]?.count ?? 0
                    trees[key, default: []].append(.object([key: (try? JSONValue(parsing: text)) ?? .null]))
                    known[key, default: [:]][text] = place
                }
                places[key, default: Array(repeating: nil, count: variants.count)][variant] = place
            }
        }
    }

    /// By variant, what stands at the end of a path; nil where no variant has the path's first key.
    func values(_ path: SettingPath) -> [Condition.Value]? {
        guard case .key(let key)? = path.steps.first, let trees = trees[key], let places = places[key] else { return nil }
        let values = trees.map { path.value(in: $0).map(\.conditionValue) ?? .none }
        return places.map { $0.map { values[$0] } ?? .none }
    }
}
