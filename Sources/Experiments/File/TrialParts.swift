import Documents
import Settings

/// Puts the trials of many points together. Points share most of what they change, so what they make of one key of the file, such as `training`, is
/// decoded once for all of them that change it alike.
struct TrialParts {
    private let tree: Node
    private let baseline: Whole?
    /// By the changes; `nil` where they are wrong.
    private var known: [String: Whole?] = [:]

    /// Settings, and the canonical text of each of their keys.
    private struct Whole {
        let settings: TrialSettings
        let texts: [String: String]

        init(_ settings: TrialSettings) {
            self.settings = settings
            texts = Trial.canonicalTexts(of: settings)
        }
    }

    /// - `tree`: the baseline. When something is wrong with it, no trial is put together here.
    init(tree: Node) {
        self.tree = tree
        var quiet = Decoding("the experiment")
        baseline = TrialSettings.record.decodeFields(tree, &quiet).map(Whole.init)
    }

    /// The baseline's trial with settings changed in their order; `nil` when something is wrong with them or with the baseline.
    mutating func trial(changing settings: [Setting]) -> Trial? {
        guard let baseline else { return nil }
        var changes: [(key: Substring, settings: [Setting])] = []
        for setting in settings {
            let key = setting.path.prefix { $0 != "." && $0 != "[" }
            if let index = changes.firstIndex(where: { $0.key == key }) {
                changes[index].settings.append(setting)
            } else {
                changes.append((key, [setting]))
            }
        }
        var (changed, texts) = (baseline.settings, baseline.texts)
        for (key, settings) in changes {
            let key = String(key)
            guard let part = part(changing: settings), let text = part.texts[key] else { return nil }
            changed.take(key, from: part.settings)
            texts[key] = text
        }
        return Trial(settings: changed, canonical: Trial.canonical(of: texts))
    }

    private mutating func part(changing settings: [Setting]) -> Whole? {
        let spelled = settings.map { "\($0.path)=\(PlainValue($0.value).canonicalJSON)" }.joined(separator: ";")
        if let part = known[spelled] { return part }
        var quiet = ExperimentReader(file: "", name: nil, decoding: Decoding("the experiment"))
        let part = quiet.changed(tree, by: settings).flatMap { TrialSettings.record.decodeFields($0, &quiet.decoding) }.map(Whole.init)
        known[spelled] = .some(part)
        return part
    }
}
