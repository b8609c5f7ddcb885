import Datasets
import Documents
import Foundation
import Settings
import Testing

struct CatalogueTests {
    @Test func holdsTheSetsThatTheProjectSpeaksOf() {
        #expect(Set(["reuters", "imdb", "wine", "boston", "ionosphere", "cereal", "churn"]).isSubset(of: Places.catalogue.names))
    }

    @Test(arguments: Places.catalogue.names)
    func everyEntryIsWellFormed(name: String) throws {
        let entry = try Places.catalogue.entry(named: name)
        #expect(entry.name == name)
        #expect(entry.digest.utf8.count == 64)
    }

    /// Sets that ship are canonical for their digests, and have as many rows as their entries say.
    @Test(arguments: ["wine", "boston", "ionosphere"])
    func shippedFilesAreTheRightOnes(name: String) throws {
        let entry = try Places.catalogue.entry(named: name)
        let folder = try TemporaryFolder()
        let target = try #require(["wine": "quality", "boston": "MEDV", "ionosphere": "class"][name])
        let dataset = try DatasetStore(folder: folder.path, mirrors: [Places.data]).open(
            EncodingRequest(
                source: .catalogue(entry), inputs: InputSettings(columns: [.init(column: "*", encoding: .label)]),
                target: ColumnSettings(column: target, encoding: .label)))
        #expect(dataset.rowCount == entry.rows)
    }

    @Test func anUnknownNameListsTheKnownOnes() {
        let error = #expect(throws: DatasetError.self) { try Places.catalogue.entry(named: "../wine") }
        #expect(error?.description.hasPrefix("unknown data set \"../wine\"; the catalogue has alice, boston, cereal, churn") == true)
    }

    @Test func anEntryWithMistakesNamesThemAll() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            title: Points
            description: Two points.
            licence: none
            citation: nobody
            format: csw
            rows: 0
            file: ../points.csv
            addresses: [http://example.org/points.csv]
            digest: abc
            """, to: "points.yaml")
        let error = #expect(throws: Diagnostics.self) { try Catalogue(folder: folder.path).entry(named: "points") }
        #expect(error?.all.map(\.line) == [5, 6, 7, 8, 9])
    }
}
