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
    /// How the variants read so far were put together, by the names that they had at first.
    var designs: [Design] = []

    /// Where settings' paths lead.
    static let trialShape = Shape.record(TrialSettings.record.shape)

    /// Whether a word is a key of the settings, such as `model`.
    static func isTrialKey(_ word: String) -> Bool { TrialSettings.record.shape.fields.contains { $0.key == word } }

    mutating func experiment(from tree: Node, overrides: [String], seedCount: Int?) -> Experiment? {
        let written = tree
        var bare = tree
        for argument in overrides {
            guard let override = Override(argument, &decoding.findings) else { continue }
            bare = bare.setting(override.path, to: override.value, as: Self.trialShape, pathPlace: override.place, &decoding) ?? bare
        }
        let ablate = bare["ablate"].flatMap { node in decoding.inside("ablate") { AblateHeader.schema.decode(node, &$0) } } ?? .nothing
        let tree = withEverything(ablate, on: bare) ?? bare
        let areKeysKnown = ExperimentFormat.record.checkKeys(of: tree, &decoding)
        let header = ExperimentHeader.record.decodeFields(tree, &decoding)
        let settings = TrialSettings.record.decodeFields(tree, &decoding)
        // Variants and points are looked at whether the rest of the file is right or wrong, so that all errors come together.
        let canonical = overrides.isEmpty ? settings.map { Trial($0).canonical } : nil
        let ablations = ablations(ablate, on: tree, bare: bare, baseline: canonical)
        let taken = ablations.map(\.name) + (ablate.named + ablate.addOne).map(\.key)
        let points = sweepPoints(on: tree, named: withEverything(ablate, on: written) ?? written, taken: taken)
        guard areKeysKnown, let header, let settings else { return nil }

        let baseline = Variant(
            name: "baseline", origin: .baseline, changes: [], trial: Trial(settings), tree: tree, file: file)
        let variants = collapsed([baseline] + ablations + points)
        var found = VariantFindings(known: decoding.findings.all)
        let count = decoding.findings.all.count
        for variant in variants {
            found.look(at: variant)
            checkFigures(of: variant)
            found.take(&decoding.findings, since: count, of: variant.name, variant.settings, origin: variant.origin)
        }
        decoding.findings.all += found.told
        let selection = selection(header.select, in: tree, baseline: baseline, isSweep: header.sweep != nil)
        let asked = AskedRow.rows(header.predict, file: file)
        // Printed figures belong to the settings as the file has them.
        let references = overrides.isEmpty ? references(header.reference, among: variants, asked: asked) : []
        let claims = overrides.isEmpty ? selection.map { readClaims(header.expect, selection: $0, among: variants) } ?? [] : []
        checkBaselines(header.baselines, of: settings, in: tree)
        checkMonitor(of: header.curves, among: variants, in: tree)
        checkGrowth(header.seeds, keep: header.keep, of: variants, in: tree)
        let finalists = finalists(of: header.sweep ?? [])
        guard decoding.findings.errorCount == 0, let selection, let first = variants.first else { return nil }
        let names = Dictionary(variants.flatMap { variant in ([variant.name] + variant.equals).map { ($0, variant.name) } }) { first, _ in
            first
        }
        let name = name ?? FilePath(file).stem
        return Experiment(
            name: name, file: file, title: header.title ?? name, notes: header.notes.map(\.withoutTrailingSpace), baseline: first,
            others: Array(variants.dropFirst()),
            seeds: seedCount.map { Array(1...max(1, $0)) } ?? header.seeds.all, growth: seedCount == nil ? header.seeds.growth : nil,
            finalists: finalists, selection: selection, references: references, designs: designs.compactMap { $0.renamed { names[$0] } },
            baselines: header.baselines, askedRows: asked, curves: header.curves, disagreements: header.disagreements,
            keep: header.keep, claims: claims)
    }

    // MARK: - Stages

    /// Where seeds are added, comparisons are of seeds: over folds more seeds tell little.
    private mutating func checkGrowth(_ seeds: SeedSettings, keep: KeepSettings, of variants: [Variant], in tree: Node) {
        guard seeds.growth != nil, let place = tree["seeds"]?.place else { return }
        if let share = keep.predictions, share != .all {
            decoding.report(
                "where seeds are added, the predictions of all runs tell which comparisons are open",
                at: tree["keep"]?["predictions"]?.place ?? place,
                help: "keep all of them, or give a number of seeds")
        }
        guard
            let other = variants.first(where: { $0.trial.settings.split.folds != nil || $0.trial.settings.split.resplit })
        else { return }
        let what = other.trial.settings.split.folds != nil ? "has folds" : "draws its split anew"
        decoding.report(
            "seeds are added by comparisons over seeds, and \(other.name) \(what)", at: place,
            help: "give a number of seeds, or validate on one part")
    }

    /// One block may name the finalists; they are those of the whole sweep.
    private mutating func finalists(of blocks: [SweepBlock]) -> FinalistSettings? {
        let named = blocks.compactMap(\.finalists)
        if named.count > 1, let place = named[1].place {
            decoding.report("finalists are those of the whole sweep, and named twice", at: place, help: "name them in one block")
        }
        return named.first?.value
    }

    // MARK: - Variants

    /// A variant from the settings that it changes; `nil` when one of them is wrong, which is reported. `changes`: what is told of it, where that is not
    /// the settings themselves.
    mutating func variant(
        named name: String, origin: Variant.Origin, settings: [Setting], on tree: Node, changes: [Change]? = nil
    ) -> Variant? {
        let written = settings
        let settings = written.inOrder
        guard let changed = changed(tree, by: settings), let resolved = TrialSettings.record.decodeFields(changed, &decoding) else {
            return nil
        }
        return Variant(
            name: name, origin: origin, changes: changes ?? written.map { Change(path: $0.path, text: PlainValue($0.value).flowText) },
            trial: Trial(resolved), tree: tree, settings: settings, file: file)
    }

    /// The tree with settings changed; `nil` when one of them is wrong, which is reported, as it is that two of them change one setting.
    mutating func changed(_ tree: Node, by settings: [Setting]) -> Node? {
        var changed = tree
        var written: [(setting: Setting, path: SettingPath)] = []
        for setting in settings {
            guard let path = SettingPath(setting.path) else {
                decoding.report("\"\(setting.path.shortened)\" is no setting's path", at: setting.place, help: "such as training.epochs")
                continue
            }
            let before = changed
            guard let next = before.setting(path, to: setting.value, as: Self.trialShape, pathPlace: setting.place, &decoding) else {
                continue
            }
            changed = next
            let other = written.first {
                isWritten(path, by: $0.setting, in: before, over: tree) || isLost($0.path, from: before, to: next)
            }
            if let other {
                decoding.report(
                    "\(setting.path) changes what \(other.setting.path) gives in the same variant", at: setting.place,
                    help: "let one of them alone give it")
                continue
            }
            written.append((setting, path))
        }
        return written.count == settings.count ? changed : nil
    }

    /// Whether what stands at a path came with an earlier setting.
    private func isWritten(_ path: SettingPath, by earlier: Setting, in tree: Node, over original: Node) -> Bool {
        let found = tree.deepest(along: path, as: Self.trialShape)
        guard found.steps == path.steps.count, earlier.value.place.contains(found.node.place) else { return false }
        let before = original.deepest(along: path, as: Self.trialShape)
        return before.steps < path.steps.count || before.node.place != found.node.place
    }

    /// Whether the value at a path goes, and not only grows.
    private func isLost(_ path: SettingPath, from tree: Node, to next: Node) -> Bool {
        let before = tree.deepest(along: path, as: Self.trialShape)
        guard before.steps == path.steps.count, before.node.entries == nil else { return false }
        let after = next.deepest(along: path, as: Self.trialShape)
        guard after.steps == path.steps.count else { return true }
        return after.node.entries == nil
            && (after.node.place != before.node.place || PlainValue(after.node) != PlainValue(before.node))
    }

    /// Variants that come to the same trial become one: the first stays, knows the others' names, and has them as aliases.
    private func collapsed(_ variants: [Variant]) -> [Variant] {
        var kept: [Variant] = []
        var positions: [String: Int] = [:]
        for variant in variants {
            if let position = positions[variant.trial.canonical] {
                kept[position].equals.append(variant.name)
                for name in [variant.name] + variant.aliases where name != kept[position].name && !kept[position].aliases.contains(name) {
                    kept[position].aliases.append(name)
                }
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
struct Setting: Sendable {
    let path: String
    let place: Place
    let value: Node
}

extension [Setting] {
    /// The settings so that none is followed by one that holds it: an optimizer stands before its momentum.
    var inOrder: [Setting] {
        guard count > 1 else { return self }
        let depths = map { $0.path.utf8.count { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } }
        return indices.sorted { (depths[$0], $0) < (depths[$1], $1) }.map { self[$0] }
    }
}

extension Place {
    /// Whether a place lies within this one.
    fileprivate func contains(_ other: Place) -> Bool { source == other.source && start <= other.start && other.end <= end }
}
