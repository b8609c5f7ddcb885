import Documents
import Settings

/// A variant as the file asks for it: a name, and what it changes.
struct NamedChange {
    let name: String
    let place: Place
    let settings: [Setting]
    /// Where it asks for the baseline's number of parameters; nil where it does not.
    let match: Place?

    /// The names of the settings, for messages.
    var paths: String { settings.map(\.path).joined(separator: ", ") }
}

extension ExperimentReader {
    /// The variants that `ablate` asks for, the named ones first, then those of `add_one`, `leave_one_out` and `factorial`.
    ///
    /// - `tree`: the baseline, which has all changes of `leave_one_out`.
    /// - `bare`: the settings without these.
    /// - `baseline`: its canonical trial; a variant that comes to it is an error. Without one, as under overrides, it becomes the baseline's alias.
    mutating func ablations(_ ablate: AblateHeader, on tree: Node, bare: Node, baseline: String?) -> [Variant] {
        let named = (ablate.named + ablate.addOne).compactMap { change(from: $0) }
        let left = ablate.leaveOneOut.compactMap { change(from: $0) }
        let factors = ablate.factorial.compactMap { change(from: $0) }
        let areNamed = areNamesDistinct(ablate)
        for change in left + factors where change.match != nil {
            decoding.report(
                "\(change.name) is combined with other changes, so it has no size of its own", at: change.match ?? change.place,
                help: "write match: parameters in a variant of its own, or in a sweep")
        }
        guard isFactorialSmall(factors) else { return [] }
        let areApart = areApart(left, in: "leave_one_out", on: bare) && areApart(factors, in: "factorial", on: tree)
        guard areNamed, areApart else { return [] }

        var first: [String: String] = [:]
        var variants: [Variant] = []
        func keep(_ variant: Variant?, _ change: NamedChange, nothing: String, _ decoding: inout Decoding) {
            guard let variant else { return }
            guard variant.trial.canonical != baseline else {
                decoding.report(
                    "the variant \(variant.name) changes nothing: \(nothing)", at: change.place,
                    help: "change a value, or take the variant out")
                return
            }
            if baseline != nil, let other = first[variant.trial.canonical] {
                decoding.report(
                    "the variants \(other) and \(variant.name) are the same", at: change.place,
                    help: "change a value, or take one of them out")
                return
            }
            first[variant.trial.canonical] = variant.name
            variants.append(variant)
            variants[variants.count - 1].isMatched = change.match != nil
        }
        for change in named {
            let variant = variant(named: change.name, origin: .ablate, settings: change.settings, on: tree)
            keep(variant, change, nothing: "the settings above have \(change.paths) so already", &decoding)
        }
        for (index, change) in left.enumerated() {
            var others = left
            others.remove(at: index)
            let variant = variant(
                named: "without-" + change.name, origin: .ablate, settings: others.flatMap(\.settings), on: bare,
                changes: change.settings.map { Change(path: $0.path, text: Self.text(of: $0.path, in: bare)) })
            keep(variant, change, nothing: "with or without \(change.paths) the settings are the same", &decoding)
        }
        for chosen in Self.combinations(of: factors) {
            let name = VariantName.joined(chosen.map(\.name))
            let variant = variant(named: name, origin: .ablate, settings: chosen.flatMap(\.settings), on: tree)
            keep(
                variant, chosen[chosen.count - 1],
                nothing: "the settings above have \(chosen.map(\.paths).joined(separator: ", ")) so already",
                &decoding)
        }
        if !left.isEmpty { designs.append(.leaveOneOut(left.map { Design.Component(name: $0.name, without: "without-" + $0.name) })) }
        if !factors.isEmpty { designs.append(Design(combining: factors.map(\.name), variantName: VariantName.joined)) }
        return variants
    }

    /// The tree with all changes of `leave_one_out`, which is the baseline then; `nil` when one of them is wrong, which is reported with the variants.
    func withEverything(_ ablate: AblateHeader, on tree: Node) -> Node? {
        var quiet = Decoding("the experiment")
        return ablate.leaveOneOut.flatMap { $0.value.entries ?? [] }.reduce(tree as Node?) { tree, entry in
            guard let tree, let path = SettingPath(entry.key) else { return nil }
            return tree.setting(path, to: entry.value, as: Self.trialShape, pathPlace: entry.keyPlace, &quiet)
        }
    }

    // MARK: - Changes

    private mutating func change(from entry: Keyed<Node>) -> NamedChange? {
        let place = entry.place ?? entry.value.place
        guard VariantName.isValid(entry.key) else {
            let proposal = VariantName.made(from: entry.key)
            let mode = Suggestion.nearest(to: entry.key, among: AblateHeader.modes).map { "did you mean \"\($0)\"?" }
            decoding.report(
                "the variant name \"\(entry.key.shortened)\" is not of the form a-z, 0-9 and minus", at: place,
                help: mode ?? (proposal.isEmpty ? "such as no-hidden-layer" : "such as \(proposal)"))
            return nil
        }
        guard entry.key != "baseline" else {
            decoding.report("\"baseline\" is the name of the settings above", at: place, help: "give the variant another name")
            return nil
        }
        guard let changes = entry.value.entries else {
            decoding.report(
                "the variant \(entry.key) must be a map of settings, found \(entry.value.described)", at: entry.value.place,
                help: "such as {training.epochs: 9}")
            return nil
        }
        guard !changes.isEmpty else {
            decoding.report("the variant \(entry.key) changes nothing", at: entry.value.place, help: "such as {training.epochs: 9}")
            return nil
        }
        let match = changes.first { $0.key == ParameterMatch.key }
        if let match, decoding.inside(match.key, { ParameterMatch.schema.decode(match.value, &$0) }) == nil { return nil }
        let settings = changes.filter { $0.key != ParameterMatch.key }
        guard !settings.isEmpty else {
            decoding.report(
                "the variant \(entry.key) changes nothing but the size", at: entry.value.place,
                help: "such as {model.mlp.hidden: [64, 64, 64], match: parameters}")
            return nil
        }
        return NamedChange(
            name: entry.key, place: place, settings: settings.map { Setting(path: $0.key, place: $0.keyPlace, value: $0.value) },
            match: match?.keyPlace)
    }

    /// Every combination, of one change, of two, and so on, each in the order of the file.
    private static func combinations(of changes: [NamedChange]) -> [[NamedChange]] {
        guard !changes.isEmpty else { return [] }
        let chosen = (1..<1 << changes.count).map { bits in changes.indices.filter { bits >> $0 & 1 == 1 } }
        let ordered = chosen.sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
        return ordered.map { $0.map { changes[$0] } }
    }

    /// What stands at a path, as one line of YAML.
    private static func text(of path: String, in tree: Node) -> String {
        guard let path = SettingPath(path) else { return "–" }
        let found = tree.deepest(along: path, as: trialShape)
        return found.steps == path.steps.count ? PlainValue(found.node).flowText : "–"
    }

    // MARK: - Checks

    private mutating func areNamesDistinct(_ ablate: AblateHeader) -> Bool {
        var seen: Set<String> = []
        let alone = ablate.named + ablate.addOne + ablate.factorial
        let without = ablate.leaveOneOut.map { Keyed(key: "without-" + $0.key, place: $0.place, value: $0.value) }
        var isFine = true
        for entry in alone + without where !seen.insert(entry.key).inserted {
            decoding.report(
                "two variants are called \(entry.key)", at: entry.place ?? entry.value.place, help: "give one of them another name")
            isFine = false
        }
        guard ablate.factorial.count > 1, ablate.factorial.count <= Self.mostFactors else { return isFine }
        let combined = Self.combinations(
            of: ablate.factorial.map { NamedChange(name: $0.key, place: $0.place ?? $0.value.place, settings: [], match: nil) })
        for chosen in combined where chosen.count > 1 {
            let name = VariantName.joined(chosen.map(\.name))
            guard !seen.insert(name).inserted else { continue }
            decoding.report(
                "a combination would be called \(name), as another variant is", at: chosen[0].place, help: "give one of them another name")
            isFine = false
        }
        return isFine
    }

    /// Changes that are combined must not change the same settings: which of them counted would hang on their order.
    private mutating func areApart(_ changes: [NamedChange], in mode: String, on tree: Node) -> Bool {
        var isFine = true
        for (index, change) in changes.enumerated() {
            for other in changes[..<index] {
                let common = change.settings.first { setting in other.settings.contains { Self.overlap($0.path, setting.path) } }
                guard common != nil || dependOnOrder(other, change, on: tree) else { continue }
                let what = common.map { "change \($0.path)" } ?? "change the same setting"
                decoding.report(
                    "\(other.name) and \(change.name) both \(what), so \(mode) cannot combine them", at: common?.place ?? change.place,
                    help: "let each change settings of its own")
                isFine = false
            }
        }
        return isFine
    }

    /// Whether two changes come to one trial or another by their order, as where they write one setting by different addresses.
    private func dependOnOrder(_ one: NamedChange, _ other: NamedChange, on tree: Node) -> Bool {
        func trial(_ settings: [Setting]) -> Trial? {
            var quiet = ExperimentReader(file: file, name: nil, decoding: Decoding("the experiment"))
            return quiet.changed(tree, by: settings).flatMap { TrialSettings.record.decodeFields($0, &quiet.decoding) }.map { Trial($0) }
        }
        // What is wrong with one of them is told of its variant.
        guard trial(one.settings) != nil, trial(other.settings) != nil else { return false }
        let (forth, back) = (trial(one.settings + other.settings), trial(other.settings + one.settings))
        return forth == nil || forth != back
    }

    private static func overlap(_ one: String, _ other: String) -> Bool {
        guard let one = SettingPath(one)?.steps, let other = SettingPath(other)?.steps else { return false }
        let length = min(one.count, other.count)
        return one.prefix(length) == other.prefix(length)
    }

    /// So many changes have 8,191 combinations.
    private static let mostFactors = 13

    private mutating func isFactorialSmall(_ changes: [NamedChange]) -> Bool {
        guard changes.count > Self.mostFactors else { return true }
        decoding.report(
            "\(changes.count) changes have more than 10,000 combinations", at: changes[Self.mostFactors].place,
            help: "combine \(Self.mostFactors) at most")
        return false
    }
}
