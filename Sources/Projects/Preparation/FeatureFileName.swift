import RunStore

/// What the file of a table of features is called: by the run whose layer gives them, or by the data whose principal components they are.
struct FeatureFileName: Hashable {
    /// The folders from that of the data sets to that of the tables.
    static let folders = ["cache", "features"]
    static let ending = ".csv"
    private static let digestEnding = ".sha256"

    /// Such as `0123456789abcdef01234567-code.csv`.
    let text: String
    /// The layer, as weights carry it, and the run of which it gives the features; nil for principal components of data.
    let source: (layer: String, run: RunIdentity)?

    /// Features that a layer of a run gives.
    init(of run: RunIdentity, layer: String) {
        source = (layer, run)
        text = "\(run.hex)-\(layer)\(Self.ending)"
    }

    /// So many principal components of encoded data.
    init(of data: DataDigests, components: Int) {
        source = nil
        text = "\(data.content.prefix(12))\(data.encoding.prefix(12))-pca\(components)\(Self.ending)"
    }

    /// By the name of a table's file, or of the digest beside it; nil for what is named otherwise.
    init?(file name: String) {
        let text = name.hasSuffix(Self.digestEnding) ? String(name.dropLast(Self.digestEnding.count)) : name
        guard text.hasSuffix(Self.ending) else { return nil }
        let parts = text.dropLast(Self.ending.count).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let digits = RunIdentity(hex: String(parts[0])) else { return nil }
        self.text = text
        // A layer that is called like components is taken for them.
        source = parts[1].hasPrefix("pca") && Int(parts[1].dropFirst(3)) != nil ? nil : (String(parts[1]), digits)
    }

    /// Equal texts.
    static func == (one: FeatureFileName, other: FeatureFileName) -> Bool { one.text == other.text }

    /// By the text.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// The digest of the table's content stands in this file beside it.
    var digestName: String { text + Self.digestEnding }
}
