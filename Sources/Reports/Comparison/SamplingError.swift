import Metrics
import Statistics

/// What the luck of the examples alone does to the mean of a figure over the seeds, which all have the same examples: no seed lessens it.
struct SamplingError {
    /// s / √N, with s the standard deviation over the N examples of what each contributes (``Contributions``), the mean over the seeds.
    let standardError: Double
    /// N.
    let examples: Int
    /// How many of them are of the class that the figure is of, and the class; nil for figures of no class.
    let positives: (count: Int, name: String)?

    /// For example `0.053`.
    var text: String { Digits(spread: standardError).text(standardError) }

    /// For example `standard error from the 400 examples, 19 of bad: 0.053`.
    var words: String {
        let ofClass = positives.map { ", \(grouped($0.count)) of \($0.name.asMarkdown)" } ?? ""
        return "standard error from the \(counted(examples, "example"))\(ofClass): \(text)"
    }
}

extension VariantResult {
    /// Nil where predictions of the same examples are not stored for all seeds, where there are folds, and where no example differs from another.
    func samplingError(_ figure: FigureName) -> SamplingError? {
        let units = figures(figure.name).keys
        let found = contributions(figure)
        let own = units.sorted().compactMap { found[$0] }
        guard let first = own.first, own.count == units.count, first.rows.count > 1, own.allSatisfy({ $0.rows == first.rows }) else {
            return nil
        }
        let means = first.values.indices.map { place in own.reduce(0) { $0 + $1.values[place] } / Double(own.count) }
        guard let deviation = Sample(means)?.standardDeviation, deviation > 1e-12 * (means.map(abs).max() ?? 0) else { return nil }
        return SamplingError(
            standardError: deviation / Double(means.count).squareRoot(), examples: means.count, positives: positives(figure))
    }

    private func positives(_ figure: FigureName) -> (count: Int, name: String)? {
        guard figure.metric?.isOfPositiveClass == true, let name = positiveClass, case .classes(let names)? = runs.first?.record.target,
            let number = names.firstIndex(of: name), let predictions = try? runs.first?.stored.predictions(),
            let part = figure.part == .test ? predictions.test : predictions.validation
        else { return nil }
        return (part.targets.count { Int(exactly: $0) == number }, name)
    }
}
