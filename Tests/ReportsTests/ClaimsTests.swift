import Documents
import Experiments
import Reports
import RunStore
import Settings
import Testing

/// Claims against made-up runs.
@Suite struct ClaimsTests {
    private func findings(
        _ statements: [StatedClaim.Statement], seeds: [Int] = [1, 2, 3, 4, 5], growth: SeedGrowth? = nil, hasAnswers: Bool = true
    ) throws -> (findings: [ClaimFinding], report: Report) {
        let small = MadeUp.small()
        let claims = statements.enumerated().map { StatedClaim(text: "claim \($0.offset)", statements: [$0.element]) }
        let experiment = Experiment(
            name: small.name, file: small.file, title: small.title, baseline: small.baseline, others: Array(small.variants.dropFirst()),
            seeds: seeds, growth: growth, selection: small.selection, claims: claims)
        let sample = SampleStore(experiment)
        try sample.finish { run in
            let accuracy =
                (run.variant == "wide" ? 0.72 : run.variant == "narrow" ? 0.55 : 0.7) + 0.01 * MadeUp.wobble(run.seed, run.variant.count)
            let outcome = MadeUp.classification(run)
            return hasAnswers ? MadeUp.answering(outcome, run, accuracy: accuracy) : outcome
        }
        let report = try Report(experiment: experiment, survey: sample.survey(), command: "make")
        return (report.claims, report)
    }

    private func statement(
        _ terms: [(Double, String, String)], _ constant: Double = 0, _ relation: ClaimText.Relation
    ) -> StatedClaim.Statement {
        StatedClaim.Statement(
            terms: terms.map { .init(factor: $0.0, subject: .init(figure: $0.1, epoch: nil, variant: $0.2)) }, constant: constant,
            relation: relation)
    }

    @Test func eachIsHeldFailedOrUndecidedByItsInterval() throws {
        let statements: [StatedClaim.Statement] = [
            statement([(1, "val_accuracy", "narrow"), (-1, "val_accuracy", "baseline")], 0, .below),
            statement([(1, "val_accuracy", "narrow"), (-1, "val_accuracy", "baseline")], 0, .above),
            statement([(1, "val_accuracy", "baseline"), (-1, "val_accuracy", "narrow")], -0.145, .above),
            statement([(1, "val_accuracy", "baseline")], 0, .between(0.5, 0.9)),
            statement([(1, "val_accuracy", "baseline")], 0, .between(0.1, 0.5)),
            statement([(1, "val_accuracy", "baseline")], -0.7, .above),
            statement([(1, "parameters", "wide"), (-1, "parameters", "narrow")], 0, .above),
            statement([(1, "parameters", "baseline")], -1, .above),
        ]
        let (found, report) = try findings(statements)
        #expect(found.map(\.verdict) == [.holds, .fails, .undecided, .holds, .fails, .undecided, .holds, .holds], "\(found)")
        #expect(found[0].evidence.hasPrefix("−0.1") && found[0].evidence.contains("["))
        // A figure alone is told as itself, whatever number it is compared with.
        #expect(found[5].evidence.hasPrefix("0.69 [0.6"))
        #expect(found[7].evidence == "704,000")
        #expect(report.headline.contains("Of 8 claims, 4 hold, 2 fail and 2 are undecided."))
        #expect(report.markdown.contains("## Claims") && report.markdown.contains("| `claim 0` | holds "))
    }

    /// Who looks several times must ask for more each time: what a claim of five seeds is shown by, is not enough at the first of several looks.
    @Test func whereSeedsAreAddedAClaimIsHeldToItsLook() throws {
        let claim = { (limit: Double) in
            self.statement([(1, "val_accuracy", "baseline"), (-1, "val_accuracy", "narrow")], -limit, .above)
        }
        func verdict(_ limit: Double, _ growth: SeedGrowth?) throws -> ClaimFinding.Verdict {
            try findings([claim(limit)], growth: growth).findings[0].verdict
        }
        // The largest difference that is shown without looks, to a thousandth.
        let shown = try #require(try (50..<160).last { try verdict(Double($0) / 1000, nil) == .holds })
        let growth = SeedGrowth(from: 5, to: 20)
        #expect(try verdict(Double(shown) / 1000, growth) == .undecided)
        #expect(try verdict(0.05, growth) == .holds)
    }

    @Test func twoSeedsDecideNothing() throws {
        let found = try findings([statement([(1, "val_accuracy", "narrow"), (-1, "val_accuracy", "wide")], 0, .below)], seeds: [1, 2])
            .findings
        #expect(found[0].verdict == .undecided && found[0].evidence.hasSuffix("from fewer than 3 seeds"))
    }

    @Test func withoutPredictionsFiguresOfExamplesStayOpenAndOthersDoNot() throws {
        let found = try findings(
            [
                statement([(1, "val_accuracy", "narrow"), (-1, "val_accuracy", "wide")], 0, .below),
                statement([(1, "loss", "narrow")], -100, .below),
            ], hasAnswers: false
        ).findings
        #expect(found[0].verdict == .undecided && found[0].evidence.contains("whose predictions are not stored"))
        #expect(found[1].verdict == .holds && found[1].evidence.hasSuffix("by seeds alone"))
    }
}
