import CProduct

/// Floats of room that ``tiledProduct(_:leading:transposed:_:leading:transposed:_:leading:m:n:k:room:)`` works in.
package let tiledProductRoom = cproduct_room()

/// C = op(A) op(B), row-major, where op transposes on request: `[m, k]` by `[k, n]`. Tiles of the result stay in registers; see CProduct.h for
/// the order of its sums, which no tile and no vector's width changes.
///
/// The leading dimensions are the distances between rows as they lie in memory.
@inline(__always)
package func tiledProduct(
    _ a: UnsafePointer<Float>, leading leadingA: Int, transposed transposeA: Bool,
    _ b: UnsafePointer<Float>, leading leadingB: Int, transposed transposeB: Bool,
    _ c: UnsafeMutablePointer<Float>, leading leadingC: Int, m: Int, n: Int, k: Int, room: UnsafeMutablePointer<Float>
) {
    var arguments = cproduct_arguments(
        m: m, n: n, k: k, a: a, leading_a: leadingA, transpose_a: transposeA ? 1 : 0, b: b, leading_b: leadingB,
        transpose_b: transposeB ? 1 : 0, c: c, leading_c: leadingC, room: room)
    cproduct_multiply(&arguments)
}
