import Experiments
import RunStore

/// Settings that differ, then all of them.
extension Comparison {
    var settingsSection: String {
        let parts = [hasVariants ? differingSettings : nil, allSettings].compactMap { $0 }
        return details("Settings", parts)
    }

    private var flatSettings: [[String: JSONValue]] {
        results.map { (try? JSONValue(parsing: $0.variant.trial.canonical))?.flattened ?? [:] }
    }

    /// The settings with each layer as one of them: its kind, and what is not the same in all layers of the kind.
    private var settingsWithLayers: [[String: JSONValue]] {
        let layers = results.map { result in
            (try? JSONValue(parsing: result.variant.trial.canonical))?["model"]?["layers"]?.array?.map(\.flattened) ?? []
        }
        let values = Dictionary(grouping: layers.joined().joined(), by: \.key).mapValues { Set($0.map(\.value)) }
        return zip(flatSettings, layers).map { settings, layers in
            var settings = settings.filter { !$0.key.hasPrefix("model.layers[") }
            for (index, layer) in layers.enumerated() {
                let kinds = Set(layer.keys.compactMap { $0.split(separator: ".").first.map(String.init) }).sorted()
                let telling = layer.filter { values[$0.key, default: []].count > 1 }.sorted { $0.key < $1.key }
                let texts = telling.map { "\($0.key.split(separator: ".").last ?? "") \($0.value.plainText)" }
                settings["model.layers[\(index)]"] = .string((kinds + texts).joined(separator: ", "))
            }
            return settings
        }
    }

    private var differingSettings: String? {
        let flat = settingsWithLayers
        let paths = Set(flat.flatMap(\.keys)).sorted().filter { path in flat.contains { $0[path] != flat[0][path] } }
        guard !paths.isEmpty else { return nil }
        let isWide = results.count <= 8
        var table = MarkdownTable((isWide ? ["setting"] + results.map(\.name) : ["variant"] + paths).map { .init($0) })
        func cell(_ index: Int, _ path: String) -> String { flat[index][path]?.plainText ?? "–" }
        if isWide {
            table.rows = paths.map { path in [path] + results.indices.map { cell($0, path) } }
        } else {
            table.rows = results.indices.map { index in [results[index].name] + paths.map { cell(index, $0) } }
        }
        return "What differs between the variants:\n\n" + table.text
    }

    private var allSettings: String {
        let lines = flatSettings[0].sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.plainText)" }
        let seeds = experiment.seeds.map(String.init).joined(separator: ", ")
        let selection = "\(experiment.selection.goal.rawValue) \(experiment.selection.metric)"
        let all = lines + ["seeds = \(seeds)", "select = \(selection)"]
        return "All settings\(hasVariants ? " of the baseline" : ""):\n\n```\n\(all.joined(separator: "\n"))\n```"
    }
}

/// The only HTML of a report: what most readers skip.
func details(_ summary: String, _ parts: [String]) -> String {
    (["<details><summary>\(summary)</summary>"] + parts + ["</details>"]).joined(separator: "\n\n")
}
