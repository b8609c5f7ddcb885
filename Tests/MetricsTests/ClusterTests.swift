import Foundation
import Metrics
import Testing

/// What clusters have to do with classes, and how far they lie apart, against scikit-learn's figures.
@Suite struct ClusterTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let rows: [[Double]]
        let clusters: [Int]
        let labels: [Int]
        let expected: [String: Double]

        var testDescription: String { name }

        static let all: [Case]? = {
            struct File: Decodable { let cases: [Case] }
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/clusters.json")
            return try? JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases
        }()

        var silhouette: Double { Silhouette.mean(of: rows.flatMap { $0 }, width: rows.first?.count ?? 0, clusters: clusters) }
    }

    @Test func theFileWasRead() throws {
        #expect(try #require(Case.all).filter { $0.expected["silhouette"] != nil }.count >= 8)
    }

    @Test(arguments: Case.all ?? [])
    func agreeWithScikitLearn(_ fixture: Case) throws {
        let counts = ClusterCounts(clusters: fixture.clusters, labels: fixture.labels)
        let purity = try #require(fixture.expected["purity"])
        let rand = try #require(fixture.expected["adjusted_rand_index"])
        #expect(abs(counts.purity - purity) <= 1e-9, "\(counts.purity), scikit-learn \(purity)")
        #expect(abs(counts.adjustedRandIndex - rand) <= 1e-9, "\(counts.adjustedRandIndex), scikit-learn \(rand)")
        if let silhouette = fixture.expected["silhouette"] {
            #expect(abs(fixture.silhouette - silhouette) <= 1e-9, "\(fixture.silhouette), scikit-learn \(silhouette)")
        }
    }

    @Test func withoutExamplesNothingIsDefined() {
        let none = ClusterCounts(clusters: [], labels: [])
        #expect(none.purity.isNaN && none.adjustedRandIndex.isNaN)
        #expect(Silhouette.mean(of: [], width: 3, clusters: []).isNaN)
    }

    @Test func oneClusterHasNoSilhouette() {
        #expect(Silhouette.mean(of: [1, 2, 4], width: 1, clusters: [5, 5, 5]).isNaN)
    }

    @Test func examplesThatAreAllAloneCountNothing() {
        #expect(Silhouette.mean(of: [1, 2, 4], width: 1, clusters: [0, 1, 2]) == 0)
    }

    /// Examples at one place are as near to the other cluster as to their own.
    @Test func examplesAtOnePlaceCountNothing() {
        #expect(Silhouette.mean(of: [3, 3, 3, 3], width: 1, clusters: [0, 0, 1, 1]) == 0)
    }

    /// Rows of more than one block, beside a plain double loop.
    @Test func blocksOfRowsChangeNothing() {
        var rows: [Double] = []
        for place in 0..<300 { rows.append(Double(place * place % 97 + place % 3 * 40)) }
        let clusters = (0..<150).map { (row: Int) -> Int in row * row % 5 }
        func between(_ a: Int, _ b: Int) -> Double {
            let x: Double = rows[2 * a] - rows[2 * b]
            let y: Double = rows[2 * a + 1] - rows[2 * b + 1]
            return (x * x + y * y).squareRoot()
        }
        var total = 0.0
        for row in 0..<150 {
            var means: [Int: Double] = [:]
            for cluster in Set(clusters) {
                let others = (0..<150).filter { clusters[$0] == cluster && $0 != row }
                let sum = others.map { between(row, $0) }.reduce(0, +)
                means[cluster] = sum / Double(max(others.count, 1))
            }
            guard clusters.count(where: { $0 == clusters[row] }) > 1, let inner = means.removeValue(forKey: clusters[row]) else { continue }
            let outer = means.values.min() ?? .nan
            total += (outer - inner) / max(inner, outer)
        }
        #expect(abs(Silhouette.mean(of: rows, width: 2, clusters: clusters) - total / 150) < 1e-12)
    }
}
