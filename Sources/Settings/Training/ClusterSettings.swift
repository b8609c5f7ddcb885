import Documents

/// Clusters of what a layer gives for the train rows, found by k-means when training has ended.
public struct ClusterSettings: Hashable, Sendable {
    /// How many there are.
    public var count: Int
    /// The layer: its own name, or the one that weights carry.
    public var layer: String

    /// Clusters; the usual layer is the code of an autoencoder.
    public init(count: Int, layer: String = "code") {
        self.count = count
        self.layer = layer
    }
}

/// What is told of clusters, at the end, of validation and test rows.
public enum ClusterFigure: String, CaseIterable, Sendable {
    /// The share of examples that are of the most frequent class of their cluster.
    case purity
    /// How far clusters and classes agree beyond chance.
    case adjustedRand = "adjusted_rand"
    /// How much nearer examples lie to their own cluster than to the next.
    case silhouette

    /// Those that are told, where the classes of the rows are known or are not.
    public static func all(withClasses: Bool) -> [ClusterFigure] { withClasses ? allCases : [.silhouette] }

    /// What is known of it.
    var own: OwnFigure {
        func figure(_ words: String, _ possible: ClosedRange<Double>, _ meaning: String) -> OwnFigure {
            OwnFigure(
                rawValue, words: words, meaning: meaning, goal: .maximize, possible: possible, parts: [.validation, .test],
                isOfEveryEpoch: false)
        }
        return switch self {
        case .purity:
            figure(
                "purity of clusters", 0...1,
                "The share of examples that are of the most frequent class of their cluster; with more clusters it rises by itself.")
        case .adjustedRand:
            figure(
                "adjusted Rand index", -1...1,
                "How far clusters and classes agree: 0 is what chance gives, 1 is one cluster a class.")
        case .silhouette:
            figure(
                "silhouette", -1...1,
                "How much nearer examples lie to their own cluster than to the next, from -1 to 1. It knows no classes, and is of the space it is taken in: spaces of different sizes are not comparable."
            )
        }
    }
}

extension TrialSettings {
    /// The figures of the clusters that it asks for.
    var clusterFigures: [OwnFigure] {
        guard training.clusters != nil else { return [] }
        let hasClasses = labels != nil || target.encoding.isOfClasses && !target.encoding.isOfSeveralLabels
        return ClusterFigure.all(withClasses: hasClasses).map(\.own)
    }
}

// MARK: - In the file

extension ClusterSettings {
    private static let usual = ClusterSettings(count: 1)

    package static let schema = Record<ClusterSettings>(
        "clusters",
        Field(
            "count", \.count, .integer(.atLeast(1, upTo: 1_000_000)), misnomers: ["clusters", "n_clusters", "k"],
            doc: "How many clusters."),
        Field("layer", \.layer, .text("layer's name"), default: usual.layer, doc: "The layer whose outputs are clustered."),
        build: ClusterSettings.init
    ).schema
}
