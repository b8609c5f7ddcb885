/// What one network does otherwise than another: kinds of layers that are gone or new, then settings that all layers share.
struct NetworkChanges {
    private(set) var parts: [VariantChanges.Part] = []
    /// What the widths of layers are called that differ; nil where they do not.
    let otherWidths: String?

    private let own: NetworkDescription
    private let base: NetworkDescription

    init(_ own: NetworkDescription, against base: NetworkDescription) {
        self.own = own
        self.base = base
        otherWidths = Self.otherWidths(own, base)
        let structural = structuralParts
        let isRebuilt = structural == nil
        parts =
            (structural ?? [.init(topic: "layers", text: own.text)]) + denseParts(isRebuilt: isRebuilt) + otherParts(isRebuilt: isRebuilt)
            + frozenParts
        // Layers may have changed places.
        if parts.isEmpty, otherWidths == nil { parts = [.init(topic: "layers", text: own.text)] }
    }

    private static func otherWidths(_ own: NetworkDescription, _ base: NetworkDescription) -> String? {
        let (mine, theirs) = (own.widthsByNetwork, base.widthsByNetwork)
        guard mine != theirs else { return nil }
        guard mine.count == 2, theirs.count == 2 else { return NetworkDescription.widthWords([own, base]) }
        let differing = zip(["generator", "discriminator"], zip(mine, theirs)).filter { $1.0 != $1.1 }.map { "the \($0.0)" }
        return "units of \(enumeration(differing))"
    }

    // MARK: - Layers that are gone or new

    /// Nil when the layers stand in another order altogether.
    private var structuralParts: [VariantChanges.Part]? {
        // Other kinds of layers with units, such as those on the kernel of another.
        guard unitKinds(own) == unitKinds(base) else { return nil }
        let (mine, theirs) = (kinds(own), kinds(base))
        let (removed, added) = (theirs.subtracting(mine), mine.subtracting(theirs))
        // Dense layers alone differ in number and width at most.
        if mine.isEmpty, theirs.isEmpty { return [] }
        guard removed.isEmpty || added.isEmpty, !added.contains("activation"), !removed.contains("activation"),
            structure(base, without: removed) == structure(own, without: added)
        else { return nil }
        return removed.sorted().map { kind in .init(topic: spoken(kind), text: "without \(spoken(kind))") }
            + added.sorted().map { kind in .init(topic: spoken(kind), text: "with \(spoken(kind, in: own))\(position(of: kind))") }
    }

    private func kinds(_ network: NetworkDescription) -> Set<String> {
        Set(network.layers.filter { !$0.setsWidth }.map(\.kind))
    }

    private func unitKinds(_ network: NetworkDescription) -> Set<String> { Set(network.layers.filter(\.setsWidth).map(\.kind)) }

    private func structure(_ network: NetworkDescription, without kinds: Set<String>) -> [String] {
        network.layers.map(\.kind).filter { !kinds.contains($0) }
    }

    private func spoken(_ kind: String) -> String {
        (own.layers + base.layers).first { $0.kind == kind }?.spokenKind ?? kind
    }

    /// With its rate, where all layers of the kind have the same.
    private func spoken(_ kind: String, in network: NetworkDescription) -> String {
        let tokens = Set(network.layers.filter { $0.kind == kind }.map(\.token))
        return tokens.count == 1 ? tokens.first ?? kind : spoken(kind)
    }

    private func position(of kind: String) -> String {
        let places = own.layers.indices.filter { own.layers[$0].kind == kind }
        if places == [0] { return " in front" }
        let hidden = own.layers.indices.filter { own.layers[$0].setsWidth }.dropLast()
        guard places == hidden.map({ $0 + 1 }) else { return "" }
        return hidden.count == 1 ? " after the hidden layer" : " after each hidden layer"
    }

    // MARK: - Settings

    private func denseParts(isRebuilt: Bool) -> [VariantChanges.Part] {
        let shared = unitKinds(own).intersection(unitKinds(base))
        func layers(_ network: NetworkDescription) -> [NetworkDescription.Layer] {
            network.layers.filter { $0.setsWidth && shared.contains($0.kind) }
        }
        let (mine, theirs) = (layers(own), layers(base))
        var parts: [VariantChanges.Part] = []
        if !isRebuilt {
            if mine.count > 1, theirs.count > 1 { parts += part("activation", "activation", mine.dropLast(), theirs.dropLast()) }
            parts += part("activation", "output activation", mine.suffix(1), theirs.suffix(1))
        }
        let keys = Set((mine + theirs).flatMap(\.settings.keys)).subtracting(["units", "activation", Self.trainable]).sorted()
        return parts + keys.flatMap { part($0, spokenSetting($0), mine[...], theirs[...]) }
    }

    private func otherParts(isRebuilt: Bool) -> [VariantChanges.Part] {
        kinds(own).intersection(kinds(base)).sorted().flatMap { kind -> [VariantChanges.Part] in
            let (mine, theirs) = (own.layers.filter { $0.kind == kind }, base.layers.filter { $0.kind == kind })
            return Set((mine + theirs).flatMap(\.settings.keys)).subtracting([Self.trainable]).sorted().flatMap {
                key -> [VariantChanges.Part] in
                if isRebuilt && key == kind || key == "units" && mine[0].hasUnits { return [] }
                return part(key, key == kind ? spoken(kind) : "\(spoken(kind)) \(key)", mine[...], theirs[...])
            }
        }
    }

    private static let trainable = "trainable"

    /// Which layers do not train, where others do not than in the baseline.
    private var frozenParts: [VariantChanges.Part] {
        func frozen(_ network: NetworkDescription) -> [Int] {
            network.layers.indices.filter { network.layers[$0].settings[Self.trainable] == "false" }
        }
        let mine = frozen(own)
        guard mine != frozen(base) else { return [] }
        guard !mine.isEmpty else { return [.init(topic: "frozen layers", text: "no layer frozen")] }
        let numbers = mine.map { String($0 + 1) }.joined(separator: ", ")
        return [.init(topic: "frozen layers", text: mine.count == 1 ? "layer \(numbers) frozen" : "layers \(numbers) frozen")]
    }

    /// A setting whose values in all these layers are others than in the baseline's.
    private func part(
        _ key: String, _ topic: String, _ mine: ArraySlice<NetworkDescription.Layer>, _ theirs: ArraySlice<NetworkDescription.Layer>
    ) -> [VariantChanges.Part] {
        let values = mine.map { $0.settings[key] }
        guard Set(values) != Set(theirs.map { $0.settings[key] }), !mine.isEmpty, !theirs.isEmpty else { return [] }
        var distinct: [String] = []
        for value in values.map({ $0 ?? "none" }) where !distinct.contains(value) { distinct.append(value) }
        if distinct == ["none"] { return [.init(topic: topic, text: "without \(topic)")] }
        if key == "use_bias" { return [.init(topic: topic, text: distinct == ["false"] ? "without bias" : "with bias")] }
        return [.init(topic: topic, text: "\(topic) \(distinct.joined(separator: " and "))")]
    }

    private func spokenSetting(_ key: String) -> String {
        switch key {
        case "kernel_initializer": "initializer"
        case "kernel_regularizer": "penalty"
        case "bias_initializer": "bias initializer"
        case "bias_regularizer": "bias penalty"
        case "activity_regularizer": "activity penalty"
        case "contractive_regularizer": "contractive penalty"
        case "use_bias": "bias"
        default: key
        }
    }
}
