import Datasets
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How a network goes on with a text.
public struct TextWriting: Sendable, Hashable {
    /// How many words or characters are written.
    public var length: Int
    /// What the logarithms of the probabilities are divided by: below 1 likely words come more often, at 0 always the likeliest, above 1 rare ones.
    public var temperature: Double
    /// The seed of what is drawn.
    public var seed: Int

    /// How a network goes on with a text.
    public init(length: Int, temperature: Double = 1, seed: Int = 1) {
        self.length = length
        self.temperature = temperature
        self.seed = seed
    }

    /// The class that a draw `u` from 0 to 1 gives, of these probabilities p: proportional to p^(1 / temperature).
    package static func draw(_ probabilities: [Double], temperature: Double, _ u: Double) -> Int {
        guard let largest = probabilities.max(), largest > 0 else { return 0 }
        let likeliest = probabilities.firstIndex(of: largest) ?? 0
        if temperature <= 0 { return likeliest }
        let powers = probabilities.map { $0 > 0 ? exp(log($0 / largest) / temperature) : 0 }
        var left = u * powers.reduce(0, +)
        for (place, power) in powers.enumerated() where power > 0 {
            if left < power { return place }
            left -= power
        }
        return likeliest
    }
}

extension Predictor {
    /// The numbers of the words or characters that follow `start`, one after the other, each drawn from what the network answers for those before it. Unknown
    /// words are never written. The same arguments give the same text: draws come from a stream of their own.
    ///
    /// - Parameters:
    ///   - start: the numbers of the beginning, as ``EncodedRows`` have them.
    ///   - firstWord: the number of the vocabulary's first word.
    public func writes(_ writing: TextWriting, after start: [Int32], firstWord: Int) throws -> [Int32] {
        guard case .sequences(let vocabulary) = data.inputKind, case .classes(let names) = data.target, !start.isEmpty else { return [] }
        let length = data.featureCount
        // A beginning that is too short stands there again and again, since no network has seen how a text begins.
        let own = start.drop { $0 == FittedTokens.padding }
        var begin = Array(own.isEmpty ? [Int32(firstWord)] : own)
        while begin.count < length { begin += own.isEmpty ? [Int32(firstWord)] : Array(own) }
        let window = ShiftingWindow(begin.suffix(length))
        let inputs = ExampleTables.Inputs.tokens(
            TokenTable(tokens: window.start, rows: 1, length: length, owner: window), vocabulary: vocabulary)
        let programs = try programs(inputs)
        let program = try programs.program(batch: 1)
        let firstNumber = vocabulary - names.count
        var stream = RandomStream(seed: writing.seed, stream: .sample)
        var written: [Int32] = []
        var row: Int32 = 0
        for _ in 0..<writing.length {
            program.run(rows: &row)
            var probabilities = program.meaning.values(program.scores.suffix(names.count))
            if firstNumber < firstWord { for place in 0..<firstWord - firstNumber { probabilities[place] = 0 } }
            let place = TextWriting.draw(probabilities, temperature: writing.temperature, stream.uniform())
            let number = Int32(place + firstNumber)
            written.append(number)
            window.append(number)
        }
        return written
    }
}

/// The last numbers of a text, in memory that a program reads.
private final class ShiftingWindow {
    private let memory: UnsafeMutablePointer<Int32>
    private let count: Int
    var start: UnsafePointer<Int32> { UnsafePointer(memory) }

    init(_ numbers: some Collection<Int32>) {
        count = numbers.count
        memory = .allocate(capacity: max(count, 1))
        _ = UnsafeMutableBufferPointer(start: memory, count: count).initialize(from: numbers)
    }

    func append(_ number: Int32) {
        memory.update(from: memory + 1, count: count - 1)
        memory[count - 1] = number
    }

    deinit { memory.deallocate() }
}
