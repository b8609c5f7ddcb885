import Experiments
import Settings

extension Variant {
    /// What it changes as a plan tells it, a setting each: in words with which weights its runs begin, all else as it is written.
    public var toldChanges: [String] {
        var told: [String] = []
        var isStartTold = false
        for change in changes {
            guard change.path == Self.start || change.path.hasPrefix(Self.start + ".") else {
                told.append("\(change.path) = \(change.text)")
                continue
            }
            if !isStartTold { told.append(trial.settings.training.continueFrom.map(\.told) ?? "random weights") }
            isStartTold = true
        }
        return told
    }

    private static let start = "training.continue_from"
}

extension StartSettings {
    /// `weights from mnist-low-digits/baseline, all but the last layer`.
    fileprivate var told: String {
        let whose =
            switch source {
            case .variant(let variant, let experiment): "\(experiment)/\(variant)"
            case .run(let run): "run \(run)"
            case .model(let folder): "the model in \(folder)"
            }
        switch layers {
        case .all: return "weights from \(whose)"
        case .allButLast: return "weights from \(whose), all but the last layer"
        case .named(let names): return "weights from \(whose), of \(names.joined(separator: ", "))"
        }
    }
}
