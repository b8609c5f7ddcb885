#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The logarithm of which numbers are taken before they are scaled.
public enum Logarithm: String, Hashable, Sendable, Codable, CaseIterable {
    /// ln x, of numbers above 0.
    case log
    /// ln (1 + x), of numbers above -1: 0 stays 0.
    case log1p

    /// What it makes of a number; not a number, or infinite, where there is none.
    public func callAsFunction(_ number: Double) -> Double {
        switch self {
        case .log: Self.naturalLog(number)
        case .log1p: Self.naturalLog1p(number)
        }
    }

    /// The number of which this is the logarithm.
    public func inverse(_ value: Double) -> Double {
        switch self {
        case .log: exp(value)
        case .log1p: expm1(value)
        }
    }

    /// The numbers above this one have a logarithm.
    public var bound: Double { self == .log ? 0 : -1 }

    private static func naturalLog(_ x: Double) -> Double {
        #if canImport(Glibc)
        Glibc.log(x)
        #else
        Darwin.log(x)
        #endif
    }

    private static func naturalLog1p(_ x: Double) -> Double {
        #if canImport(Glibc)
        Glibc.log1p(x)
        #else
        Darwin.log1p(x)
        #endif
    }
}
