import Documents
import Settings
import Statistics

/// Where folds test by turns: what choosing a variant by its inner validation figure, and then using it, is worth.
extension Comparison {
    /// Nil where no fold tests by turns, or there is nothing to choose.
    var nestedSelection: NestedSelection? {
        let split = experiment.baseline.trial.settings.split
        guard hasVariants, split.outerFolds != nil, figure.part == .validation else { return nil }
        let byFold = results.map { result in
            Dictionary(grouping: result.runs) { $0.specification.fold.flatMap(split.outerFold) ?? 0 }
        }
        // Part of the runs of a fold would not be comparable with all of them.
        func whole(_ fold: Int) -> Int { byFold.map { $0[fold]?.count ?? 0 }.max() ?? 0 }
        return NestedSelection(
            byFold.map { runs in
                Dictionary(
                    uniqueKeysWithValues: runs.compactMap { fold, runs in
                        guard runs.count == whole(fold), !runs.contains(where: \.isSpoilt), let validation = mean(figure, of: runs),
                            let test = mean(figure.onTest, of: runs)
                        else { return nil }
                        return (fold, .init(validation: validation, test: test))
                    })
            }, isLargerBetter: goal == .maximize)
    }

    /// For the headline.
    var nestedSelectionClause: String? {
        guard let nested = nestedSelection, let sample = Sample(nested.test) else { return nil }
        return
            "Choosing a variant by \(words(figure).asMarkdown) in each of \(counted(sample.count, "outer fold")) and then using it gives "
            + "\(words(figure.onTest).asMarkdown) \(Digits([sample]).text(sample))."
    }

    /// Nil where no fold tests by turns.
    var nestedSelectionSection: String? {
        guard let nested = nestedSelection, let sample = Sample(nested.test) else { return nil }
        let (validation, test) = (words(figure).asMarkdown, words(figure.onTest).asMarkdown)
        let text =
            "In each outer fold the variant with the best mean \(validation) over its inner runs is chosen, and its mean \(test) there counts. "
            + "The rows that test have no say in the choice, so the mean over the outer folds is an honest estimate of choosing in this way and then "
            + "using what was chosen."
        var table = MarkdownTable([
            .init("outer fold", .right), .init("chosen"), .init(validation, .right), .init(test, .right),
        ])
        let digits = Digits([Sample(nested.choices.map(\.figures.validation)), sample].compactMap(\.self))
        for choice in nested.choices {
            table.rows.append([
                String(choice.fold), results[choice.rival].code, digits.text(choice.figures.validation), digits.text(choice.figures.test),
            ])
        }
        let planned = experiment.baseline.trial.settings.split.outerFolds ?? sample.count
        let folds = sample.count < planned ? "\(sample.count) of \(counted(planned, "outer fold"))" : counted(planned, "outer fold")
        let spread = sample.count > 1 ? " (mean ± standard deviation over \(folds))" : " (\(folds))"
        let counts = nested.counts.map { "\(results[$0.rival].code) in \($0.count)" }
        let plain = bestTestByOuterFold.map { best in
            " \(bestResult.code), which has the best mean \(validation) over all folds, comes to \(Digits([best]).text(best)) by itself: "
                + "that figure is of one variant, not of the choice."
        }
        let result =
            "Choosing and then using: **\(test) \(Digits([sample]).text(sample))**\(spread). Chosen: \(enumeration(counts, limit: 8))."
            + (plain ?? "")
        return ["## Choosing and then using", text, table.text, result].joined(separator: "\n\n")
    }

    /// The same for programs.
    var nestedSelectionFacts: JSONValue? {
        guard let nested = nestedSelection, let sample = Sample(nested.test) else { return nil }
        let folds = nested.choices.map { choice in
            JSONValue.object([
                "outer_fold": .integer(choice.fold), "chosen": .string(results[choice.rival].name),
                figure.name: .number(choice.figures.validation), figure.onTest.name: .number(choice.figures.test),
            ])
        }
        var facts: [String: JSONValue] = [
            "figure": .string(figure.onTest.name), "mean": .number(sample.mean), "outer_folds": .array(folds),
            "chosen": .object(
                Dictionary(nested.counts.map { (results[$0.rival].name, .integer($0.count)) }, uniquingKeysWith: { first, _ in first })),
            "best": .string(bestResult.name),
        ]
        facts["standard_deviation"] = sample.standardDeviation.map(JSONValue.number)
        facts["best_mean"] = (bestTestByOuterFold?.mean).map(JSONValue.number)
        return .object(facts)
    }

    /// The test figure of the variant with the best mean over all folds, by outer fold.
    private var bestTestByOuterFold: Sample? {
        Sample(
            bestResult.figureBySplit(ofTest: true) { $0.figure(figure.onTest.name) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                .map(\.value))
    }

    /// Of runs that all have it, but for those whose rows cannot.
    private func mean(_ figure: FigureName, of runs: [ReportedRun]) -> Double? {
        let values = runs.filter { !$0.isUndefined(figure.name) }.map { $0.figure(figure.name) ?? .nan }
        return values.allSatisfy(\.isFinite) ? Sample(values)?.mean : nil
    }
}
