import RandomNumbers
import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// States of Boltzmann machines.

extension Interpreter {
    /// Drawn word by word.
    func uniformDraw(_ draw: UniformDraw) -> [Double] {
        var stream = RandomStream(seed: draw.seed, stream: .gibbs, path: draw.path, step: step)
        return (0..<draw.target.count).map { _ in Double(stream.nextUInt32() >> 9) / 8_388_608 }
    }

    /// The difference of two free energies for each bit.
    func flipGains(_ x: [Tensor]) -> [Double] {
        let (visible, sums, kernel, bias) = (x[0].rows, x[1].rows, x[2].rows, x[3].elements)
        return x[4].rows.enumerated().flatMap { row, bits in
            bits.map { bit in
                let (bit, turn) = (Int(bit), 1 - 2 * visible[row][Int(bit)])
                let before = sums[row].reduce(0) { $0 + log(1 + exp($1)) }
                let after = zip(sums[row], kernel[bit]).reduce(0) { $0 + log(1 + exp($1.0 + turn * $1.1)) }
                return turn * bias[bit] + after - before
            }
        }
    }
}
