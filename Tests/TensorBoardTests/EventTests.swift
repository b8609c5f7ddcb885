import FileSystem
import Foundation
import TensorBoard
import TestSupport
import Testing

/// Epochs of a run, as `Fixtures/make_fixtures.py` has them.
private enum Sample {
    static let figures: [[(name: String, value: Double)]] = [
        [("loss", 1.5), ("accuracy", 0.1), ("val_loss", 2.5), ("val_accuracy", 0.2)],
        [("loss", 0.75), ("accuracy", 1.0 / 3), ("val_loss", 3.25), ("val_accuracy", 0.3)],
        [("loss", 1e-9), ("accuracy", 1), ("val_loss", 4.125), ("val_accuracy", 0.4)],
    ]
    static let times = [1_700_000_000.25, 1_700_000_001.5, 1_700_000_300.125]

    static func epoch(_ number: Int) -> RunEvents.Epoch { RunEvents.Epoch(number, at: times[number - 1], figures: figures[number - 1]) }

    static func histograms(_ number: Int) -> [(tag: String, histogram: Histogram)] {
        let values = (0..<200).map { Float($0 * $0) / 64 + Float(number) }
        return values.withUnsafeBufferPointer(Histogram.init).map { [("layer_1/kernel", $0)] } ?? []
    }
}

@Suite struct EventTests {
    private let disk = MemoryDisk()
    private static let identity = "0123456789abcdef01234567"
    private static let name = "events.out.tfevents.ablate-0123456789abcdef"

    private func events(_ path: [String] = ["width", "wide", "seed-1"], identity: String = identity) throws -> RunEvents {
        try RunEvents(in: "/logs", on: disk.disk, path, identity: identity)
    }

    private func file(_ part: String, in folder: String = "/logs/width/wide/seed-1", _ name: String = name) throws -> [UInt8] {
        try Folder(path: "\(folder)/\(part)", on: disk.disk).read(name)
    }

    private func train(_ epochs: ClosedRange<Int>, in events: RunEvents) throws {
        for number in epochs { try events.append(Sample.epoch(number), histograms: Sample.histograms(number)) }
    }

    private func whole() throws -> RunEvents {
        let events = try events()
        try events.bring(to: [], begunAt: Sample.times[0])
        try train(1...3, in: events)
        return events
    }

    // MARK: - Form

    /// RFC 3720, appendix B.4.
    @Test(
        arguments: [
            (Array("123456789".utf8), 0xE306_9283), ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E), ([], 0),
        ] as [([UInt8], UInt32)])
    func checksumsAreThoseOfTheStandard(bytes: [UInt8], sum: UInt32) {
        #expect(CRC32C.of(bytes) == sum)
    }

    @Test(arguments: ["train", "validation"]) func filesHaveTheBytesOfTensorBoardsOwnWriter(part: String) throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/events.json")
        let expected = try JSONDecoder().decode([String: String].self, from: try Data(contentsOf: fixtures))
        let events = try events()
        try events.bring(to: [], begunAt: Sample.times[0])
        try train(1...3, in: events)
        #expect(try file(part).map { String(format: "%02x", $0) }.joined() == expected[part])
    }

    @Test func histogramsCountFiniteValues() throws {
        let values: [Float] = [-1, .nan, 2, 0.5, .infinity, 2, -.infinity]
        let histogram = try #require(values.withUnsafeBufferPointer(Histogram.init))
        #expect((histogram.count, histogram.least, histogram.greatest, histogram.sum, histogram.squares) == (4, -1, 2, 3.5, 9.25))
        #expect(histogram.counts.count == 30 && histogram.counts.reduce(0, +) == 4)
        #expect(histogram.counts[0] == 1 && histogram.counts[15] == 1 && histogram.counts[29] == 2)
        #expect([Float](repeating: 0, count: 5).withUnsafeBufferPointer(Histogram.init)?.counts == [5])
        #expect([Float.nan].withUnsafeBufferPointer(Histogram.init) == nil)
        #expect([Float]().withUnsafeBufferPointer(Histogram.init) == nil)
        let extremes: [Float] = [-.greatestFiniteMagnitude, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
        #expect(extremes.withUnsafeBufferPointer(Histogram.init)?.counts.reduce(0, +) == 3)
    }

    // MARK: - Going on

    @Test func aFileCutAnywhereIsMadeWholeAgain() throws {
        _ = try whole()
        let right = try file("train")
        let folder = try Folder(path: "/logs/width/wide/seed-1/train", on: disk.disk)
        for length in 0..<right.count {
            try folder.write(Self.name, Array(right.prefix(length)))
            // The checkpoint is that of the second epoch.
            let again = try events()
            try again.bring(to: [Sample.epoch(1), Sample.epoch(2)], begunAt: 0)
            try train(3...3, in: again)
            let scalars = EventReader.scalars(try file("train"))
            #expect(scalars.map(\.step) == [1, 1, 2, 2, 3, 3])
            #expect(scalars.map(\.value) == [1.5, 0.1, 0.75, 1.0 / 3, 1e-9, 1])
        }
        #expect(try events().bring(to: (1...3).map(Sample.epoch), begunAt: 0) == 0)
    }

    @Test func stepsAfterTheCheckpointAreNotDoubled() throws {
        _ = try whole()
        let right = (try file("train"), try file("validation"))
        let again = try events()
        #expect(try again.bring(to: [Sample.epoch(1)], begunAt: 0) == 0)
        #expect(EventReader.scalars(try file("validation")).map(\.step) == [1, 1])
        try train(2...3, in: again)
        #expect(try (file("train"), file("validation")) == right)
    }

    @Test func aRunThatBeginsAnewHasEachStepOnce() throws {
        _ = try whole()
        let again = try events()
        try again.bring(to: [], begunAt: Sample.times[0])
        try train(1...2, in: again)
        #expect(EventReader.scalars(try file("train")).map(\.step) == [1, 1, 2, 2])
        #expect(EventReader.scalars(try file("validation")).map(\.step) == [1, 1, 2, 2])
    }

    @Test func aDamagedRecordIsWrittenAgainFromTheFigures() throws {
        _ = try whole()
        let folder = try Folder(path: "/logs/width/wide/seed-1/train", on: disk.disk)
        var bytes = try file("train")
        bytes[bytes.count / 2] ^= 1
        try folder.write(Self.name, bytes)
        #expect(try events().bring(to: (1...3).map(Sample.epoch), begunAt: 0) == 2)
        #expect(EventReader.scalars(try file("train")).map(\.step) == [1, 1, 2, 2, 3, 3])
        #expect(EventReader.histograms(try file("train")).map(\.step) == [1])
    }

    @Test func aRightFileIsNotTouched() throws {
        _ = try whole()
        let changes = disk.changes
        #expect(try events().bring(to: (1...3).map(Sample.epoch), begunAt: 0) == 0)
        #expect(disk.changes == changes)
    }

    // MARK: - What is not ours

    @Test(arguments: ["", "/train", "/validation"]) func filesOfOthersStayAndHaveTheirFolderForThemselves(place: String) throws {
        let usual = "/logs/width/wide/seed-1"
        try Folder.make(usual + place, on: disk.disk)
        try Folder(path: usual + place, on: disk.disk).write("events.out.tfevents.1700000000.host", text: "theirs")
        _ = try whole()
        #expect(try file("train", in: usual + "-01234567").count > 0)
        #expect(try Folder(path: usual + place, on: disk.disk).read("events.out.tfevents.1700000000.host") == Array("theirs".utf8))
    }

    @Test func aRunWithOtherSettingsHasAnotherFolder() throws {
        _ = try whole()
        let before = try file("train")
        let other = try events(identity: "fedcba9876543210fedcba98")
        try other.bring(to: [Sample.epoch(1)], begunAt: 0)
        #expect(try file("train") == before)
        #expect(try file("train", in: "/logs/width/wide/seed-1-fedcba98", "events.out.tfevents.ablate-fedcba9876543210").count > 0)
        #expect(try events().bring(to: (1...3).map(Sample.epoch), begunAt: 0) == 0)
    }

    @Test func aFullDiskIsAnErrorAndIsMadeGood() throws {
        let events = try events()
        try events.bring(to: [], begunAt: Sample.times[0])
        disk.bytesLeft = 300
        #expect(throws: FileFault.self) { try train(1...3, in: events) }
        disk.bytesLeft = .max
        #expect(try self.events().bring(to: (1...3).map(Sample.epoch), begunAt: 0) > 0)
        #expect(EventReader.scalars(try file("train")).map(\.step) == [1, 1, 2, 2, 3, 3])
    }

    @Test func noValidationNoFolder() throws {
        let events = try events()
        let epoch = RunEvents.Epoch(1, at: 1, figures: [("loss", 1)])
        try events.bring(to: [], begunAt: Sample.times[0])
        try events.append(epoch, histograms: [])
        #expect(try Folder(path: "/logs/width/wide/seed-1", on: disk.disk).names() == ["train"])
    }
}
