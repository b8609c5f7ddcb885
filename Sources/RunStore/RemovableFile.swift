/// A large file of a finished run that may be removed, while the run goes on counting as finished.
public enum RemovableFile: String, CaseIterable, Hashable, Sendable, Comparable, Codable {
    /// The trained tensors: what `predict` and `training.continue_from` need.
    case weights
    /// The answers for each validation and test example: what statistics over examples need.
    case predictions

    /// Its name in the run's folder.
    var name: String {
        switch self {
        case .weights: RunFolder.FileName.weights
        case .predictions: RunFolder.FileName.predictions
        }
    }

    /// Weights come first.
    public static func < (one: RemovableFile, other: RemovableFile) -> Bool { one == .weights && other == .predictions }
}

extension Record {
    /// Whether the run has the file.
    public func hasFile(_ file: RemovableFile) -> Bool { files[file.name] != nil }
}

extension Collection<RemovableFile> {
    /// `weights`, `predictions`, or `weights and predictions`.
    public var spoken: String { sorted().map(\.rawValue).joined(separator: " and ") }
}
