#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Student's t distribution: that of mean · √n / s for n = degrees of freedom + 1 normal figures around 0.
///
/// The upper tail for t ≥ 0 is I(ν/(ν + t²); ν/2, 1/2) / 2, with the regularised incomplete beta function I by its continued fraction
/// (Press et al., Numerical Recipes, 3rd edition, 6.4; Lentz's method); for ν > 20,000, where the fraction loses digits, it is that of the normal
/// distribution at Hill's transform of t (Algorithm 395, 1970). Relative error below 1e-11 in both tails.
public struct StudentT: Hashable, Sendable {
    /// ν; positive and finite.
    public let degreesOfFreedom: Double

    /// Returns nil unless `degreesOfFreedom` is positive and finite.
    public init?(degreesOfFreedom: Double) {
        guard degreesOfFreedom > 0, degreesOfFreedom.isFinite else { return nil }
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a figure of `t` or more. It keeps its relative precision however small it is.
    public func upperTail(_ t: Double) -> Double {
        if t.isNaN { return .nan }
        if t < 0 { return 1 - upperTail(-t) }
        if t.isInfinite { return 0 }
        if degreesOfFreedom > 20_000 { return nearlyNormalTail(t) }
        let nu = degreesOfFreedom
        // Beyond 1e150 the square overflows; nu is lost beside it long before.
        let ratio = t < 1e150 ? nu / (nu + t * t) : (nu / t) / t
        let complement = t < 1e150 ? t * t / (nu + t * t) : 1
        // The continued fraction converges fast only on one side of the distribution's centre.
        if ratio < (nu / 2 + 1) / (nu / 2 + 2.5) {
            return frontFactor(ratio, complement) * continuedFraction(ratio, a: nu / 2, b: 0.5) / nu
        }
        return 0.5 - frontFactor(ratio, complement) * continuedFraction(complement, a: 0.5, b: nu / 2)
    }

    /// The t with the cumulative probability `p`; nil unless 0 < p < 1.
    public func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1 else { return nil }
        return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p)
    }

    /// The t ≥ 0 whose upper tail is `q`, for 0 < q ≤ 1/2: bisection on a logarithmic scale, then Newton's steps.
    private func upperQuantile(_ q: Double) -> Double {
        if q == 0.5 { return 0 }
        var low = 0.0
        var high = 1.0
        while upperTail(high) > q, high < 1e300 {
            low = high
            high *= 2
        }
        var t = (low + high) / 2
        for _ in 0..<200 {
            let excess = upperTail(t) - q
            if excess > 0 { low = t } else { high = t }
            let step = excess / density(t)
            var next = t + step
            if !(next > low && next < high) { next = (low + high) / 2 }
            if abs(next - t) <= 1e-16 * abs(t) { return next }
            t = next
        }
        return t
    }

    private func nearlyNormalTail(_ t: Double) -> Double {
        let a = degreesOfFreedom - 0.5
        let y = a * (t < 1e150 ? log1p(t * t / degreesOfFreedom) : 2 * log(t) - log(degreesOfFreedom))
        let b = 48 * a * a
        let correction = ((-0.4 * y - 3.3) * y - 24) * y - 85.5
        let z = ((correction / (0.8 * y * y + 100 + b) + y + 3) / b + 1) * y.squareRoot()
        return erfc(z / 2.0.squareRoot()) / 2
    }

    /// The density, by the same front factor: the tail's derivative without its sign.
    private func density(_ t: Double) -> Double {
        let nu = degreesOfFreedom
        return gammaRatio(nu / 2) / (nu * Double.pi).squareRoot() * exp(-(nu + 1) / 2 * log1p(t * t / nu))
    }

    /// x^(ν/2) (1 − x)^(1/2) / B(ν/2, 1/2).
    private func frontFactor(_ x: Double, _ complement: Double) -> Double {
        let nu = degreesOfFreedom
        let logarithm = complement < 0.5 ? log1p(-complement) : log(x)
        return exp(nu / 2 * logarithm) * complement.squareRoot() * gammaRatio(nu / 2) / Double.pi.squareRoot()
    }
}

/// Γ(a + 1/2) / Γ(a): recurrence up to where the asymptotic series is exact. It loses no digits for large a, as a difference of logarithms would.
private func gammaRatio(_ a: Double) -> Double {
    var factor = 1.0
    var a = a
    while a < 24 {
        factor *= a / (a + 0.5)
        a += 1
    }
    let inverse = 1 / a
    let square = inverse * inverse
    let series = inverse * (-1.0 / 8 + square * (1.0 / 192 + square * (-1.0 / 640 + square * (17.0 / 14336 - square * 31.0 / 18432))))
    return factor * a.squareRoot() * exp(series)
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
private func continuedFraction(_ x: Double, a: Double, b: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...10_000 {
        let m = Double(step)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / kept(1 + even * d)
        c = kept(1 + even / c)
        fraction *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / kept(1 + odd * d)
        c = kept(1 + odd / c)
        fraction *= d * c
        if abs(d * c - 1) < 1e-16 { break }
    }
    return fraction
}
