import Documents

/// Some layers of a network.
public enum LayerChoice: Hashable, Sendable {
    /// All of them.
    case all
    /// All but the one that says how many numbers come out.
    case allButLast
    /// Those of these names: a layer's own, as the file has it, or the one that weights carry, such as `layer_2` or `output`.
    case named([String])
}

extension ModelSettings {
    /// The places of chosen layers; those that are named and not there come beside them.
    public func places(of choice: LayerChoice) -> (places: Set<Int>, unknown: [String]) {
        switch choice {
        case .all: return (Set(layers.indices), [])
        case .allButLast: return (Set(layers.indices.filter { $0 != outputPlace }), [])
        case .named(let names):
            let known = layerNames
            let found = names.map { name in layers.firstIndex { $0.name == name } ?? known.firstIndex(of: name) }
            return (Set(found.compactMap(\.self)), zip(names, found).filter { $1 == nil }.map(\.0))
        }
    }

    /// What is wrong with a choice: a layer that is not there.
    public func problem(of choice: LayerChoice) -> (message: String, help: String?)? {
        guard let name = places(of: choice).unknown.first else { return nil }
        let known = zip(layers, layerNames).map { $0.name ?? $1 }
        return ("there is no layer \"\(name)\"", Suggestion.help(for: name, among: known, called: "there are"))
    }
}

// MARK: - In the file

extension LayerChoice {
    static let schema = Schema<LayerChoice>.either(
        .enumeration(
            "choice of layers",
            Choosable("all", .all, doc: "All layers."),
            Choosable("all-but-last", .allButLast, doc: "All but the one that says how many numbers come out.")),
        Schema<[String]>.list(of: .text("layer's name"), atLeast: 1).mapped(
            to: LayerChoice.named, from: { if case .named(let names) = $0 { names } else { [] } }),
        writing: { if case .named = $0 { 1 } else { 0 } })
}
