import CVector

/// Sixteen lanes: one register of AVX-512, two of AVX2, four of NEON.
typealias Vector = SIMD16<Float>

/// The lanes of a ``Vector``; every buffer is aligned to and padded to a multiple of it.
let lanes = Vector.scalarCount

/// The smallest multiple of ``lanes`` that is not less than `count`.
@inline(__always)
func padded(_ count: Int) -> Int { (count + lanes - 1) & ~(lanes - 1) }

/// a * b + c, rounded once.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { cvector_fma(a, b, c) }

/// The larger of each pair of lanes; `x` where it is not a number.
@inline(__always)
func larger(_ x: Vector, than bound: Vector) -> Vector { x.replacing(with: bound, where: x .< bound) }

/// The smaller of each pair of lanes; `x` where it is not a number.
@inline(__always)
func smaller(_ x: Vector, than bound: Vector) -> Vector { x.replacing(with: bound, where: x .> bound) }

/// x where the condition is positive, else 0.
@inline(__always)
func wherePositive(_ condition: Vector, _ x: Vector) -> Vector {
    Vector(repeating: 0).replacing(with: x, where: condition .> Vector(repeating: 0))
}

/// The lanes before `count`.
@inline(__always)
func firstLanes(_ count: Int) -> SIMDMask<SIMD16<Int32>> {
    SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) .< SIMD16(repeating: Int32(truncatingIfNeeded: count))
}

/// e to the power of each lane, within 2 units in the last place; arguments are held within ±87.3, so that the result is finite and normal.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2, and a polynomial in r. Source: Moshier, *Methods and Programs for Mathematical Functions*.
@inline(__always)
func exponential(_ argument: Vector) -> Vector {
    let x = larger(smaller(argument, than: Vector(repeating: 87.3)), than: Vector(repeating: -87.3))
    let shift = Vector(repeating: 12_582_912)
    let shifted = multiplyAdd(x, Vector(repeating: 1.442_695_04), shift)
    let n = shifted - shift
    var r = multiplyAdd(n, Vector(repeating: -0.693_359_375), x)
    r = multiplyAdd(n, Vector(repeating: 2.121_944_4e-4), r)
    var p = Vector(repeating: 1.987_569_15e-4)
    p = multiplyAdd(p, r, Vector(repeating: 1.398_199_95e-3))
    p = multiplyAdd(p, r, Vector(repeating: 8.333_451_9e-3))
    p = multiplyAdd(p, r, Vector(repeating: 4.166_579_6e-2))
    p = multiplyAdd(p, r, Vector(repeating: 1.666_666_55e-1))
    p = multiplyAdd(p, r, Vector(repeating: 0.5))
    p = multiplyAdd(p * r, r, r) + Vector(repeating: 1)
    let exponent = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- SIMD16(repeating: Int32(bitPattern: Float(12_582_912).bitPattern))
    return unsafeBitCast(unsafeBitCast(p, to: SIMD16<Int32>.self) &+ (exponent &<< SIMD16(repeating: 23)), to: Vector.self)
}

/// The natural logarithm of each lane, within 2 units in the last place; minus infinity for 0, not a number below.
///
/// x = m 2^e with m in [sqrt(1/2), sqrt(2)), and a polynomial in m - 1. Source: Moshier, as above.
@inline(__always)
func logarithm(_ x: Vector) -> Vector {
    let bits = unsafeBitCast(x, to: SIMD16<Int32>.self)
    let root = Int32(bitPattern: Float(0.707_106_77).bitPattern)
    let offset = bits &- SIMD16(repeating: root)
    let exponent = offset &>> SIMD16(repeating: 23)
    let mantissa = (offset & SIMD16(repeating: 0x7f_ffff)) &+ SIMD16(repeating: root)
    let m = unsafeBitCast(mantissa, to: Vector.self) - Vector(repeating: 1)
    let e =
        unsafeBitCast(exponent &+ SIMD16(repeating: Int32(bitPattern: Float(12_582_912).bitPattern)), to: Vector.self)
        - Vector(repeating: 12_582_912)
    var p = Vector(repeating: 7.037_683_629_2e-2)
    p = multiplyAdd(p, m, Vector(repeating: -1.151_461_031_0e-1))
    p = multiplyAdd(p, m, Vector(repeating: 1.167_699_874_0e-1))
    p = multiplyAdd(p, m, Vector(repeating: -1.242_014_084_6e-1))
    p = multiplyAdd(p, m, Vector(repeating: 1.424_932_278_7e-1))
    p = multiplyAdd(p, m, Vector(repeating: -1.666_805_766_5e-1))
    p = multiplyAdd(p, m, Vector(repeating: 2.000_071_476_5e-1))
    p = multiplyAdd(p, m, Vector(repeating: -2.499_999_399_3e-1))
    p = multiplyAdd(p, m, Vector(repeating: 3.333_333_117_4e-1))
    let square = m * m
    var y = p * m * square
    y = multiplyAdd(e, Vector(repeating: -2.121_944_40e-4), y)
    y = multiplyAdd(square, Vector(repeating: -0.5), y)
    var result = multiplyAdd(e, Vector(repeating: 0.693_359_375), m + y)
    result.replace(with: -Float.infinity, where: x .== Vector(repeating: 0))
    result.replace(with: Float.nan, where: .!(x .>= Vector(repeating: 0)))
    result.replace(with: Float.infinity, where: x .== Vector(repeating: .infinity))
    return result
}

/// The hyperbolic tangent of each lane: a polynomial near 0, 1 - 2 / (e^2|x| + 1) beyond. Source: Moshier, as above.
@inline(__always)
func hyperbolicTangent(_ x: Vector) -> Vector {
    let magnitude = cvector_abs(x)
    let z = x * x
    var p = Vector(repeating: -5.704_988_727_45e-3)
    p = multiplyAdd(p, z, Vector(repeating: 2.063_908_879_54e-2))
    p = multiplyAdd(p, z, Vector(repeating: -5.373_971_555_31e-2))
    p = multiplyAdd(p, z, Vector(repeating: 1.333_144_220_36e-1))
    p = multiplyAdd(p, z, Vector(repeating: -3.333_328_194_22e-1))
    let near = multiplyAdd(p * z, x, x)
    let far = Vector(repeating: 1) - Vector(repeating: 2) / (exponential(magnitude + magnitude) + Vector(repeating: 1))
    let signed = far.replacing(with: -far, where: x .< Vector(repeating: 0))
    return near.replacing(with: signed, where: magnitude .> Vector(repeating: 0.625))
}

/// cos 2πx and sin 2πx of each lane, for x in [0, 1]: polynomials in the distance to the nearest quarter of a turn. Source: Moshier, as above.
@inline(__always)
func turned(_ x: Vector) -> (cosine: Vector, sine: Vector) {
    let shift = Vector(repeating: 12_582_912)
    let shifted = multiplyAdd(x, Vector(repeating: 4), shift)
    let quarters = unsafeBitCast(shifted, to: SIMD16<Int32>.self) & SIMD16(repeating: 3)
    let angle = multiplyAdd(shifted - shift, Vector(repeating: -0.25), x) * Vector(repeating: 6.283_185_3)
    let z = angle * angle
    var p = Vector(repeating: -1.951_529_589_1e-4)
    p = multiplyAdd(p, z, Vector(repeating: 8.332_160_873_6e-3))
    p = multiplyAdd(p, z, Vector(repeating: -1.666_665_461_1e-1))
    let sine = multiplyAdd(p * z, angle, angle)
    var q = Vector(repeating: 2.443_315_711_809_948e-5)
    q = multiplyAdd(q, z, Vector(repeating: -1.388_731_625_493_765e-3))
    q = multiplyAdd(q, z, Vector(repeating: 4.166_664_568_298_827e-2))
    let cosine = multiplyAdd(q * z, z, multiplyAdd(z, Vector(repeating: -0.5), Vector(repeating: 1)))
    // Whole vectors of one type: against `SIMD16(repeating:)` of a type that is to be inferred the compiler compares lane by lane.
    let (zero, one, two) = (SIMD16<Int32>(repeating: 0), SIMD16<Int32>(repeating: 1), SIMD16<Int32>(repeating: 2))
    let isOdd = (quarters & one) .!= zero
    let (c, s) = (cosine.replacing(with: sine, where: isOdd), sine.replacing(with: cosine, where: isOdd))
    return (c.replacing(with: -c, where: ((quarters &+ one) & two) .!= zero), s.replacing(with: -s, where: (quarters & two) .!= zero))
}

/// 1 / (1 + e^-x) in each lane.
@inline(__always)
func logistic(_ x: Vector) -> Vector { Vector(repeating: 1) / (Vector(repeating: 1) + exponential(-x)) }

/// ln(1 + u) of each lane for u in [0, 1], within 2 units in the last place however small u is.
///
/// ln(1 + u) = 2 artanh s with s = u / (2 + u) in [0, 1/3], and a polynomial in s² for artanh s / s - 1, fitted at Chebyshev's points to 4e-9.
@inline(__always)
func logarithmOfOnePlus(_ u: Vector) -> Vector {
    let s = u / (Vector(repeating: 2) + u)
    let z = s * s
    var p = Vector(repeating: 0.134_337_74)
    p = multiplyAdd(p, z, Vector(repeating: 0.141_169_78))
    p = multiplyAdd(p, z, Vector(repeating: 0.200_038_35))
    p = multiplyAdd(p, z, Vector(repeating: 0.333_333_2))
    let twice = s + s
    return multiplyAdd(twice * z, p, twice)
}

/// ln(1 + e^x) in each lane, max(x, 0) + ln(1 + e^-|x|): within 2 units in the last place for any magnitude.
@inline(__always)
func softplusOf(_ x: Vector) -> Vector {
    larger(x, than: Vector(repeating: 0)) + logarithmOfOnePlus(exponential(-cvector_abs(x)))
}

/// (1 + erf(x / √2)) / 2 in each lane: a polynomial near 0, and e^(-x²/2) times a polynomial in the reciprocal beyond. Source: Moshier, as above.
@inline(__always)
func normalShare(_ x: Vector) -> Vector {
    let a = x * Vector(repeating: 0.707_106_78)
    let magnitude = cvector_abs(a)
    let z = a * a
    var p = Vector(repeating: 7.853_861_353_153_693e-5)
    p = multiplyAdd(p, z, Vector(repeating: -8.010_193_625_184_903e-4))
    p = multiplyAdd(p, z, Vector(repeating: 5.188_327_685_732_524e-3))
    p = multiplyAdd(p, z, Vector(repeating: -2.685_381_193_529_856e-2))
    p = multiplyAdd(p, z, Vector(repeating: 1.128_358_514_861_418e-1))
    p = multiplyAdd(p, z, Vector(repeating: -3.761_262_582_423_3e-1))
    p = multiplyAdd(p, z, Vector(repeating: 1.128_379_165_726_71))
    let near = multiplyAdd(a * p, Vector(repeating: 0.5), Vector(repeating: 0.5))
    let q = Vector(repeating: 1) / larger(magnitude, than: Vector(repeating: 0.5))
    let y = q * q
    var middle = Vector(repeating: 2.326_819_970_068_386e-2)
    middle = multiplyAdd(middle, y, Vector(repeating: -1.387_039_388_740_657e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: 3.687_424_674_597_105e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: -5.824_733_027_278_666e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: 6.210_004_621_745_983e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: -4.944_515_323_274_145e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: 3.404_879_937_665_872e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: -2.741_127_028_184_656e-1))
    middle = multiplyAdd(middle, y, Vector(repeating: 5.638_259_427_386_472e-1))
    var outer = Vector(repeating: -1.047_766_399_936_249e+1)
    outer = multiplyAdd(outer, y, Vector(repeating: 1.297_719_955_372_516e+1))
    outer = multiplyAdd(outer, y, Vector(repeating: -7.495_518_717_768_503))
    outer = multiplyAdd(outer, y, Vector(repeating: 2.921_019_019_210_786))
    outer = multiplyAdd(outer, y, Vector(repeating: -1.015_265_279_202_7))
    outer = multiplyAdd(outer, y, Vector(repeating: 4.218_463_358_204_948e-1))
    outer = multiplyAdd(outer, y, Vector(repeating: -2.820_767_439_740_514e-1))
    outer = multiplyAdd(outer, y, Vector(repeating: 5.641_895_067_754_075e-1))
    let tail = exponential(-z) * q * middle.replacing(with: outer, where: magnitude .> Vector(repeating: 2)) * Vector(repeating: 0.5)
    let far = tail.replacing(with: Vector(repeating: 1) - tail, where: x .> Vector(repeating: 0))
    return near.replacing(with: far, where: magnitude .> Vector(repeating: 1))
}
