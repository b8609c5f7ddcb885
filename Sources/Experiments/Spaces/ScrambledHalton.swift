import RandomNumbers

/// One dimension of a scrambled Halton sequence: numbers in (0, 1) that fill it evenly, together with other dimensions too.
///
/// The number at place `i` is `i` written in a prime base, its digits put through random permutations, one for each position, and read behind the point.
/// A longer sequence begins with the shorter one. Source: Owen, "A randomized Halton algorithm in R" (2017).
struct ScrambledHalton {
    private let base: Int
    /// For each position the digit that stands for each digit.
    private let permutations: [[Int32]]

    /// How many dimensions there are.
    static let dimensions = 100

    /// - `path`: the setting that the numbers are for, which with `seed` names the permutations.
    /// - `dimension`: which prime is the base, counted from 0.
    init(seed: Int, path: String, dimension: Int) {
        let base = Self.prime(dimension)
        var permutations: [[Int32]] = []
        var reach = 1.0
        while reach < 0x1p53 {
            var stream = RandomStream(seed: seed, stream: .space, path: path, epoch: 1, step: permutations.count)
            permutations.append(stream.permutation(of: base))
            reach *= Double(base)
        }
        self.base = base
        self.permutations = permutations
    }

    /// The number at a place, counted from 0.
    func number(at place: Int) -> Double {
        var rest = place
        var unit = 1.0
        var number = 0.0
        for permutation in permutations {
            unit /= Double(base)
            number += Double(permutation[rest % base]) * unit
            rest /= base
        }
        return min(number + unit / 2, 1 - 0x1p-53)
    }

    private static func prime(_ index: Int) -> Int {
        var primes: [Int] = []
        var candidate = 2
        while primes.count <= index {
            if !primes.contains(where: { candidate % $0 == 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes[index]
    }
}
