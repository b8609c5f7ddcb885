import Documents
import Experiments
import Settings
import Statistics

/// What the runs say of a claim.
public struct ClaimFinding: Hashable, Sendable {
    /// The claim as the file has it.
    public let text: String
    /// Whether it holds.
    public let verdict: Verdict
    /// The figures that the verdict rests on, as text.
    public let evidence: String

    /// What became of a claim.
    public enum Verdict: String, Hashable, Sendable {
        /// The interval lies where the claim says.
        case holds
        /// The interval lies where the claim denies it.
        case fails
        /// The interval reaches over the limit, or there is too little to judge by.
        case undecided
    }
}

/// One statement of a claim with what the runs give for its sum of figures.
private struct Measured {
    let statement: StatedClaim.Statement
    /// Nil where a figure is missing.
    let estimate: DifferenceEstimate?
    /// The sum where it has no spread at all, such as numbers of parameters.
    let exact: Double?
    /// Why it cannot be judged.
    let want: String?
    /// What else a reader must know of the interval.
    var note = ""

    /// The mean of the sum.
    var mean: Double? { exact ?? estimate?.mean }

    /// The two-sided p of the sum lying on the nearest limit; nil where nothing is tested.
    func p(isAlone: Bool) -> Double? {
        guard want == nil, exact == nil, let estimate, !estimate.isConstant else { return nil }
        guard case .between(let low, let high) = statement.relation else { return isAlone ? estimate.p : estimate.cautiousP }
        let moved = estimate.moved(by: -(abs(estimate.mean - low) < abs(estimate.mean - high) ? low : high))
        return isAlone ? moved.p : moved.cautiousP
    }

    /// Whether the sum lies where it should, by an interval.
    func verdict(_ interval: Interval) -> ClaimFinding.Verdict {
        switch statement.relation {
        case .below: interval.upper < 0 ? .holds : interval.lower > 0 ? .fails : .undecided
        case .above: interval.lower > 0 ? .holds : interval.upper < 0 ? .fails : .undecided
        case .between(let low, let high):
            interval.lower >= low && interval.upper <= high ? .holds : interval.upper < low || interval.lower > high ? .fails : .undecided
        }
    }
}

extension Comparison {
    /// What the runs say of every claim. All statements are one family, by Holm; made beforehand, they do not count the comparisons with the baseline.
    /// Where seeds are added, a statement is held to the bound of the last look that its seeds allow, as one of all statements (Bonferroni).
    var claimFindings: [ClaimFinding] {
        let measured = experiment.claims.map { claim in claim.statements.map { measure($0) } }
        let isAlone = measured.joined().count { $0.p(isAlone: true) != nil } < 2
        var levels = levels(of: Array(measured.joined()), isAlone: isAlone)[...]
        return zip(experiment.claims, measured).map { claim, statements in
            let found = statements.map { statement in finding(statement, level: levels.removeFirst(), isAlone: isAlone) }
            let verdict: ClaimFinding.Verdict =
                found.contains { $0.0 == .fails } ? .fails : found.contains { $0.0 == .undecided } ? .undecided : .holds
            return ClaimFinding(text: claim.text, verdict: verdict, evidence: found.map(\.1).joined(separator: "; "))
        }
    }

    private func levels(of statements: [Measured], isAlone: Bool) -> [Double?] {
        let tested = statements.map { $0.p(isAlone: isAlone) }
        guard let growth = experiment.growth else { return Holm.levels(tested, level: Judgement.level) }
        let looks = LookLevels(growth)
        let count = tested.count { $0 != nil }
        return zip(statements, tested).map { statement, p in
            guard p != nil, let look = looks.seeds.lastIndex(where: { $0 <= statement.estimate?.seeds ?? 0 }) else { return nil }
            return looks.level(at: look, oneOf: count)
        }
    }

    private func finding(_ measured: Measured, level: Double?, isAlone: Bool) -> (ClaimFinding.Verdict, String) {
        guard let mean = measured.mean else { return (.undecided, measured.want ?? "a figure is missing") }
        // Without the number that the claim compares it with.
        let offset = -measured.statement.constant
        if measured.exact != nil {
            let found = mean + offset
            let isWhole = found == found.rounded() && abs(found) < 1e12
            return (measured.verdict(Interval(lower: mean, upper: mean)), (isWhole ? Digits(decimals: 0) : Digits([])).text(found))
        }
        guard let estimate = measured.estimate else { return (.undecided, measured.want ?? "a figure is missing") }
        let digits = estimate.isConstant ? Digits(decimals: 4) : Digits(spread: estimate.standardError)
        let isDifference = measured.statement.terms.count > 1
        let text = isDifference ? digits.signed(mean + offset) : digits.text(mean + offset)
        if let want = measured.want { return (.undecided, "\(text), \(want)") }
        if estimate.isConstant {
            return (measured.verdict(Interval(lower: mean, upper: mean)), "\(text) in every \(unit.word)")
        }
        guard let level,
            let interval = isAlone ? estimate.interval(confidence: 1 - level) : estimate.cautiousInterval(confidence: 1 - level)
        else { return (.undecided, text) }
        let shown = Interval(lower: interval.lower + offset, upper: interval.upper + offset)
        return (measured.verdict(interval), digits.text(mean + offset, shown, isSigned: isDifference) + measured.note)
    }

    // MARK: - Measuring

    private func measure(_ statement: StatedClaim.Statement) -> Measured {
        let sides = statement.terms.compactMap { term in
            results.first { $0.name == term.subject.variant || $0.variant.aliases.contains(term.subject.variant) }.map { (term, $0) }
        }
        guard sides.count == statement.terms.count else {
            return Measured(statement: statement, estimate: nil, exact: nil, want: "a variant is missing")
        }
        if statement.terms.allSatisfy({ $0.subject.figure == StatedClaim.Subject.parameters }) {
            let counts = sides.compactMap { term, result in
                result.runs.first?.record.parameters.map { term.factor * Double($0) }
            }
            guard counts.count == sides.count else {
                return Measured(statement: statement, estimate: nil, exact: nil, want: "a figure is missing")
            }
            return Measured(statement: statement, estimate: nil, exact: counts.reduce(statement.constant, +), want: nil)
        }
        let figures = sides.map { term, result in unitFigures(term.subject, of: result) }
        let units = figures.dropFirst().reduce(Set(figures.first?.keys.map { $0 } ?? [])) { $0.intersection($1.keys) }.sorted()
        guard !units.isEmpty else {
            return Measured(statement: statement, estimate: nil, exact: nil, want: "no \(unit.word) has all figures")
        }
        let sums = units.map { unit in
            zip(sides, figures).reduce(statement.constant) { $0 + $1.0.0.factor * ($1.1[unit] ?? .nan) }
        }
        // Where overfitting starts is told by curves, which are means over folds.
        let isOfCurves = statement.terms.contains { $0.subject.figure == Figures.overfittingEpoch }
        if unit.isOfSplits, !isOfCurves { return foldwise(statement, sides, sums) }
        if let estimate = examplewise(statement, sides, units) {
            return Measured(
                statement: statement, estimate: estimate, exact: nil,
                want: estimate.seeds < Judgement.fewestUnits ? "from fewer than \(Judgement.fewestUnits) seeds" : nil)
        }
        let estimate = Sample(sums)?.seedsEstimate
        let hasExamples = statement.terms.contains { isOfExamples($0.subject) }
        let want =
            units.count < Judgement.fewestUnits
            ? "from fewer than \(Judgement.fewestUnits) seeds"
            : hasExamples ? "without the variation over examples, whose predictions are not stored" : nil
        return Measured(
            statement: statement, estimate: estimate, exact: estimate == nil ? sums[0] : nil, want: want, note: " by seeds alone")
    }

    /// Whether the figure is one that stored predictions could be taken apart for.
    private func isOfExamples(_ subject: StatedClaim.Subject) -> Bool {
        let figure = FigureName(subject.figure)
        return subject.epoch == nil && figure.part != .train && (figure.quantity == "loss" || figure.metric != nil)
    }

    private func examplewise(
        _ statement: StatedClaim.Statement, _ sides: [(StatedClaim.Term, VariantResult)], _ units: [Int]
    ) -> DifferenceEstimate? {
        guard sides.allSatisfy({ isOfExamples($0.0.subject) }) else { return nil }
        let parts = sides.map { term, result in (term.factor, result.contributions(FigureName(term.subject.figure))) }
        let sums = units.compactMap { unit -> [Double]? in
            guard let rows = parts.first?.1[unit]?.rows else { return nil }
            var sums = [Double](repeating: statement.constant, count: rows.count)
            for (factor, contributions) in parts {
                guard let own = contributions[unit], own.rows == rows else { return nil }
                for place in sums.indices { sums[place] += factor * own.values[place] }
            }
            return sums
        }
        return sums.count == units.count ? PairedDifferences(sums)?.estimate : nil
    }

    private func foldwise(_ statement: StatedClaim.Statement, _ sides: [(StatedClaim.Term, VariantResult)], _ sums: [Double]) -> Measured {
        let split = experiment.baseline.trial.settings.split
        let isOfTest = split.outerFolds != nil && sides.allSatisfy { FigureName($0.0.subject.figure).part == .test }
        let byFold = sides.map { term, result in
            (term.factor, result.figureBySplit(ofTest: isOfTest) { figure(term.subject, of: $0, result) })
        }
        let folds = byFold.dropFirst().reduce(Set(byFold.first?.1.keys.map { $0 } ?? [])) { $0.intersection($1.1.keys) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        let differences = folds.map { fold in byFold.reduce(statement.constant) { $0 + $1.0 * ($1.1[fold] ?? .nan) } }
        let share = (isOfTest ? split.testShare : split.validationShare) ?? 1 / Double(max(folds.count - 1, 1))
        let estimate = FoldDifferences(differences, testShare: share)?.estimate
        return Measured(
            statement: statement, estimate: estimate, exact: nil,
            want: estimate == nil || folds.count < Judgement.fewestUnits ? "from too few folds" : nil,
            note: unit.isOfNewSplits ? " by splits" : " by folds")
    }

    /// A figure of every seed (or fold) that has it.
    private func unitFigures(_ subject: StatedClaim.Subject, of result: VariantResult) -> [Int: Double] {
        if subject.epoch == nil, subject.figure == Figures.overfittingEpoch { return overfittingEpochs(of: result) }
        if subject.epoch == nil, subject.figure != StatedClaim.Subject.trainSeconds, subject.figure != StatedClaim.Subject.parameters {
            return result.figures(subject.figure)
        }
        return result.figures { figure(subject, of: $0, result) }
    }

    private func figure(_ subject: StatedClaim.Subject, of run: ReportedRun, _ result: VariantResult) -> Double? {
        switch (subject.figure, subject.epoch) {
        case (StatedClaim.Subject.trainSeconds, _): run.record.timings?.train
        case (StatedClaim.Subject.parameters, _): run.record.parameters.map(Double.init)
        case (let name, let epoch?): run.figure(name, epoch: epoch)
        case (let name, nil): run.figure(name)
        }
    }
}
