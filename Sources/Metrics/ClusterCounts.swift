/// How many examples of each class lie in each cluster.
///
/// Clusters and classes are any whole numbers: what they are called changes no figure. Of lists of different length the rest is left out.
public struct ClusterCounts: Hashable, Sendable {
    private struct Pair: Hashable {
        let cluster: Int
        let label: Int
    }

    private var pairs: [Pair: Int] = [:]
    private var ofCluster: [Int: Int] = [:]
    private var ofLabel: [Int: Int] = [:]

    /// How many examples were counted.
    public private(set) var examples = 0

    /// Counts examples by the cluster and the class of each.
    public init(clusters: [Int], labels: [Int]) {
        for (cluster, label) in zip(clusters, labels) {
            pairs[Pair(cluster: cluster, label: label), default: 0] += 1
            ofCluster[cluster, default: 0] += 1
            ofLabel[label, default: 0] += 1
            examples += 1
        }
    }

    /// The share of examples that are of the most frequent class of their cluster; not a number without examples.
    ///
    /// In one cluster it is the share of the most frequent class; with each example in a cluster of its own it is 1, which says nothing.
    public var purity: Double {
        var most: [Int: Int] = [:]
        for (pair, count) in pairs { most[pair.cluster] = max(most[pair.cluster] ?? 0, count) }
        return examples == 0 ? .nan : Double(most.values.reduce(0, +)) / Double(examples)
    }

    /// The Rand index, moved so that clusters drawn by chance have 0 on average, and scaled so that those equal to the classes have 1 (Hubert and Arabie,
    /// 1985); not a number without examples.
    ///
    /// 2 (a d - b c) / ((a + b) (b + d) + (a + c) (c + d)), of ordered pairs of examples: a lie together in both, b are of one class in two clusters, c of
    /// two classes in one cluster, d apart in both. Where b and c are 0, as with one example, it is 1. In one cluster, or with each example in a cluster of
    /// its own, it is 0 unless the classes are so, too.
    public var adjustedRandIndex: Double {
        guard examples > 0 else { return .nan }
        func squares(_ counts: some Collection<Int>) -> Double { counts.reduce(0) { $0 + Double($1) * Double($1) } }
        let both = squares(pairs.values)
        let sameLabelAlone = squares(ofLabel.values) - both
        let sameClusterAlone = squares(ofCluster.values) - both
        if sameLabelAlone == 0, sameClusterAlone == 0 { return 1 }
        let all = Double(examples)
        let together = both - all
        let apart = all * all - both - sameLabelAlone - sameClusterAlone
        return 2 * (together * apart - sameLabelAlone * sameClusterAlone)
            / ((together + sameLabelAlone) * (sameLabelAlone + apart) + (together + sameClusterAlone) * (sameClusterAlone + apart))
    }
}
