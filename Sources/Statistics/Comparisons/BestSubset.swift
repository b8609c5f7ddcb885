/// The variants that cannot be told from the best: a set that holds the truly best one with a chance of at least 1 − `level`, whichever looked best.
///
/// A variant is left out when it is worse than the best-looking one by a one-sided test at level / (K − 1), K variants in all. The truly best is left out only if
/// one of the K − 1 others beats it by that test, so with a chance of at most `level` (Bonferroni), also when the best was picked after looking and
/// when the comparisons have errors of their own: Gupta's subset selection (1965), the upper bounds of Hsu's comparisons with the best (1984).
public enum BestSubset {
    /// Whether a variant is told from the best-looking one.
    ///
    /// - Parameters:
    ///   - lead: how much better the best-looking one is, paired; positive where it is.
    ///   - variants: K, how many the best was picked from.
    /// - Returns: false as well where all differences are equal: there is nothing to test them with.
    public static func isToldFromBest(_ lead: DifferenceEstimate, of variants: Int, level: Double = 0.05) -> Bool {
        guard lead.mean > 0, let p = variants > 2 ? lead.cautiousP : lead.p, variants > 1 else { return false }
        return p / 2 <= level / Double(variants - 1)
    }
}
