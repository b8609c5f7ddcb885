#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Double {
    /// Rounded to a multiple of the power of ten that is the last of so many digits of `size`: of the number itself, or of the width of its range.
    ///
    /// The result is the number that its shortest digits read back as. Beyond 22 digits before or behind the point the number stays as it is.
    func rounded(toStepsOf size: Double, digits: Int = 6) -> Double {
        guard size != 0, size.isFinite else { return self }
        let places = digits - 1 - Int(log10(abs(size)).rounded(.down))
        guard (-22...22).contains(places) else { return self }
        // Powers of ten are exact up to here.
        let scale = (0..<abs(places)).reduce(1.0) { power, _ in power * 10 }
        let number = places >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale
        return number.isFinite ? number : self
    }
}
