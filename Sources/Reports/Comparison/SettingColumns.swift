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
        let trees = experiment.variants.map { (try? JSONValue(parsing: $0.trial.canonical)) ?? .null }
        let choices = Self.choices(in: trees)
        var paths: Set<String> = choices
        for tree in trees { paths.formUnion(tree.flattened.keys.map { Self.without(choices, $0) }) }
        let columns = paths.sorted().compactMap { name -> (name: String, values: [Condition.Value])? in
            guard let path = SettingPath(name) else { return nil }
            let values = trees.map { path.value(in: $0).map(\.conditionValue) ?? .none }
            return all || values.contains { $0 != values[0] } ? (name, values) : nil
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
        for tree in Set(trees) { look(tree, at: "") }
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
