import TensorEngine
import TestSupport
import Testing

/// The tiled product on its own, whichever kernel the processor at hand would use.
@Suite struct TiledProductTests {
    struct Sizes: Sendable, CustomTestStringConvertible {
        let m: Int
        let n: Int
        let k: Int

        init(_ m: Int, _ n: Int, _ k: Int) {
            self.m = m
            self.n = n
            self.k = k
        }

        var testDescription: String { "\(m) x \(n) x \(k)" }
    }

    /// Every number of rows and of columns that a tile can have, several blocks of k, more rows than are computed at once, and far rows.
    static let sizes =
        (1...15).map { Sizes($0, 2 * $0 + 31, 5) } + (1...50).map { Sizes(3, $0, 9) } + [
            Sizes(1, 1, 1), Sizes(7, 5, 383), Sizes(7, 5, 384), Sizes(7, 5, 385), Sizes(5, 3, 767), Sizes(5, 3, 768), Sizes(5, 33, 1500),
            Sizes(260, 70, 40), Sizes(600, 46, 20), Sizes(300, 90, 400), Sizes(2, 700, 3), Sizes(9, 520, 17),
            Sizes(32, 64, 64), Sizes(64, 48, 170), Sizes(65, 48, 170), Sizes(5, 16, 500), Sizes(7, 32, 800),
        ]

    /// Equality to the bit with the order of sums that is promised: a chain of fused multiply-adds for each block of k.
    @Test(arguments: sizes)
    func sumsGoInTheOrderOfBlocks(_ sizes: Sizes) {
        let (m, n, k) = (sizes.m, sizes.n, sizes.k)
        var numbers = SeededNumbers(seed: m * 1000 + n + k)
        let a = numbers.numbers(m * k, in: -1...1).map(Float.init)
        let b = numbers.numbers(k * n, in: -1...1).map(Float.init)
        let expected = (0..<m * n).map { place in
            Self.sum(a[place / n * k..<(place / n + 1) * k], (0..<k).map { b[$0 * n + place % n] })
        }
        for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
            let left = transposeA ? Self.transposed(a, rows: m, columns: k) : a
            let right = transposeB ? Self.transposed(b, rows: k, columns: n) : b
            #expect(Self.product(left, transposeA, right, transposeB, sizes) == expected, "\(transposeA) \(transposeB)")
        }
    }

    /// A block of a larger matrix: nothing beside it changes.
    @Test func whatStandsBesideTheResultStays() {
        let (m, n, k) = (5, 11, 4)
        var numbers = SeededNumbers(seed: 3)
        let a = numbers.numbers(m * 20, in: -1...1).map(Float.init)
        let b = numbers.numbers(k * 40, in: -1...1).map(Float.init)
        var c = [Float](repeating: 7, count: m * 30)
        Self.withRoom { room in
            tiledProduct(
                a, leading: 20, transposed: false, b, leading: 40, transposed: false, &c, leading: 30, m: m, n: n, k: k, room: room)
        }
        for i in 0..<m {
            for j in 0..<30 {
                let expected = j < n ? Self.sum(a[i * 20..<i * 20 + k], (0..<k).map { b[$0 * 40 + j] }) : 7
                #expect(c[i * 30 + j] == expected)
            }
        }
    }

    // MARK: - Details

    private static func product(_ a: [Float], _ transposeA: Bool, _ b: [Float], _ transposeB: Bool, _ sizes: Sizes) -> [Float] {
        let (m, n, k) = (sizes.m, sizes.n, sizes.k)
        var c = [Float](repeating: .nan, count: m * n)
        withRoom { room in
            tiledProduct(
                a, leading: transposeA ? m : k, transposed: transposeA, b, leading: transposeB ? k : n, transposed: transposeB, &c,
                leading: n, m: m, n: n, k: k, room: room)
        }
        return c
    }

    private static func withRoom(_ body: (UnsafeMutablePointer<Float>) -> Void) {
        let room = UnsafeMutableRawPointer.allocate(byteCount: tiledProductRoom * 4, alignment: 64)
        defer { room.deallocate() }
        body(room.bindMemory(to: Float.self, capacity: tiledProductRoom))
    }

    private static func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
        (0..<rows * columns).map { matrix[$0 % rows * columns + $0 / rows] }
    }

    private static func sum(_ a: ArraySlice<Float>, _ b: [Float]) -> Float {
        var total: Float?
        var left = Array(a)[...]
        var right = b[...]
        while !left.isEmpty {
            let length = left.count >= 768 ? 384 : left.count > 384 ? (left.count + 1) / 2 : left.count
            let chain = zip(left.prefix(length), right.prefix(length)).reduce(Float(0)) { $0.addingProduct($1.0, $1.1) }
            total = total.map { $0 + chain } ?? chain
            left = left.dropFirst(length)
            right = right.dropFirst(length)
        }
        return total ?? 0
    }
}
