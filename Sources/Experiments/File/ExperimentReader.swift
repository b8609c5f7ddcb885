import Documents
import Settings

extension Experiment {
    /// Reads an experiment file and expands it into its variants.
    ///
    /// - `file`: its path, as messages name it.
    /// - `name`: the experiment's name; the file's stem unless given.
    /// - `overrides`: settings as `path=value`, laid over the baseline, so that every variant has them which does not change them itself.
    /// - `seedCount`: replaces the file's seeds by 1 … n.
    /// - `projectRoot`: the folder that `extends` may not leave; empty for the current one.
    /// - `currentFolder`: the folder that relative paths start from, needed when `projectRoot` is absolute and `file` is not.
    /// - `read`: gives the text of a file; `Source.load` reads it from disk.
    ///
    /// Throws every error of the file at once.
    public static func load(
        _ file: String, name: String? = nil, overrides: [String] = [], seedCount: Int? = nil, projectRoot: String = "",
        currentFolder: String = "",
        read: (String) throws(Diagnostics) -> Source
    ) throws(Diagnostics) -> Experiment {
        try withoutActuallyEscaping(read) { (read) throws(Diagnostics) in
            var chain = ExtensionChain(read: read, projectRoot: projectRoot, currentFolder: currentFolder)
            let tree = chain.tree(of: file)
            guard let tree else { throw chain.findings }
            var reader = ExperimentReader(file: file, name: name, decoding: Decoding("the experiment", findings: chain.findings))
            let experiment = reader.experiment(from: tree, overrides: overrides, seedCount: seedCount)
            guard let experiment, reader.decoding.findings.errorCount == 0 else { throw reader.decoding.findings }
            return experiment
        }
    }
}

/// Turns the merged tree of a file into an experiment.
struct ExperimentReader {
    let file: String
    let name: String?
    var decoding: Decoding

    /// Where settings' paths lead.
    static let trialShape = Shape.record(TrialSettings.record.shape)

    mutating func experiment(from tree: Node, overrides: [String], seedCount: Int?) -> Experiment? {
        var tree = tree
        for argument in overrides {
            guard let override = Override(argument, &decoding.findings) else { continue }
            tree = tree.setting(override.path, to: override.value, as: Self.trialShape, pathPlace: override.place, &decoding) ?? tree
        }
        let areKeysKnown = ExperimentFormat.record.checkKeys(of: tree, &decoding)
        let header = ExperimentHeader.record.decodeFields(tree, &decoding)
        let settings = TrialSettings.record.decodeFields(tree, &decoding)
        let candidates = candidates(on: tree, baseline: overrides.isEmpty ? settings.map { Trial($0).canonical } : nil)
        guard areKeysKnown, let header, let settings else { return nil }

        let baseline = Variant(
            name: "baseline", origin: .baseline, changes: [], trial: Trial(settings), document: tree, file: file)
        let variants = collapsed([baseline] + candidates)
        for variant in variants { checkFigures(of: variant) }
        let selection = selection(header.select, in: tree, baseline: baseline, isSweep: header.sweep != nil)
        let asked = AskedRow.rows(header.predict, file: file)
        // Printed figures belong to the settings as the file has them.
        let references = overrides.isEmpty ? references(header.reference, among: variants, asked: asked) : []
        checkBaselines(header.baselines, of: settings, in: tree)
        checkMonitor(of: header.curves, among: variants, in: tree)
        guard decoding.findings.errorCount == 0, let selection, let first = variants.first else { return nil }
        let name = name ?? FilePath(file).stem
        return Experiment(
            name: name, file: file, title: header.title ?? name, notes: header.notes.map(\.withoutTrailingSpace), baseline: first,
            others: Array(variants.dropFirst()),
            seeds: seedCount.map { Array(1...max(1, $0)) } ?? header.seeds, selection: selection, references: references,
            baselines: header.baselines, askedRows: asked, curves: header.curves, disagreements: header.disagreements)
    }

    // MARK: - Variants

    /// The variants and the points of the sweep, looked at whether the rest of the file is right or wrong, so that all errors come together.
    ///
    /// A variant that comes to the canonical trial `baseline` is an error; without one, as under overrides, it becomes the baseline's alias.
    private mutating func candidates(on tree: Node, baseline: String?) -> [Variant] {
        let ablate = tree["ablate"].flatMap { ExperimentHeader.ablateSchema.decode($0, &decoding) } ?? []
        let sweep = tree["sweep"].flatMap { $0.kind == .null ? nil : SweepHeader.schema.decode($0, &decoding) }
        var named: [String: String] = [:]
        let variants = ablate.compactMap { entry -> Variant? in
            guard let variant = ablation(entry, on: tree, baseline: baseline) else { return nil }
            if baseline != nil, let first = named[variant.trial.canonical] {
                decoding.report(
                    "the variants \(first) and \(variant.name) are the same", at: entry.place ?? entry.value.place,
                    help: "change a value, or take one of them out")
                return nil
            }
            named[variant.trial.canonical] = variant.name
            return variant
        }
        return variants + sweepPoints(sweep, on: tree, taken: ablate.map(\.key))
    }

    private mutating func ablation(_ entry: Keyed<Node>, on tree: Node, baseline: String?) -> Variant? {
        let place = entry.place ?? entry.value.place
        guard VariantName.isValid(entry.key) else {
            let proposal = VariantName.made(from: entry.key)
            decoding.report(
                "the variant name \"\(entry.key.shortened)\" is not of the form a-z, 0-9 and minus", at: place,
                help: proposal.isEmpty ? "such as no-hidden-layer" : "such as \(proposal)")
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
        let settings = changes.map { Setting(path: $0.key, place: $0.keyPlace, value: $0.value) }
        guard let variant = variant(named: entry.key, origin: .ablate, settings: settings, on: tree) else { return nil }
        guard variant.trial.canonical != baseline else {
            decoding.report(
                "the variant \(entry.key) changes nothing: the settings above have \(changes.map(\.key).joined(separator: ", ")) so already",
                at: place, help: "change a value, or take the variant out")
            return nil
        }
        return variant
    }

    private mutating func sweepPoints(_ sweep: SweepHeader?, on tree: Node, taken: [String]) -> [Variant] {
        guard let sweep, let points = Grid(sweep).points(&decoding) else { return [] }
        var names = Set(taken + ["baseline"])
        return points.compactMap { point in
            let name = VariantName.unique(for: point, among: &names)
            return variant(named: name, origin: .sweep, settings: point, on: tree)
        }
    }

    /// A variant from the settings that it changes; `nil` when one of them is wrong, which is reported.
    private mutating func variant(named name: String, origin: Variant.Origin, settings: [Setting], on tree: Node) -> Variant? {
        var changed = tree
        var isComplete = true
        for setting in settings {
            guard let path = SettingPath(setting.path) else {
                decoding.report("\"\(setting.path.shortened)\" is no setting's path", at: setting.place, help: "such as training.epochs")
                isComplete = false
                continue
            }
            if let next = changed.setting(path, to: setting.value, as: Self.trialShape, pathPlace: setting.place, &decoding) {
                changed = next
            } else {
                isComplete = false
            }
        }
        guard let resolved = TrialSettings.record.decodeFields(changed, &decoding), isComplete else { return nil }
        let changes = settings.map { Change(path: $0.path, text: PlainValue($0.value).flowText) }
        return Variant(name: name, origin: origin, changes: changes, trial: Trial(resolved), document: changed, file: file)
    }

    /// Variants that come to the same trial become one: the first stays and keeps the others' names as aliases.
    private func collapsed(_ variants: [Variant]) -> [Variant] {
        var kept: [Variant] = []
        var positions: [String: Int] = [:]
        for variant in variants {
            if let position = positions[variant.trial.canonical] {
                kept[position].aliases.append(variant.name)
            } else {
                positions[variant.trial.canonical] = kept.count
                kept.append(variant)
            }
        }
        return kept
    }
}

extension String {
    /// Without the line end that a block of text carries.
    fileprivate var withoutTrailingSpace: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// A setting's path and its new value, as a file gives them.
struct Setting {
    let path: String
    let place: Place
    let value: Node
}
