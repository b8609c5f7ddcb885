import Scheduling
import Testing

@Suite struct RequestSourceTests {
    private let plan = [
        sampleRun("short", work: 1), sampleRun("long", work: 9), sampleRun("also-short", work: 1), sampleRun("middle", work: 5),
    ]

    @Test func longestRunsComeFirstAndEqualOnesInTheOrderOfThePlan() {
        #expect(RequestSource.plan(plan).next([:]).map(\.id) == ["long", "middle", "short", "also-short"])
    }

    @Test func runsWithAnOutcomeOrUnderWayAreLeftOut() {
        let outcomes: Outcomes = ["middle": .failed(message: "x"), "short": .done]
        #expect(RequestSource.plan(plan).next(outcomes, underWay: ["long"]).map(\.id) == ["also-short"])
    }

    @Test func aRunThatIsWantedTwiceIsStartedOnce() {
        #expect(RequestSource.plan(plan + plan).next([:]).count == 4)
    }

    @Test func aSourceCanFollowOutcomes() {
        let plan = plan
        let source = RequestSource.following { outcomes in outcomes["short"] == nil ? [plan[0]] : plan }
        #expect(source.next([:]).map(\.id) == ["short"])
        #expect(source.next(["short": .done]).map(\.id) == ["long", "middle", "also-short"])
    }

    @Test func oneCanaryForEachArchitectureThatTheFirstRunsDoNotShow() {
        let runs = ["x", "y", "x", "z", "z"].enumerated().map { sampleRun("\($0.offset)", architecture: $0.element) }
        #expect(canaries(of: runs, workers: 1).map(\.id) == ["1", "3"])
        #expect(canaries(of: runs, workers: 2).map(\.id) == ["3"])
        #expect(canaries(of: runs, workers: 4).isEmpty)
    }

    @Test func whatWasTriedNeedsNoCanary() {
        let runs = ["x", "y", "z"].enumerated().map { sampleRun("\($0.offset)", architecture: $0.element) }
        #expect(canaries(of: runs, workers: 0, tried: ["y"]).map(\.id) == ["0", "2"])
        #expect(canaries(of: runs, workers: 1, tried: ["x", "y", "z"]).isEmpty)
    }
}
