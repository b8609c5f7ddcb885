import Documents

/// Of which runs weights and predictions are kept; records and histories always are. No part of a run's identity.
public struct KeepSettings: Hashable, Sendable {
    /// Of which runs.
    public enum Share: String, Hashable, Sendable {
        /// Those of every run.
        case all
        /// Those of the baseline and of the best variant by `select`; of equal ones the first.
        case best
        /// Those of no run.
        case none
    }

    /// Whose trained weights; nil where the file does not say.
    public var weights: Share?
    /// Whose answers for validation and test examples; nil where the file does not say.
    public var predictions: Share?

    /// Both, where the file says so.
    public init(weights: Share? = nil, predictions: Share? = nil) {
        self.weights = weights
        self.predictions = predictions
    }

    /// Where the file does not say, `all` are kept, unless those of a sweep would take more bytes than this; then `best`.
    private static let mostBytes = (weights: 1e9, predictions: 10e9)

    /// Whose files are kept, those of all runs taking so many bytes.
    public func shares(isSweep: Bool, weightBytes: Double, predictionBytes: Double) -> (weights: Share, predictions: Share) {
        func usual(_ bytes: Double, _ most: Double) -> Share { isSweep && bytes > most ? .best : .all }
        return (
            weights ?? usual(weightBytes, Self.mostBytes.weights), predictions ?? usual(predictionBytes, Self.mostBytes.predictions)
        )
    }
}

// MARK: - In the file

extension KeepSettings.Share {
    fileprivate static let schema = Schema<KeepSettings.Share>.enumeration(
        "share",
        Choosable("all", .all, doc: "Those of every run."),
        Choosable("best", .best, doc: "Those of the baseline and of the best variant by select; others go while the runs end."),
        Choosable("none", .none, doc: "Those of no run."))
}

extension KeepSettings {
    static let schema = Record<KeepSettings>(
        "keep",
        Field(
            optional: "weights", \.weights, Share.schema,
            doc: """
                Trained weights, which predict and continue_from need: all, but for a sweep whose weights would take more than \
                \(Int(mostBytes.weights / 1e9)) GB, which keeps the best.
                """),
        Field(
            optional: "predictions", \.predictions, Share.schema,
            doc: """
                Answers for validation and test examples, which comparisons by example need: all, but for a sweep whose predictions would take \
                more than \(Int(mostBytes.predictions / 1e9)) GB, which keeps the best.
                """),
        build: KeepSettings.init
    ).schema
}
