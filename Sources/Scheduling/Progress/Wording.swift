/// Seconds as people say them: `4 ms`, `0.3 s`, `14 s`, `2 min 5 s`, `1 h 10 min`.
public func spoken(seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
    if seconds < 0.095 { return "\(Int((max(0, seconds) * 1000).rounded(.up))) ms" }
    if seconds < 9.95 { return "\(fixed(seconds, decimals: 1)) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
}

/// A figure for a line of progress: three decimals, fewer for large values, powers of ten for very large and for small ones, `6.653e16`, `2.3e-4`; `nan` and
/// `inf` as they are. Very large ones have `decimals` before their power.
public func spoken(figure value: Double, decimals: Int = 3) -> String {
    let size = abs(value)
    guard size.isFinite else { return "\(value)" }
    if (100..<1e12).contains(size) { return fixed(value, decimals: 1) }
    if (0.001..<100).contains(size) || size == 0 { return fixed(value, decimals: 3) }
    let decimals = size < 1 ? 1 : decimals
    var exponent = 0
    var scaled = size
    while scaled >= 10 {
        scaled /= 10
        exponent += 1
    }
    while scaled < 1 {
        scaled *= 10
        exponent -= 1
    }
    // Rounding may make ten of 9.9996.
    let ten = fixed(10, decimals: decimals)
    if fixed(scaled, decimals: decimals) == ten { (scaled, exponent) = (1, exponent + 1) }
    return "\(value < 0 ? "-" : "")\(fixed(scaled, decimals: decimals))e\(exponent)"
}

/// A number with thousands set apart: `1,094,766`.
public func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var end = digits.count - 3
    while end > 0 {
        digits.insert(",", at: digits.index(digits.startIndex, offsetBy: end))
        end -= 3
    }
    return number < 0 ? "-" + digits : digits
}

/// A number of things: `1 run`, `1,200 runs`.
public func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

private func fixed(_ value: Double, decimals: Int) -> String {
    var unit = 1.0
    for _ in 0..<decimals { unit *= 10 }
    let scaled = (abs(value) * unit).rounded()
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: -decimals)
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return decimals == 0 ? sign + padded : "\(sign)\(padded[..<point]).\(padded[point...])"
}

/// Bytes for the eye: `12 kB`, `640 MB`, `1.5 GB`.
public func spoken(bytes: Double) -> String {
    bytes < 999_500 ? "\(grouped(Int((bytes / 1000).rounded(.up)))) kB" : "\(MemorySize(bytes: bytes))"
}
