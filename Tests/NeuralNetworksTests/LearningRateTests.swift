import Foundation
import NeuralNetworks
import Testing

/// Learning rates by step, as Keras's schedules give them.
struct ScheduleFixture: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let schedule: Fixture.ScheduleDescription
    let rates: [Double]

    var testDescription: String { name }

    /// Those of the file's schedules that exist here.
    static let all: [ScheduleFixture]? = {
        struct File: Decodable { let rates: [ScheduleFixture] }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/schedules.json")
        let all = try? decoder.decode(File.self, from: Data(contentsOf: file)).rates
        return all?.filter { ["exponential_decay", "cosine_decay", "piecewise_constant"].contains($0.schedule.kind) }
    }()
}

@Suite struct LearningRateTests {
    @Test func theFileWasRead() throws { #expect(try #require(ScheduleFixture.all).count == 6) }

    @Test(arguments: ScheduleFixture.all ?? [])
    func everyStepHasKerasRate(_ fixture: ScheduleFixture) throws {
        let schedule = try fixture.schedule.makeSchedule()
        for (step, expected) in fixture.rates.enumerated() {
            #expect(abs(schedule.rate(at: step) - expected) <= 1e-6 * max(expected, 0.01), "step \(step): \(schedule.rate(at: step))")
        }
    }
}
