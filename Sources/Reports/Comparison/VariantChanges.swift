import Documents
import Experiments
import RunStore
import Settings

/// What a variant does otherwise than the baseline, in short: a part for each thing. The widths of hidden layers have a column of their own.
package struct VariantChanges {
    package let parts: [Part]
    /// What the widths of layers are called that differ, such as `hidden layers`; nil where they do not.
    package let otherWidths: String?

    package struct Part: Hashable {
        /// What is changed, such as `activation`.
        package let topic: String
        /// What it is changed to, such as `activation tanh`.
        package let text: String
    }

    package init(_ variant: Variant, against baseline: Variant) {
        let network = NetworkChanges(NetworkDescription(variant.trial), against: NetworkDescription(baseline.trial))
        otherWidths = network.otherWidths
        let inputs = Self.settings(variant)["inputs"] == Self.settings(baseline)["inputs"] ? [] : Self.inputParts(variant, baseline)
        let (worded, others) = Self.wordedParts(
            variant.changes.filter { !$0.path.hasPrefix("model") && !$0.path.hasPrefix("inputs") }, of: variant)
        let isSameModel = Self.settings(variant)["model"] == Self.settings(baseline)["model"]
        parts = inputs + (isSameModel ? [] : network.parts) + worded + others.map(Self.part)
    }

    package var text: String { parts.isEmpty ? "–" : parts.map(\.text).joined(separator: ", ") }

    /// All that differs at once.
    package var topics: [String] { [otherWidths].compactMap(\.self) + parts.map(\.topic) }

    private static func settings(_ variant: Variant) -> [String: JSONValue] {
        (try? JSONValue(parsing: variant.trial.canonical))?.object ?? [:]
    }

    /// `epochs = 500`, `optimizer = sgd (momentum 0.9)`, `without early_stopping`.
    private static func part(_ change: Change) -> Part {
        let path = change.path.hasPrefix("training.") ? String(change.path.dropFirst("training.".count)) : change.path
        if ["null", "~"].contains(change.text) { return Part(topic: path, text: "without \(path)") }
        var value = change.text
        if value.hasPrefix("{"), value.hasSuffix("}") {
            value = String(value.dropFirst().dropLast()).replacing(": {", with: " (").replacing("}", with: ")").replacing(": ", with: " ")
        }
        return Part(topic: path, text: "\(path) = \(value)")
    }

    /// `with fiber and protein`, `scale = none`.
    private static func inputParts(_ variant: Variant, _ baseline: Variant) -> [Part] {
        let own = settings(variant)["inputs"]?.object ?? [:]
        let base = settings(baseline)["inputs"]?.object ?? [:]
        let columns = Set(own.keys).union(base.keys).subtracting(["drop"]).sorted()
        let dropped = Set(own["drop"]?.array ?? []).subtracting(base["drop"]?.array ?? []).map(\.plainText)
        let restored = Set(base["drop"]?.array ?? []).subtracting(own["drop"]?.array ?? []).map(\.plainText)
        let added = columns.filter { base[$0] == nil } + restored.sorted()
        let removed = columns.filter { own[$0] == nil } + dropped.sorted()
        var parts: [Part] = []
        if !added.isEmpty { parts.append(Part(topic: "inputs", text: "with \(enumeration(added))")) }
        if !removed.isEmpty { parts.append(Part(topic: "inputs", text: "without \(enumeration(removed))")) }
        for column in columns {
            guard let mine = own[column]?.object, let theirs = base[column]?.object else { continue }
            for key in Set(mine.keys).union(theirs.keys).sorted() where mine[key] != theirs[key] {
                let name = column == "*" ? key : "\(column).\(key)"
                parts.append(Part(topic: name, text: "\(name) = \(mine[key]?.phrase ?? "none")"))
            }
        }
        return parts
    }
}
