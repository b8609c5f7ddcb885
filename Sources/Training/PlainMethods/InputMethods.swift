import Datasets
import LinearAlgebra
import Settings

/// The inputs as their principal components give them back.
struct ComponentsMethod: FittedMethod {
    private let components: PrincipalComponents
    let remark: String?

    init(_ rows: DenseRows, count: Int, train: UnsafeBufferPointer<Int32>) throws(MethodRefusal) {
        components = try .fitted(to: rows, train, count: count)
        remark = components.remark(asked: count)
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        components.rows(of: components.code(of: table.dense.matrix(of: rows))).elements
    }
}

/// The middle of the nearest cluster: k-means from ten draws of first centres, the same for the same rows.
struct KMeansMethod: FittedMethod {
    private let components: PrincipalComponents?
    private let clusters: KMeans
    private let middles: Matrix
    let remark: String?

    private static let seed = 0
    /// About as many multiplications as take minutes.
    private static let mostOperations = 1e13

    init(_ rows: DenseRows, _ settings: KMeansSettings, train: UnsafeBufferPointer<Int32>) throws(MethodRefusal) {
        guard settings.clusters <= train.count else {
            throw MethodRefusal(reason: "needs a train row for each of \(settings.clusters) clusters, there are \(train.count)")
        }
        let sizes = [train.count, settings.components ?? rows.features, settings.clusters, KMeans.mostSteps].map(Double.init)
        guard sizes.reduce(1, *) <= Self.mostOperations else { throw .tooLarge(train.count, rows.features) }
        let own = rows.matrix(of: train)
        if let count = settings.components {
            let found = try PrincipalComponents.fitted(to: rows, train, count: count)
            clusters = KMeans(of: found.code(of: own), count: settings.clusters, seed: Self.seed)
            (components, middles) = (found, found.rows(of: clusters.centres))
            remark = found.remark(asked: count)
        } else {
            clusters = KMeans(of: own, count: settings.clusters, seed: Self.seed)
            (components, middles, remark) = (nil, clusters.centres, nil)
        }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        clusters.nearest(of: code(of: rows, in: table)).flatMap { middles[row: Int($0)] }
    }

    func figures(of rows: UnsafeBufferPointer<Int32>, in table: InputTable, labels: [Int]?) -> [(name: String, value: Double)] {
        clusters.figures(of: code(of: rows, in: table), labels: labels)
    }

    private func code(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> Matrix {
        let inputs = table.dense.matrix(of: rows)
        return components?.code(of: inputs) ?? inputs
    }
}

extension PrincipalComponents {
    fileprivate static func fitted(
        to rows: DenseRows, _ train: UnsafeBufferPointer<Int32>, count: Int
    ) throws(MethodRefusal) -> PrincipalComponents {
        guard count <= rows.features else {
            throw MethodRefusal(reason: "finds no more than the \(rows.features) directions that the inputs have, not \(count)")
        }
        guard min(train.count, rows.features) <= mostDirections else { throw .tooLarge(train.count, rows.features) }
        guard let found = PrincipalComponents(of: rows.matrix(of: train), count: count) else {
            throw MethodRefusal(reason: "needs inputs that are finite numbers")
        }
        return found
    }

    /// What must be known where there are fewer than were asked for.
    fileprivate func remark(asked: Int) -> String? {
        components.rows < asked ? "found that the train rows vary in \(components.rows) directions only, not in \(asked)" : nil
    }
}

extension DenseRows {
    /// Some of the rows.
    fileprivate func matrix(of rows: UnsafeBufferPointer<Int32>) -> Matrix {
        var chosen: [Double] = []
        chosen.reserveCapacity(rows.count * features)
        for row in rows { chosen += elements[Int(row) * features..<(Int(row) + 1) * features] }
        return Matrix(chosen, rows: rows.count, columns: features)
    }
}
