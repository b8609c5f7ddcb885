import Documents
import Experiments
import RunStore
import Settings

/// A network in few words, as its canonical settings give it.
package struct NetworkDescription {
    /// From input to output; of two networks that learn against each other those of both, one behind the other.
    let layers: [Layer]
    /// Where the layers of the second network begin, where there are two.
    private let second: Int?
    /// What the first of two networks makes examples from: `64 random numbers`, `64 random numbers and the class`.
    private let source: String?
    /// Whether it is asked for its own inputs.
    private let givesInputs: Bool

    /// What settings of layers begin with.
    static let places = ["model.layers[", "model.generator.", "model.discriminator."]

    struct Layer {
        /// Such as `dense`, `dropout`.
        let kind: String
        /// Settings by name, as text; a value that has no name, such as a dropout's rate, is called as its kind. Those of the layers of a block stand here
        /// with their kind, as `conv2d filters`.
        let settings: [String: String]
        /// The layers of a block.
        var inner: [Layer] = []

        /// Whether it says how many numbers come out.
        var setsWidth: Bool { LayerSettings.kind(called: kind)?.setsWidth ?? false }

        /// Whether its units are hidden ones also where no layer follows.
        var keepsUnitsHidden: Bool { LayerSettings.kind(called: kind)?.keepsUnitsHidden ?? false }

        /// Whether it has units that are a hidden layer's: a recurrent layer, or a code that is drawn.
        var hasUnits: Bool { !setsWidth && settings["units"] != nil }

        /// Whether it has weights for the places of an image or a sequence, as convolutions and embeddings have, or is a block of layers: none of its widths is told.
        var hasOtherWeights: Bool {
            !inner.isEmpty || LayerSettings.kind(called: kind).map { $0.hasParameters && $0.takesShapes } ?? false
        }

        /// `64 relu`, `lstm 32`, `dropout 0.3`, `batch norm`; the output's width is what the target needs.
        var token: String {
            if setsWidth {
                let activation = settings["activation"].flatMap { $0 == "linear" ? nil : " " + $0 } ?? ""
                return (settings["units"].map { $0 == "classes" ? "output" : $0 } ?? kind) + activation
            }
            if kind == "activation" { return settings[kind] ?? kind }
            if !inner.isEmpty { return "\(spokenKind)(\(NetworkDescription.folded(inner.map(\.token), groupsUpTo: 6)))" }
            return spokenKind + (settings[hasUnits ? "units" : kind].map { " " + $0 } ?? "")
        }

        var spokenKind: String { LayerSettings.kind(called: kind)?.spokenKey ?? kind }
    }

    package init(_ trial: Trial) {
        let model = (try? JSONValue(parsing: trial.canonical))?["model"]
        let generator = model?["generator"]
        let found = (model?["layers"] ?? generator?["layers"])?.array ?? []
        let others = model?["discriminator"]?["layers"]?.array
        layers = (found + (others ?? [])).map(Self.layer)
        second = others.map { _ in found.count }
        givesInputs = trial.settings.target.encoding == .inputs
        source = (generator?["noise"]?.integer).map {
            "\($0) random numbers\(generator?["conditional"] == .bool(true) ? " and the class" : "")"
        }
    }

    private static func layer(_ written: JSONValue) -> Layer {
        guard let (kind, value) = written.object?.first else { return Layer(kind: written.plainText, settings: [:]) }
        let inner = (value["layers"]?.array ?? value.array ?? []).map(Self.layer)
        guard inner.isEmpty else {
            var settings = value.object.map { $0.filter { $0.key != "layers" }.compactMapValues(phrase) } ?? [:]
            for layer in inner {
                for (key, text) in layer.settings {
                    let name = key == layer.kind ? layer.spokenKind : "\(layer.spokenKind) \(key)"
                    let known = settings[name]?.split(separator: " / ").map(String.init) ?? []
                    if !known.contains(text) { settings[name] = (known + [text]).joined(separator: " / ") }
                }
            }
            return Layer(kind: kind, settings: settings, inner: inner)
        }
        guard let members = value.object, kind != "activation" else { return Layer(kind: kind, settings: [kind: value.phrase]) }
        return Layer(kind: kind, settings: members.compactMapValues(phrase))
    }

    /// Of a penalty only the factors that are not 0; nil where that leaves none.
    private static func phrase(_ value: JSONValue) -> String? {
        guard let factors = value.object, !factors.isEmpty, factors.keys.allSatisfy({ ["l1", "l2", "kl"].contains($0) }) else {
            return value.phrase
        }
        let used = factors.filter { $0.value.double != 0 }
        return used.isEmpty ? nil : JSONValue.object(used).phrase
    }

    // MARK: - Words

    /// For example `3 × (1024 relu, dropout 0.3, batch norm), output`, `residual(conv2d, conv2d) × 3, output`.
    package var text: String {
        let parts = networks.map { Self.folded($0.map(\.token), groupsUpTo: 6) }
        return (source.map { $0 + ", " } ?? "") + parts.joined(separator: " against ")
    }

    /// The layers of each network.
    private var networks: [[Layer]] { second.map { [Array(layers[..<$0]), Array(layers[$0...])] } ?? [layers] }

    /// The widths of the dense and recurrent layers before the output, such as `64, 64`, `64 × 10`.
    package var hiddenWidths: String { networks.map(Self.hiddenWidths).joined(separator: " against ") }

    /// The same of each network.
    var widthsByNetwork: [String] { networks.map(Self.hiddenWidths) }

    private static func hiddenWidths(_ layers: [Layer]) -> String {
        let counted = layers.filter { $0.setsWidth || $0.hasUnits }.filter { $0.settings["units"] ?? $0.settings["of"] != nil }
        let hidden = counted.last?.keepsUnitsHidden == true ? counted[...] : counted.dropLast()
        let widths = hidden.compactMap { $0.settings["units"] }
        return widths.isEmpty ? "none" : folded(Array(widths), groupsUpTo: 1)
    }

    /// What the widths of the layers of these networks are called together: `hidden layers` or, where that would not fit one of them, `units`.
    static func widthWords(_ networks: [NetworkDescription]) -> String {
        networks.allSatisfy(\.hasHiddenLayersAlone) ? "hidden layers" : "units"
    }

    /// Whether those layers are all that one calls hidden layers: of a chain of dense and recurrent ones that predicts something else than its inputs. Else they are
    /// some layers of several kinds, a code among them, or those of two networks.
    private var hasHiddenLayersAlone: Bool {
        second == nil && !givesInputs && layers.allSatisfy { $0.setsWidth || $0.hasUnits || !$0.hasOtherWeights }
    }

    /// Repetitions written once: three and more of the same, two and more of the same group.
    private static func folded(_ words: [String], groupsUpTo longest: Int) -> String {
        var parts: [String] = []
        var place = 0
        while place < words.count {
            let best = (1...longest).map { length in (length: length, times: repetitions(of: length, at: place, in: words)) }
                .filter { $0.times >= ($0.length == 1 ? 3 : 2) }.max { $0.length * $0.times < $1.length * $1.times }
            guard let best else {
                parts.append(words[place])
                place += 1
                continue
            }
            let group = words[place..<place + best.length]
            parts.append(best.length == 1 ? "\(words[place]) × \(best.times)" : "\(best.times) × (\(group.joined(separator: ", ")))")
            place += best.length * best.times
        }
        return parts.joined(separator: ", ")
    }

    private static func repetitions(of length: Int, at place: Int, in words: [String]) -> Int {
        guard place + length <= words.count else { return 0 }
        let group = words[place..<place + length]
        var times = 1
        while place + (times + 1) * length <= words.count, words[(place + times * length)...].prefix(length).elementsEqual(group) {
            times += 1
        }
        return times
    }
}

extension JSONValue {
    /// A value as one says it: `relu`, `leaky_relu (slope 0.2)`, `l2 0.0001`.
    var phrase: String {
        guard let members = object else { return plainText }
        return members.sorted { $0.key < $1.key }.map { key, value in
            guard let inner = value.object else { return "\(key) \(value.plainText)" }
            return inner.isEmpty ? key : "\(key) (\(value.phrase))"
        }.joined(separator: ", ")
    }
}
