import Datasets
import Foundation
import Settings
import Testing

/// The bank's table is behind a login: these tests read it from a folder that ABLATE_MIRROR names.
@Suite(.enabled(if: Places.isMirrored("churn.csv"), "ABLATE_MIRROR names no folder with churn.csv"))
struct ChurnTests {
    private static func request(scale: Scale) throws -> EncodingRequest {
        let numeric = Encoding.numeric(scale: scale)
        return EncodingRequest(
            source: .catalogue(try Places.catalogue.entry(named: "churn")),
            inputs: InputSettings(
                columns: [
                    .init(column: "Geography", encoding: .oneHot(dropFirst: true)), .init(column: "CreditScore", encoding: numeric),
                    .init(column: "Gender", encoding: .label), .init(column: "*", encoding: numeric),
                ], drop: ["RowNumber", "CustomerId", "Surname"]),
            target: ColumnSettings(column: "Exited", encoding: .label),
            split: SplitSettings(test: PartSettings(shuffle: .scikitLearn, seed: 0, size: .fraction(0.2))))
    }

    /// The two countries first, then the rest in the order of the table, as the notes' one-hot encoder leaves them.
    @Test func theElevenColumnsAreThoseOfTheNotes() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(Self.request(scale: .none))
        #expect(
            dataset.summary.featureNames == [
                "Geography=Germany", "Geography=Spain", "CreditScore", "Gender", "Age", "Tenure", "Balance", "NumOfProducts", "HasCrCard",
                "IsActiveMember", "EstimatedSalary",
            ])
        #expect((dataset.train.count, dataset.test.count) == (8000, 2000))
        #expect(dataset.labels.count { $0 == 1 } == 2037)
        // France, Female: 619, 42, 2, 0, 1, 1, 1, 101348.88.
        #expect(dataset.row(0) == [0, 0, 619, 0, 42, 2, 0, 1, 1, 1, 101_348.88])
        // The new customer, as the notes say it in words, and as their code has it.
        let encoder = RowEncoder(dataset)
        var customer = [
            "Geography": "Spain", "CreditScore": "500", "Gender": "Female", "Age": "40", "Tenure": "3", "Balance": "50000",
            "NumOfProducts": "2", "HasCrCard": "1", "IsActiveMember": "1", "EstimatedSalary": "40000",
        ]
        #expect(try encoder.encode(customer).inputs == .dense([0, 1, 500, 0, 40, 3, 50000, 2, 1, 1, 40000]))
        customer["Geography"] = "France"
        customer["Gender"] = "Male"
        #expect(try encoder.encode(customer).inputs == .dense([0, 0, 500, 1, 40, 3, 50000, 2, 1, 1, 40000]))
    }

    @Test func rowsOfTheTableBecomeTheSameBits() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(Self.request(scale: .standard))
        let path = try #require(Places.mirrors.map { "\($0)/churn.csv" }.first { FileManager.default.fileExists(atPath: $0) })
        #expect(try RowEncoder(dataset).encode(csv: path).inputs == .dense(dataset.matrix))
    }
}
