import Documents
import Experiments
import RunStore
import Statistics

/// All variants with finished runs in numbers, a row each in the experiment's order, for those who want to count for themselves.
public struct VariantListing: Sendable {
    /// `variant`, the settings, `parameters`, then the compared figure and the others with their standard deviations, the comparison with the baseline, how many
    /// seeds (or folds) and runs there are, and the mean seconds of training and of a whole run.
    public let columns: [String]
    /// A value a column; `none` where it is not known.
    public let rows: [[Condition.Value]]

    /// Throws a ``ReportRefusal`` where there is nothing to tell.
    public init(of experiment: Experiment, survey: Survey, settings: SettingColumns) throws(ReportRefusal) {
        self.init(try Comparison(experiment: experiment, survey: survey), settings)
    }

    init(_ comparison: Comparison, _ settings: SettingColumns) {
        let names = [comparison.figure.name] + comparison.listedFigures
        columns =
            ["variant"] + settings.names + ["parameters"] + names.flatMap { [$0, "\($0)_sd"] }
            + ["difference", "difference_low", "difference_high", "p", "verdict", "\(comparison.unit.word)s", "runs"]
            + ["train_seconds", "seconds"]
        rows = comparison.results.indices.map { index in
            let result = comparison.results[index]
            let judgement = comparison.judgement(of: index)
            let figures = names.flatMap { name in
                let sample = result.sample(name)
                return [Self.value(sample?.mean), Self.value(sample?.standardDeviation)]
            }
            func mean(_ seconds: (Timings) -> Double) -> Condition.Value {
                Self.value(Sample(result.runs.compactMap { $0.record.timings.map(seconds) })?.mean)
            }
            let numbers: [Condition.Value] = [
                Self.value(comparison.differences(of: index)?.mean), Self.value(judgement?.interval?.lower),
                Self.value(judgement?.interval?.upper), Self.value(judgement?.p), judgement.map { .text($0.verdict.words) } ?? .none,
                .number(Double(result.figures(comparison.figure.name).count)), .number(Double(result.runs.count)), mean(\.train),
                mean(\.total),
            ]
            return [.text(result.name)] + settings.values(of: index) + [Self.value(result.runs.first?.record.parameters.map(Double.init))]
                + figures + numbers
        }
    }

    private static func value(_ number: Double?) -> Condition.Value { number.flatMap { $0.isFinite ? .number($0) : nil } ?? .none }
}

extension Comparison {
    /// All variants as CSV, for those whom the best of them do not tell enough; nil where the tables have all variants.
    var listing: String? {
        guard isShortened else { return nil }
        let listing = VariantListing(self, SettingColumns(of: experiment))
        var data = FigureData(listing.columns)
        for row in listing.rows { data.append(row.map(\.cellText)) }
        return data.text
    }

    /// The final figures of the baseline's runs, or of the best one's, but for the compared one.
    fileprivate var listedFigures: [String] {
        let record = (baseline.runs.first ?? bestResult.runs.first)?.record
        return (record?.figures.keys.sorted() ?? []).filter { $0 != figure.name }
    }
}
