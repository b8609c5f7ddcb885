#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The standard normal distribution.
public enum Normal {
    /// The probability of a figure of `z` or more: erfc(z / √2) / 2. It keeps its relative precision however small it is.
    public static func upperTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

    /// exp(−z² / 2) / √(2π).
    public static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
}
