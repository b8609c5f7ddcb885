import Documents
import RunStore
import Settings
import Statistics

/// The facts of a report for programs. The version of their form grows when a member changes its meaning or goes; members may be added.
///
///     {"version": 1, "experiment", "title", "figure", "goal", "unit": "seed" or "fold", "baseline", "best", "not_told_from_best": [variant],
///      "margin", "answer", "warnings": [Markdown], "excerpt": why it is not the whole experiment, "variants": [variant], "plain_baselines": [method],
///      "claims": [{"claim", "verdict": "holds", "fails" or "undecided", "evidence": text}],
///      "references": [{"variant", "figure", "epoch", "value": theirs, "ours": text, "agrees": true or false, "verdict": text}],
///      "effects": [design], "looks": [seeds], "next_look": seeds, "finalists": {"seeds": [seed], "best", "variants": [variant]},
///      "nested_selection": {"figure", "mean", "standard_deviation", "chosen": {variant: folds}, "outer_folds": [{"outer_fold", "chosen", figures}], "best", "best_mean"}}
///     variant: {"name", "changes": {path: value}, "parameters", "figures": {name: {"mean", "standard_deviation", "count", "by_unit": {unit: value}}},
///               "against_baseline": comparison, "look": {"seeds", "ended": words}, "runs": [run], "missing": [run with "state"], "refit": [run], those on all rows}
///     design: {"kind": "grid", "effects": [{"setting", "from", "to", and a comparison's members}],
///              "interactions": [{"first": {"setting", "from", "to"}, "second", and a comparison's members}]},
///             {"kind": "leave_one_out", "components": [{"component", and a comparison's members, with it less without it}]} or
///             {"kind": "search", "explained": share, "settings": [{"setting", "share", "share_deviation", "best"}]}
///     comparison: {"difference", "standard_error", "degrees_of_freedom", "basis", "by_unit", "interval": {"lower", "upper"}, "p", "level", "effect_size", "p_by_sign_flips",
///                  "verdict": "better", "worse", "same", "undecided", "identical", or "none" with what it "lacks": "seeds", "examples", "spread", "look"}
///     method: {"name", "figures": [{name: value}], one a fold, "note", "against_baseline": comparison, "against_best": comparison, where the best is not the baseline}
///     run: {"run": identity, "seed", "fold", "figures": {name: value}, "kept_epoch", "stopped"}
///
/// What is not known is left out. Figures by unit name the seed or fold whose runs stand in "runs": so every figure leads to the identities of its runs.
extension Comparison {
    private static let factsVersion = 1

    func facts(answer: String, claims: [ClaimFinding], warnings: [String], _ excerpt: ReportExcerpt?) -> JSONValue {
        var facts: [String: JSONValue] = [
            "version": .integer(Self.factsVersion), "experiment": .string(experiment.name), "title": .string(experiment.title),
            "figure": .string(figure.name),
            "goal": .string(goal.rawValue), "unit": .string(unit.word), "baseline": .string(baseline.name),
            "best": .string(bestResult.name),
            "answer": .string(answer), "warnings": .array(warnings.map(JSONValue.string)),
            "variants": .array(results.indices.map(variantFacts)), "plain_baselines": .array(plainMethods.indices.map(methodFacts)),
        ]
        if !claims.isEmpty {
            facts["claims"] = .array(
                claims.map { claim in
                    .object([
                        "claim": .string(claim.text), "verdict": .string(claim.verdict.rawValue), "evidence": .string(claim.evidence),
                    ])
                })
        }
        if !experiment.references.isEmpty { facts["references"] = .array(findings.map(\.facts)) }
        let effects = experiment.designs.compactMap(designFacts)
        if !effects.isEmpty { facts["effects"] = .array(effects) }
        facts["nested_selection"] = nestedSelectionFacts
        facts["looks"] = review.map { .array($0.looks.map(JSONValue.integer)) }
        facts["next_look"] = review?.next.map(JSONValue.integer)
        facts["finalists"] = finalists.first.map { final in
            .object([
                "seeds": .array(final.experiment.seeds.map(JSONValue.integer)), "best": .string(final.bestResult.name),
                "variants": .array(final.results.indices.map(final.variantFacts)),
            ])
        }
        facts["excerpt"] = excerpt.map { .string($0.sentence) }
        facts["margin"] = experiment.selection.margin.map(JSONValue.number)
        facts["not_told_from_best"] = bestOnes.map { .array($0.sorted().map { .string(results[$0].name) }) }
        return .object(facts)
    }

    private func variantFacts(_ index: Int) -> JSONValue {
        let result = results[index]
        let names = Set(result.runs.flatMap(\.record.figures.keys)).union([figure.name])
        let changes = result.variant.changes.map { ($0.path, JSONValue.string($0.text)) }
        var facts: [String: JSONValue] = [
            "name": .string(result.name), "changes": .object(Dictionary(changes) { _, last in last }),
            "runs": .array(result.runs.map(\.facts)),
            "missing": .array(result.absent.map { Self.facts(of: $0.specification, ["state": .string($0.state.word)]) }),
            "figures": .object(
                Dictionary(names.compactMap { name in Self.facts(of: result.figures(name)).map { (name, $0) } }) { first, _ in first }),
        ]
        facts["parameters"] = result.runs.first?.record.parameters.map(JSONValue.integer)
        if result.variant.trial.settings.split.refit {
            facts["refit"] = .array(result.refits.map(\.facts))
        }
        facts["against_baseline"] = index == 0 ? nil : comparisonFacts(index)
        if index != 0, let standing = review?.standings[index], let seeds = standing.seeds {
            var look: [String: JSONValue] = ["seeds": .integer(seeds)]
            look["ended"] = standing.ending.map { .string($0.words) }
            facts["look"] = .object(look)
        }
        return .object(facts)
    }

    /// Figures of seeds or folds with their mean; nil where there are none.
    private static func facts(of figures: [Int: Double]) -> JSONValue? {
        guard let sample = Sample(figures.sorted { $0.key < $1.key }.map(\.value)) else { return nil }
        var facts: [String: JSONValue] = [
            "mean": .number(sample.mean), "count": .integer(sample.count), "by_unit": byUnit(figures),
        ]
        facts["standard_deviation"] = sample.standardDeviation.map(JSONValue.number)
        return .object(facts)
    }

    private static func byUnit(_ figures: [Int: Double]) -> JSONValue {
        .object(Dictionary(figures.map { (String($0.key), .number($0.value)) }) { first, _ in first })
    }

    private func comparisonFacts(_ index: Int) -> JSONValue? {
        guard let judgement = judgement(of: index) else { return nil }
        let theirs = baseline.figures(figure.name)
        let pairs = results[index].figures(figure.name).compactMap { unit, value in theirs[unit].map { (unit, value - $0) } }
        var more: [String: JSONValue] = ["by_unit": Self.byUnit(Dictionary(pairs) { first, _ in first })]
        more["p_by_sign_flips"] = signFlips(of: index).map { .number($0.p) }
        return judgement.facts(more)
    }

    private func methodFacts(_ place: Int) -> JSONValue {
        let method = plainMethods[place]
        var facts: [String: JSONValue] = [
            "name": .string(method.name), "figures": .array(method.figures.map { .object($0.mapValues(JSONValue.number)) }),
        ]
        facts["note"] = method.note.map(JSONValue.string)
        facts["against_baseline"] = plainComparisons.withBaseline[place]?.facts([:])
        if best != 0 { facts["against_best"] = plainComparisons.withBest[place]?.facts([:]) }
        return .object(facts)
    }

    fileprivate static func facts(of run: RunSpecification, _ more: [String: JSONValue]) -> JSONValue {
        var facts: [String: JSONValue] = ["run": .string(run.identity.hex), "seed": .integer(run.seed)]
        facts["fold"] = run.fold.map(JSONValue.integer)
        return .object(facts.merging(more) { own, _ in own })
    }
}

extension ReportedRun {
    fileprivate var facts: JSONValue {
        var more: [String: JSONValue] = ["figures": .object(record.figures.mapValues(JSONValue.number))]
        more["kept_epoch"] = record.keptEpoch.map(JSONValue.integer)
        more["stopped"] = record.stopped.map(JSONValue.string)
        return Comparison.facts(of: specification, more)
    }
}

extension Judgement {
    /// A difference and what was found of it, with more members.
    func facts(_ more: [String: JSONValue]) -> JSONValue {
        var facts = more
        facts["difference"] = .number(estimate.mean)
        facts["standard_error"] = .number(estimate.standardError)
        facts["degrees_of_freedom"] = .number(estimate.degreesOfFreedom)
        facts["basis"] = .string(estimate.basis.word)
        facts["verdict"] = .string(verdict.word)
        if case .none(let want) = verdict { facts["lacks"] = .string(want.rawValue) }
        facts["effect_size"] = estimate.effectSize.map(JSONValue.number)
        facts["p"] = p.map(JSONValue.number)
        facts["level"] = level.map(JSONValue.number)
        facts["interval"] = interval.map { .object(["lower": .number($0.lower), "upper": .number($0.upper)]) }
        return .object(facts)
    }
}

extension Verdict {
    /// In one word, for programs.
    fileprivate var word: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .same: "same"
        case .undecided: "undecided"
        case .identical: "identical"
        case .none: "none"
        }
    }
}

extension DifferenceEstimate.Basis {
    /// What is counted, for programs.
    fileprivate var word: String {
        switch self {
        case .seedsAndExamples: "seeds_and_examples"
        case .examples: "examples"
        case .seeds: "seeds"
        case .folds: "folds"
        }
    }
}
