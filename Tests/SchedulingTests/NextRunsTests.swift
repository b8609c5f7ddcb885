import Scheduling
import Testing

@Suite struct NextRunsTests {
    private let plan = [
        sampleRun("short", work: 1), sampleRun("long", work: 9), sampleRun("also-short", work: 1), sampleRun("middle", work: 5),
    ]

    @Test func longestRunsComeFirstAndEqualOnesInTheOrderOfThePlan() {
        let order = next(everyRun(of: plan), outcomes: [:], underWay: []).map(\.id)
        #expect(order == ["long", "middle", "short", "also-short"])
    }

    @Test func runsWithAnOutcomeOrUnderWayAreLeftOut() {
        let outcomes: [String: RunEnding] = ["middle": .failed(message: "x"), "short": .finished(figures: [], seconds: 1)]
        let order = next(everyRun(of: plan), outcomes: outcomes, underWay: ["long"]).map(\.id)
        #expect(order == ["also-short"])
    }

    @Test func aRunThatIsWantedTwiceIsStartedOnce() {
        #expect(next(everyRun(of: plan + plan), outcomes: [:], underWay: []).count == 4)
    }

    @Test func aChoiceCanLookAtOutcomes() {
        let choice: RunChoice = { outcomes in outcomes["short"] == nil ? [plan[0]] : plan }
        #expect(next(choice, outcomes: [:], underWay: []).map(\.id) == ["short"])
        #expect(next(choice, outcomes: ["short": .finished(figures: [], seconds: 1)], underWay: []).count == 3)
    }

    @Test func oneCanaryForEachArchitectureThatTheFirstRunsDoNotShow() {
        let runs = ["x", "y", "x", "z", "z"].enumerated().map { sampleRun("\($0.offset)", architecture: $0.element) }
        #expect(canaries(of: runs, workers: 1).map(\.id) == ["1", "3"])
        #expect(canaries(of: runs, workers: 2).map(\.id) == ["3"])
        #expect(canaries(of: runs, workers: 4).isEmpty)
    }
}
