import Foundation
import LinearAlgebra
import Testing
import Training

/// Principal components and k-means beside scikit-learn's.
@Suite struct ComponentTests {
    struct File: Decodable, Sendable {
        let components: [Components]
        let clusters: [Clusters]
    }

    struct Components: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let rows: [[Double]]
        let count: Int
        let mean: [Double]
        let components: [[Double]]
        let variances: [Double]
        let shares: [Double]
        let code: [[Double]]
        let returned: [[Double]]

        var testDescription: String { name }
    }

    struct Clusters: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let rows: [[Double]]
        let first: [[Double]]
        let tolerance: Double
        let centres: [[Double]]
        let clusters: [Int32]
        let inertia: Double
        let steps: Int
        let nearest: [Int32]

        var testDescription: String { name }
    }

    static let file: File? = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/components.json")
        return try? JSONDecoder().decode(File.self, from: Data(contentsOf: file))
    }()

    private static func matrix(_ rows: [[Double]]) -> Matrix {
        Matrix(rows.flatMap { $0 }, rows: rows.count, columns: rows.first?.count ?? 0)
    }

    private func expect(_ found: [Double], _ expected: [Double], _ what: String) {
        #expect(found.count == expected.count, "\(what)")
        for (place, (value, other)) in zip(found, expected).enumerated() {
            #expect(abs(value - other) <= 1e-6 * max(1, abs(other)), "\(what) \(place): \(value), scikit-learn \(other)")
        }
    }

    @Test func theFileWasRead() throws {
        let file = try #require(Self.file)
        #expect(file.components.count == 8 && file.clusters.count == 9)
    }

    @Test(arguments: file?.components ?? [])
    func componentsAgreeWithScikitLearn(_ fixture: Components) throws {
        let rows = Self.matrix(fixture.rows)
        let found = try #require(PrincipalComponents(of: rows, count: fixture.count))
        expect(found.mean, fixture.mean, "mean")
        expect(found.components.elements, fixture.components.flatMap { $0 }, "component")
        expect(found.variances, fixture.variances, "variance")
        expect(found.variances.map { $0 / found.totalVariance }, fixture.shares, "share")
        let code = found.code(of: rows)
        expect(Array(code.elements.prefix(5 * fixture.count)), fixture.code.flatMap { $0 }, "code")
        expect(Array(found.rows(of: code).elements.prefix(5 * rows.columns)), fixture.returned.flatMap { $0 }, "returned")
    }

    @Test(arguments: file?.clusters ?? [])
    func clustersAgreeWithScikitLearn(_ fixture: Clusters) {
        let rows = Self.matrix(fixture.rows)
        let found = KMeans(of: rows, from: Self.matrix(fixture.first), tolerance: fixture.tolerance)
        expect(found.centres.elements, fixture.centres.flatMap { $0 }, "centre")
        #expect(found.clusters == fixture.clusters)
        #expect(found.steps == fixture.steps)
        expect([found.inertia], [fixture.inertia], "inertia")
        func scaled(_ number: Double) -> Double { (number * 1.1 * 1e6).rounded() / 1e6 }
        let others = fixture.rows.reversed().map { $0.map(scaled) }
        #expect(found.nearest(of: Self.matrix(others)) == fixture.nearest)
    }

    /// Rows that vary in two directions have no third component, however many are asked for.
    @Test(arguments: [4, 30]) func directionsWithoutVarianceAreNoComponents(columns: Int) throws {
        var rows = Matrix(rows: 12, columns: columns)
        for row in 0..<12 {
            for column in 0..<columns { rows[row, column] = Double(row * column + row * row % 5 * (column % 3) + 1) }
        }
        let found = try #require(PrincipalComponents(of: rows, count: 4))
        #expect(found.components.rows == 2 && found.variances.count == 2)
    }

    @Test func rowsThatAreEqualHaveNoComponents() throws {
        let found = try #require(PrincipalComponents(of: Self.matrix([[1, 2], [1, 2], [1, 2]]), count: 2))
        #expect(found.components.rows == 0)
        #expect(found.rows(of: found.code(of: Self.matrix([[5, 6]]))).elements == [1, 2])
    }

    @Test func numbersThatAreNoneHaveNoComponents() {
        #expect(PrincipalComponents(of: Self.matrix([[1, 2], [.nan, 2], [1, 4]]), count: 1) == nil)
        #expect(PrincipalComponents(of: Matrix(rows: 0, columns: 3), count: 1) == nil)
    }

    // MARK: - First centres

    private static let blobs = matrix(
        (0..<90).map { (row: Int) -> [Double] in
            let spread = Double(row * row % 17) / 17
            return [Double(row % 3 * 20) + spread, Double(row % 9 * 30) - spread]
        })

    @Test func drawnCentresFindWhatLiesApart() {
        let found = KMeans(of: Self.blobs, count: 9, seed: 1)
        #expect(Set(found.clusters).count == 9)
        for row in 0..<90 { #expect(found.clusters[row] == found.clusters[row % 9]) }
    }

    @Test func theSameNamesDrawTheSame() {
        let one = KMeans(of: Self.blobs, count: 5, starts: 1, seed: 1)
        #expect(one.centres == KMeans(of: Self.blobs, count: 5, starts: 1, seed: 1).centres)
        #expect(one.centres != KMeans(of: Self.blobs, count: 5, starts: 1, seed: 2).centres)
    }

    @Test func moreStartsAreNeverWorse() {
        let found = (1...6).map { KMeans(of: Self.blobs, count: 6, starts: $0, seed: 4).inertia }
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test func fewerRowsThanClustersAreACentreEach() {
        let found = KMeans(of: Self.matrix([[1, 2], [5, 5]]), count: 4, seed: 1)
        #expect(found.centres.rows == 2 && found.inertia == 0)
    }
}
