import Documents

/// What decides the result of all runs of a variant, whatever their seed and fold.
public struct RunBasis: Hashable, Sendable {
    /// The trial as canonical JSON: what decides the result, keys sorted, no names, and where the data lie.
    public let canonical: String
    /// The digests of the data.
    public let digests: DataDigests
    /// The engine's results version, which grows whenever the same settings would give other bits.
    public let resultsVersion: Int
    /// The trial without its `dataset`, as identities have it. What is no trial, such as the text that stands for plain methods, stays as it is.
    let canonicalWithoutDataset: String

    /// A trial on data.
    public init(canonical: String, digests: DataDigests, resultsVersion: Int) {
        self.canonical = canonical
        self.digests = digests
        self.resultsVersion = resultsVersion
        if let settings = (try? JSONValue(parsing: canonical))?.object {
            canonicalWithoutDataset = JSONValue.object(settings.filter { $0.key != "dataset" }).compactText
        } else {
            canonicalWithoutDataset = canonical
        }
    }
}
