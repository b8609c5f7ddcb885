import Datasets
import LinearAlgebra
import Metrics
import Settings

extension KMeans {
    /// What is told of rows, each in the cluster of its nearest centre: how far the clusters lie apart, and with labels how they agree with the classes, over the
    /// rows that have one.
    package func figures(of rows: Matrix, labels: [Int]?) -> [(name: String, value: Double)] {
        let numbers = nearest(of: rows).map(Int.init)
        let counts = labels.map { labels in
            let labelled = labels.indices.filter { labels[$0] >= 0 }
            return ClusterCounts(clusters: labelled.map { numbers[$0] }, labels: labelled.map { labels[$0] })
        }
        return ClusterFigure.all(withClasses: labels != nil).map { figure in
            let value: Double =
                switch figure {
                case .purity: counts?.purity ?? .nan
                case .adjustedRand: counts?.adjustedRandIndex ?? .nan
                case .silhouette: Silhouette.mean(of: rows.elements, width: rows.columns, clusters: numbers)
                }
            return (name: figure.rawValue, value: value)
        }
    }
}

extension EncodedDataset {
    /// The number of the class of each row, its target or beside it, or -1; nil where no row has one, or rows have several.
    func classNumbers(of rows: UnsafeBufferPointer<Int32>) -> [Int]? {
        switch target {
        case .classes(let labels, _), .inputs(let labels?, _): rows.map { Int(labels[Int($0)]) }
        case .inputs, .values, .severalLabels: nil
        }
    }
}
