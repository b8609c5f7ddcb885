/// Paired differences D[s, i] of S seeds on N examples, the same examples for every seed, of a figure that is a mean over examples (accuracy, mean
/// absolute error, log loss). Seeds and examples are both taken as drawn at random: a two-way analysis of variance, as for readers and cases of
/// multi-reader studies (Gallas 2006; Obuchowski and Rockette 1995; Hillis 2007).
///
///     MS_S = N · variance over s of the mean of D over i
///     MS_I = S · variance over i of the mean of D over s
///     MS_E = Σ (D[s, i] − mean_s − mean_i + mean)² / ((S − 1)(N − 1))
///     I    = max(MS_I − MS_E, 0)
///     SE²  = (MS_S + I) / (S N)
///     df   = (MS_S + I)² / (MS_S² / (S − 1) + [I > 0] · (MS_I² / (N − 1) + MS_E² / ((S − 1)(N − 1))))
///
/// The degrees of freedom are an estimate themselves, too high by luck where three to five seeds bring far more luck than the examples: intervals of 95 % then
/// hold the truth in 92 to 94 of 100 cases, and much smaller levels are exceeded more than twice over.
///
/// With one or two seeds: examples alone, by Student's paired t over the means of seeds. With one example: seeds alone.
public struct PairedDifferences: Sendable {
    /// The mean difference with its standard error.
    public let estimate: DifferenceEstimate

    /// Takes `bySeed[s][i]`. Nil unless every seed has the same number of finite differences, and there are two or more in all.
    public init?(_ bySeed: [[Double]]) {
        guard let first = bySeed.first, !first.isEmpty, bySeed.count > 1 || first.count > 1,
            bySeed.allSatisfy({ $0.count == first.count && $0.allSatisfy(\.isFinite) })
        else { return nil }
        let seeds = bySeed.count
        let examples = first.count
        let seedMeans = bySeed.map { Sample($0)?.mean ?? .nan }
        var exampleMeans = [Double](repeating: 0, count: examples)
        for row in bySeed { for place in row.indices { exampleMeans[place] += row[place] } }
        for place in exampleMeans.indices { exampleMeans[place] /= Double(seeds) }

        guard let ofSeeds = Sample(seedMeans), let ofExamples = Sample(exampleMeans) else { return nil }
        if examples == 1 {
            guard let estimate = ofSeeds.seedsEstimate else { return nil }
            self.estimate = estimate
            return
        }
        let isConstant = bySeed.allSatisfy { $0.allSatisfy { $0 == first[0] } }
        let count = Double(seeds * examples)
        // As many hits in every seed leave the rounding of their means, which is no spread.
        let largest = bySeed.lazy.joined().lazy.map(abs).max() ?? 0
        let deviation = isConstant ? (seeds > 1 ? 0 : nil) : ofSeeds.spread.map { $0 <= 1e-13 * largest ? 0 : $0 }
        let meanSquareOfExamples = isConstant ? 0 : Double(seeds) * squared(ofExamples.spread ?? 0)
        guard seeds > 2 else {
            let variance = meanSquareOfExamples / count
            estimate = DifferenceEstimate(
                mean: ofSeeds.mean, standardError: variance.squareRoot(), degreesOfFreedom: Double(examples - 1), basis: .examples,
                seeds: seeds,
                examples: examples, seedsPart: nil, examplesPart: variance, deviation: deviation)
            return
        }

        let mean = ofSeeds.mean
        var residue = 0.0
        for (row, seedMean) in zip(bySeed, seedMeans) {
            let shift = mean - seedMean
            for place in row.indices { residue += squared(row[place] - exampleMeans[place] + shift) }
        }
        let (seedsFree, examplesFree) = (Double(seeds - 1), Double(examples - 1))
        let meanSquareOfResidue = isConstant ? 0 : residue / (seedsFree * examplesFree)
        var meanSquareOfSeeds = Double(examples) * squared(deviation ?? 0)
        if meanSquareOfSeeds <= 1e-9 * meanSquareOfResidue { meanSquareOfSeeds = 0 }
        let ofExamplesAlone = max(meanSquareOfExamples - meanSquareOfResidue, 0)
        var doubt = squared(meanSquareOfSeeds) / seedsFree
        if ofExamplesAlone > 0 {
            doubt += squared(meanSquareOfExamples) / examplesFree + squared(meanSquareOfResidue) / (seedsFree * examplesFree)
        }
        if meanSquareOfSeeds + ofExamplesAlone == 0 {
            // Not on the same examples, though: the residue is what the seeds' mean square is expected to be at least.
            meanSquareOfSeeds = meanSquareOfResidue
            doubt = squared(meanSquareOfResidue) / (seedsFree * examplesFree)
        }
        let all = meanSquareOfSeeds + ofExamplesAlone
        estimate = DifferenceEstimate(
            mean: mean, standardError: (all / count).squareRoot(), degreesOfFreedom: all > 0 ? squared(all) / doubt : seedsFree,
            basis: .seedsAndExamples, seeds: seeds, examples: examples, seedsPart: meanSquareOfSeeds / count,
            examplesPart: ofExamplesAlone / count,
            deviation: deviation)
    }
}

private func squared(_ value: Double) -> Double { value * value }
