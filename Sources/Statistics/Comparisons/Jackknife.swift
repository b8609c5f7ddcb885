/// A figure that is no mean over examples (AUC, F1, RMSE, R²), spread over the examples by leaving each out once.
///
/// The pseudo-value of example i is N · figure − (N − 1) · figure without i. Shifted so that their mean is the figure itself, the pseudo-values of
/// each run stand for its examples' scores, and their paired differences go through the two-way analysis of ``PairedDifferences`` (Dorfman, Berbaum
/// and Metz 1992; normalised as by Hillis, Obuchowski, Schartz and Berbaum 2005).
public enum Jackknife {
    /// The normalised pseudo-values, one an example: `figure` + (N − 1) · (mean of `leavingOut` − `leavingOut`[i]).
    ///
    /// - Parameters:
    ///   - figure: the figure on all N examples.
    ///   - leavingOut: the figure on all examples but the i-th.
    public static func pseudoValues(figure: Double, leavingOut: [Double]) -> [Double] {
        guard let mean = Sample(leavingOut)?.mean else { return [] }
        let others = Double(leavingOut.count - 1)
        return leavingOut.map { figure + others * (mean - $0) }
    }
}
