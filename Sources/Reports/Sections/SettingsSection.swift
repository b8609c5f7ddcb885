import Documents
import Experiments
import RunStore
import Settings

/// Settings that differ, then all of them.
extension Comparison {
    var settingsSection: String {
        let parts = [hasVariants ? differingSettings : nil, allSettings].compactMap { $0 }
        return details("Settings", parts)
    }

    /// The settings of the variants that tables show.
    private var flatSettings: [[String: JSONValue]] {
        shown.map { results[$0] }.map { result in
            var flat = (try? JSONValue(parsing: result.variant.trial.canonical))?.flattened ?? [:]
            // A numeric target has no classes to be as wide as.
            guard !result.variant.trial.settings.target.encoding.isOfClasses else { return flat }
            for (path, value) in flat where path.hasSuffix(".units") && value == .string("classes") { flat[path] = .string("target") }
            return flat
        }
    }

    /// The settings as text, with the network as one of them, and what its layers' settings are beside.
    private func settingsWithNetwork(_ flat: [String: JSONValue], _ trial: Trial) -> [String: String] {
        var settings = flat.filter { setting in !NetworkDescription.places.contains { setting.key.hasPrefix($0) } }.mapValues(\.plainText)
        let network = NetworkDescription(trial)
        settings["model"] = network.text
        for (kind, layers) in Dictionary(grouping: network.layers, by: \.kind) {
            for key in Set(layers.flatMap(\.settings.keys)).subtracting(["units", "activation", kind]) {
                var values: [String] = []
                for value in layers.map({ $0.settings[key] ?? Self.unwritten(key) }) where !values.contains(value) { values.append(value) }
                settings["\(kind).\(key)"] = values.joined(separator: "; ")
            }
        }
        return settings
    }

    /// What a setting of a layer is where it is not written.
    private static func unwritten(_ key: some StringProtocol) -> String { key == "trainable" ? "true" : "none" }

    private var differingSettings: String? {
        let results = shown.map { self.results[$0] }
        let settings = zip(flatSettings, results).map { settingsWithNetwork($0, $1.variant.trial) }
        let kinds = results.map { Set(NetworkDescription($0.variant.trial).layers.map(\.kind)) }
        /// A setting of a kind of layer that a variant has, though it is not written there, counts as what it then is.
        func value(_ index: Int, _ path: String) -> String? {
            if let written = settings[index][path] { return written }
            return kinds[index].first { path.hasPrefix($0 + ".") }.map { Self.unwritten(path.dropFirst($0.count + 1)) }
        }
        let paths = Set(settings.flatMap(\.keys)).sorted().filter { path in
            // What a layer that others lack is set to says nothing of its own unless it varies; the network tells that it is there.
            let isOfLayers = LayerSettings.kinds.contains { path.hasPrefix($0.key + ".") }
            let values = settings.indices.map { value($0, path) }
            return isOfLayers ? Set(values.compactMap(\.self)).count > 1 : values.contains { $0 != values[0] }
        }
        guard !paths.isEmpty else { return nil }
        // The longer side goes down.
        let isWide = results.count <= 8 && paths.count >= results.count
        var table = MarkdownTable((isWide ? ["setting"] + results.map(\.code) : ["variant"] + paths.map(\.asMarkdown)).map { .init($0) })
        func cell(_ index: Int, _ path: String) -> String { value(index, path)?.asMarkdown ?? "–" }
        if isWide {
            table.rows = paths.map { path in [path.asMarkdown] + results.indices.map { cell($0, path) } }
        } else {
            table.rows = results.indices.map { index in [results[index].code] + paths.map { cell(index, $0) } }
        }
        return "What differs between the variants\(isShortened ? " of the table above" : ""):\n\n"
            + table.folded(isWide ? "settings" : "variants")
    }

    private var allSettings: String {
        let lines = flatSettings[0].sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.plainText)" }
        let selection = "\(experiment.selection.goal.rawValue) \(experiment.selection.metric)"
        let all =
            lines + ["seeds = \(seedsText)"]
            + (experiment.finalists.map { ["finalists = {top: \($0.top), seeds: \($0.seeds)}"] } ?? []) + ["select = \(selection)"]
        return "All settings\(hasVariants ? " of the baseline" : ""):\n\n"
            + all.map(\.printableLine).joined(separator: "\n").asMarkdownBlock
    }
}

/// The only HTML of a report: what most readers skip.
func details(_ summary: String, _ parts: [String]) -> String {
    (["<details><summary>\(summary)</summary>"] + parts + ["</details>"]).joined(separator: "\n\n")
}
