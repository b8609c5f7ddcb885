import Datasets
import Foundation
import Settings
import Testing

struct SourceTests {
    private static let text = "x,y\n1,2\n3,4\n"
    private static let digest = "9d13c36a2b8f1b1c6b0b1b4a63d5d2b9a2ad0b7a7d9b0e4c44f0f7b9d3a6d3c2"

    private static func entry(addresses: [String] = [], digest: String = digest) -> CatalogueEntry {
        CatalogueEntry(
            name: "points", title: "Points", description: "", licence: "", citation: "", format: .csv(CSVFormat()), rows: 2,
            file: "points.csv",
            addresses: addresses, digest: digest)
    }

    /// The digest of `text`, as a store computes it for a user's own table.
    private static func rightDigest(_ folder: TemporaryFolder) throws -> String {
        let path = try folder.write(text, to: "elsewhere/points.csv")
        return try DatasetStore(folder: folder.path).contentDigest(
            of: EncodingRequest(
                source: .csv(path: path, format: CSVFormat()), inputs: InputSettings(columns: []),
                target: ColumnSettings(column: "y", encoding: .label)))
    }

    @Test func saysWhatWasTriedAndWhatToDo() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x,y\n0,0\n", to: "mirror/points.csv")
        let store = DatasetStore(folder: "\(folder.path)/data", mirrors: ["\(folder.path)/mirror"])
        let error = #expect(throws: DatasetError.self) {
            try store.fetch(Self.entry(addresses: ["https://127.0.0.1:9/points.csv"]))
        }
        let lines = (error?.description ?? "").replacing(folder.path, with: "").split(separator: "\n").map(String.init)
        try #require(lines.count == 7)
        #expect(lines[0] == "the data set \"points\" could not be found; tried:")
        #expect(lines[1] == "  /data/points.csv: No such file or directory")
        #expect(
            lines[2]
                == "  /mirror/points.csv: other content, its SHA-256 is 1d3f64ec615da5e232069b4235d6ba73ce4b6fb71735b5e27233e6763f7dd216")
        #expect(lines[3] == "  /data/cache/downloads/points.csv: No such file or directory")
        #expect(lines[4].hasPrefix("  https://127.0.0.1:9/points.csv: curl: (7) "), "\(lines[4])")
        #expect(
            lines[5]
                == "to go on without a network, put the file points.csv into /data/cache/downloads or a folder that ABLATE_MIRROR names,")
        #expect(
            lines[6]
                == "or say where it lies: ablate data fetch points --from FILE; the SHA-256 of its content must be \(Self.digest)")
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/data/cache/downloads")
        #expect(left.isEmpty, "a failed download leaves nothing behind")
    }

    @Test func keepsAFileThatTheUserHasWhenItsContentIsRight() throws {
        let folder = try TemporaryFolder()
        var entry = Self.entry(digest: try Self.rightDigest(folder))
        entry.byHand = "Ask for it."
        let store = DatasetStore(folder: "\(folder.path)/data")
        let error = #expect(throws: DatasetError.self) { try store.fetch(entry) }
        #expect(error?.description.contains("\nit is to be had by hand: Ask for it.\nto go on without a network, put the file") == true)
        let wrong = try folder.write("x,y\n0,0\n", to: "wrong.csv")
        #expect(
            throws: DatasetError.otherContent(
                name: "points", path: wrong, found: "1d3f64ec615da5e232069b4235d6ba73ce4b6fb71735b5e27233e6763f7dd216",
                expected: entry.digest)
        ) { try store.fetch(entry, from: wrong) }
        #expect(throws: DatasetError.file(path: "nowhere.csv", reason: "No such file or directory")) {
            try store.fetch(entry, from: "nowhere.csv")
        }
        try store.fetch(entry, from: folder.write(Self.text, to: "Points (1).csv"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/data/cache/downloads") == ["points.csv"])
        try store.fetch(entry)
    }

    @Test func looksIntoFoldersInOrderAndTakesTheFirstRightFile() throws {
        let folder = try TemporaryFolder()
        let entry = Self.entry(digest: try Self.rightDigest(folder))
        _ = try folder.write("wrong", to: "data/points.csv")
        _ = try folder.write("wrong", to: "first/points.csv")
        _ = try folder.write(Self.text, to: "second/points.csv")
        _ = try folder.write(Self.text, to: "data/cache/downloads/points.csv")
        let log = ProgressLog()
        try DatasetStore(folder: "\(folder.path)/data", mirrors: ["first", "second"].map { "\(folder.path)/\($0)" }).fetch(entry) {
            log.note($0)
        }
        #expect(
            log.all == ["data", "first", "second"].map { DatasetProgress.reading(path: "\(folder.path)/\($0)/points.csv") })
    }

    @Test func downloadsOnceAndChecksTheDigest() throws {
        let folder = try TemporaryFolder()
        let digest = try Self.rightDigest(folder)
        let wrong = try folder.write("x,y\n5,6\n", to: "server/wrong.csv")
        let right = try folder.write(Self.text, to: "server/right.csv")
        let store = DatasetStore(folder: "\(folder.path)/data", mirrors: [], downloadProtocols: "=file")
        let entry = Self.entry(addresses: ["file://\(folder.path)/server/none.csv", "file://\(wrong)", "file://\(right)"], digest: digest)
        let log = ProgressLog()
        try store.fetch(entry) { log.note($0) }
        let begun = log.all.compactMap { event -> String? in
            if case .downloading(let address, 0, _) = event { address } else { nil }
        }
        #expect(begun == entry.addresses)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/data/cache/downloads") == ["points.csv"])
        try FileManager.default.removeItem(atPath: "\(folder.path)/server")
        try store.fetch(entry)
    }

    @Test func onlyHttpsIsAllowedUnlessSaid() throws {
        let folder = try TemporaryFolder()
        let right = try folder.write(Self.text, to: "server/right.csv")
        let entry = Self.entry(addresses: ["file://\(right)"], digest: try Self.rightDigest(folder))
        let error = #expect(throws: DatasetError.self) { try DatasetStore(folder: "\(folder.path)/data").fetch(entry) }
        #expect(error?.description.contains("curl: (1) Protocol \"file\"") == true, "\(error?.description ?? "")")
    }
}

/// Tables from files and mirrors.
struct MirroredTableTests {
    @Test func imagesOfACompressedTableAreRead() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: [Places.data]).open(
            EncodingRequest(
                source: .catalogue(try Places.catalogue.entry(named: "mnist-5k")),
                inputs: InputSettings(columns: [
                    .init(column: "*", encoding: .numeric(scale: .divided(by: 255)), image: ImageShape(height: 28, width: 28))
                ]),
                target: ColumnSettings(column: "column785", encoding: .label)))
        #expect((dataset.rowCount, dataset.summary.inputShape) == (5000, [28, 28, 1]))
        #expect(dataset.classNames == (0...9).map { "\($0)" })
        #expect((0...9).allSatisfy { digit in dataset.labels.count { $0 == digit } == 500 })
        #expect(dataset.matrix.max() == 1)
    }

    @Test(.enabled(if: Places.isMirrored("churn.csv"), "ABLATE_MIRROR names no folder with churn.csv"))
    func churnHasTheNotesFeatures() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: Places.mirrors).open(
            EncodingRequest(
                source: .catalogue(try Places.catalogue.entry(named: "churn")),
                inputs: InputSettings(
                    columns: [
                        .init(column: "Geography", encoding: .oneHot()), .init(column: "Gender", encoding: .label),
                        .init(column: "*", encoding: .numeric(scale: .standard)),
                    ], drop: ["RowNumber", "CustomerId", "Surname"]),
                target: ColumnSettings(column: "Exited", encoding: .label),
                split: SplitSettings(test: PartSettings(shuffle: .scikitLearn, seed: 0, size: .fraction(0.2)))))
        #expect((dataset.rowCount, dataset.train.count, dataset.test.count) == (10_000, 8000, 2000))
        #expect(
            dataset.summary.featureNames.prefix(4) == ["Geography=France", "Geography=Germany", "Geography=Spain", "Gender"])
        #expect(dataset.summary.fitted[1].fit == .label(categories: ["Female", "Male"]))
        #expect(dataset.labels.count { $0 == 1 } == 2037)
    }
}
