import Documents
import FileSystem
import Foundation
import RunStore
import TestSupport
import Testing

/// The file of a checkpoint: what is written is read, and nothing else is gone on from.
@Suite struct CheckpointTests {
    private static let machine = ["processor": "some", "instruction set": "avx2"]
    private static let numbers: [[Float]] = [[1, -2.5, .infinity], [0.1, 7]]

    private static func checkpoint(_ run: RunSpecification, epoch: Int = 12, resumptions: Int = 0) -> Checkpoint {
        Checkpoint(
            identity: run.identity, machine: machine, place: EpochPlace(epoch: epoch, of: 20), resumptions: resumptions,
            state: .object(["seconds": .number(1.5)]), tensors: [.init(name: "a", shape: [3]), .init(name: "b", shape: [1, 2])])
    }

    private static func write(_ checkpoint: Checkpoint, by writer: RunWriter) throws {
        let places = numbers.map { numbers in
            let place = UnsafeMutableBufferPointer<Float>.allocate(capacity: numbers.count)
            _ = place.initialize(from: numbers)
            return place
        }
        defer { for place in places { place.deallocate() } }
        try writer.write(checkpoint) { UnsafeRawBufferPointer(places[$0]) }
    }

    private static func read(_ found: UsableCheckpoint) throws -> [[Float]] {
        try numbers.map { numbers in
            var read = [Float](repeating: 0, count: numbers.count)
            try read.withUnsafeMutableBytes { try found.readNext(into: $0) }
            return read
        }
    }

    /// A store in which an attempt at the sample run has left a checkpoint.
    private static func interrupted(on kind: DiskKind = .memory, _ checkpoint: Checkpoint = checkpoint(.sample())) throws -> TemporaryStore
    {
        let temporary = TemporaryStore(on: kind)
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        try write(checkpoint, by: writer)
        try writer.interrupt()
        return temporary
    }

    @Test(arguments: DiskKind.allCases) func isReadAsItWasWritten(kind: DiskKind) throws {
        let temporary = try Self.interrupted(on: kind)
        #expect(temporary.state(.sample()) == .interrupted(EpochPlace(epoch: 12, of: 20)))
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        let found = try #require(writer.usableCheckpoint(machine: Self.machine))
        #expect(found.checkpoint == Self.checkpoint(.sample()))
        #expect(try Self.read(found) == Self.numbers)
        #expect(throws: DamagedFile.self) { try Self.read(found) }
        #expect(writer.record.resumptions == 1 && writer.record.startedOver == nil)
        try writer.finish(.sample)
        #expect(!temporary.exists(writer.folder.checkpointFile))
        guard case .finished(let run) = temporary.state(.sample()) else { throw Unexpected() }
        #expect(run.record.resumptions == 1)
    }

    private struct Unexpected: Error {}

    /// What may have become of the file; the words that the log and the record then have.
    static let damages: [(String, @Sendable (inout Data) -> Void, String)] = [
        ("cut in its numbers", { $0.removeLast(40) }, "is cut"),
        ("cut in its facts", { $0.removeLast($0.count - 60) }, "cannot be read, or is cut"),
        ("cut in its first bytes", { $0.removeLast($0.count - 5) }, "is no checkpoint, or is cut"),
        ("empty", { $0.removeAll() }, "is no checkpoint, or is cut"),
        ("longer", { $0.append(0) }, "is cut"),
        ("zeros", { $0 = Data(count: $0.count) }, "is no checkpoint, or is cut"),
        ("a bit of its numbers", { $0[$0.count - 40] ^= 4 }, "is damaged: its checksum does not match"),
        ("a bit of its digest", { $0[$0.count - 1] ^= 4 }, "is damaged: its checksum does not match"),
        ("newer", { $0[8] = 9 }, "has version 9, this program reads version 2"),
        ("facts without end", { for place in 12..<16 { $0[place] = 255 } }, "cannot be read, or is cut"),
    ]

    @Test(arguments: damages.indices) func aDamagedOneIsNotGoneOnFrom(place: Int) throws {
        let (what, change, words) = Self.damages[place]
        let temporary = try Self.interrupted()
        let folder = temporary.store.folder(of: RunSpecification.sample().identity, in: "width")
        try temporary.damage(folder.checkpointFile, change)
        guard case .interrupted = temporary.state(.sample()) else { throw Unexpected() }
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(writer.usableCheckpoint(machine: Self.machine) == nil, "\(what)")
        #expect(writer.record.startedOver == "its checkpoint \(words)", "\(what)")
        #expect(writer.record.resumptions == nil)
        #expect(!temporary.exists(folder.checkpointFile))
        let log = String(decoding: try temporary.contents(of: folder.logFile), as: UTF8.self)
        #expect(log == "the run starts from the beginning: its checkpoint \(words)\n")
        try writer.finish(.sample)
        guard case .finished(let run) = temporary.state(.sample()) else { throw Unexpected() }
        #expect(run.record.startedOver == "its checkpoint \(words)")
    }

    @Test func anotherMachinesIsNotGoneOnFrom() throws {
        let temporary = try Self.interrupted()
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(writer.usableCheckpoint(machine: ["processor": "some", "instruction set": "avx512"]) == nil)
        #expect(
            writer.record.startedOver
                == "its checkpoint was made with another instruction set (avx2, now avx512), which may give other bits")
    }

    @Test func anotherRunsIsNotGoneOnFrom() throws {
        let other = RunSpecification.sample(seed: 2)
        let temporary = try Self.interrupted(on: .memory, Self.checkpoint(other))
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(writer.usableCheckpoint(machine: Self.machine) == nil)
        #expect(writer.record.startedOver == "its checkpoint belongs to run \(other.identity)")
    }

    @Test func aFailedRunKeepsIts() throws {
        let temporary = TemporaryStore(on: .memory)
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        try Self.write(Self.checkpoint(.sample(), resumptions: 2), by: writer)
        try writer.fail("killed")
        let again = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(again.usableCheckpoint(machine: Self.machine) != nil)
        #expect(again.record.resumptions == 3)
    }

    /// Killed before any change, and with power lost: there is the checkpoint before, this one, or none that can be used.
    @Test(arguments: [false, true]) func deathWhileWritingLeavesOneOrTheOther(losingPower: Bool) throws {
        var epochs: Set<Int> = []
        for changes in 0..<20 {
            let temporary = TemporaryStore(on: .memory)
            let memory = try #require(temporary.memory)
            let writer = try temporary.store.begin(.sample(), provenance: .sample)
            try Self.write(Self.checkpoint(.sample(), epoch: 1), by: writer)
            memory.die(after: changes)
            try? Self.write(Self.checkpoint(.sample(), epoch: 2), by: writer)
            memory.restart(losingPower: losingPower)
            let again = try temporary.store.begin(.sample(), provenance: .sample)
            guard let found = again.usableCheckpoint(machine: Self.machine) else {
                #expect(losingPower)
                continue
            }
            #expect(try Self.read(found) == Self.numbers)
            epochs.insert(found.checkpoint.place.epoch)
        }
        #expect(losingPower || epochs == [1, 2])
    }
}
