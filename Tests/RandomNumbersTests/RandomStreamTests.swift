import RandomNumbers
import Testing

struct RandomStreamTests {
    @Test func theSameNameGivesTheSameNumbers() {
        var first = RandomStream(seed: 3, stream: .dropout, path: "layers.1", epoch: 2, step: 5)
        var second = RandomStream(seed: 3, stream: .dropout, path: "layers.1", epoch: 2, step: 5)
        for _ in 0..<100 { #expect(first.nextUInt64() == second.nextUInt64()) }
    }

    /// Runs that are stored depend on these words: a change here is a change of the engine's results.
    @Test func firstWordsStayAsTheyAre() {
        var stream = RandomStream(seed: 1, stream: .`init`, path: "output.kernel")
        #expect((0..<4).map { _ in stream.nextUInt32() } == [3_630_843_893, 3_505_807_575, 2_544_864_488, 2_856_383_946])
    }

    @Test func everyPartOfTheNameCounts() {
        let streams = [
            RandomStream(seed: 1, stream: .`init`), RandomStream(seed: 2, stream: .`init`), RandomStream(seed: -1, stream: .`init`),
            RandomStream(seed: 1, stream: .shuffle), RandomStream(seed: 1, stream: .dropout), RandomStream(seed: 1, stream: .augment),
            RandomStream(seed: 1, stream: .resplit), RandomStream(seed: 1, stream: .`init`, path: "a"),
            RandomStream(seed: 1, stream: .`init`, path: "b"), RandomStream(seed: 1, stream: .`init`, path: "ab"),
            RandomStream(seed: 1, stream: .`init`, path: "ba"), RandomStream(seed: 1, stream: .`init`, epoch: 1),
            RandomStream(seed: 1, stream: .`init`, step: 1),
        ]
        let firsts = streams.map { stream in
            var stream = stream
            return stream.nextUInt64()
        }
        #expect(Set(firsts).count == streams.count)
    }

    @Test(arguments: [0, 1, 31, 32, 33, 1000], [0, 1, 5])
    func fillingGivesWhatSingleDrawsGive(count: Int, before: Int) {
        var bulk = RandomStream(seed: 9, stream: .`init`)
        var single = RandomStream(seed: 9, stream: .`init`)
        for _ in 0..<before { #expect(bulk.nextUInt32() == single.nextUInt32()) }
        var filled = [Float](repeating: .nan, count: count)
        filled.withUnsafeMutableBufferPointer { bulk.fill($0, uniformIn: -2, 3) }
        for number in filled { #expect(number == -2 + 5 * single.uniformFloat()) }
        #expect(bulk.nextUInt32() == single.nextUInt32())
    }

    @Test func uniformNumbersFillTheirInterval() {
        var stream = RandomStream(seed: 4, stream: .augment)
        var numbers = [Float](repeating: 0, count: 100_000)
        numbers.withUnsafeMutableBufferPointer { stream.fill($0, uniformIn: 0, 1) }
        #expect(numbers.allSatisfy { 0 <= $0 && $0 < 1 })
        var tenths = [Int](repeating: 0, count: 10)
        for number in numbers { tenths[Int(number * 10)] += 1 }
        // Five standard deviations of a count of 10,000 of 100,000.
        #expect(tenths.allSatisfy { abs($0 - 10_000) < 475 })
    }

    @Test func normalNumbersHaveTheirMoments() {
        var stream = RandomStream(seed: 5, stream: .`init`)
        let numbers = (0..<100_000).map { _ in stream.normal() }
        let mean = numbers.reduce(0, +) / 100_000
        let variance = numbers.reduce(0) { $0 + $1 * $1 } / 100_000
        #expect(abs(mean) < 0.016)
        #expect(abs(variance - 1) < 0.023)
    }

    @Test func truncatedNormalNumbersStayWithinTwoDeviations() {
        var stream = RandomStream(seed: 6, stream: .`init`)
        var numbers = [Float](repeating: 0, count: 50_000)
        numbers.withUnsafeMutableBufferPointer { stream.fill($0, truncatedNormalWithMean: 1, standardDeviation: 0.5) }
        #expect(numbers.allSatisfy { 0 <= $0 && $0 <= 2 })
        let mean = numbers.reduce(0) { $0 + Double($1) } / 50_000
        let deviation = (numbers.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 50_000).squareRoot()
        #expect(abs(mean - 1) < 0.01)
        // The deviation of a standard normal number that is cut at two is 0.8796.
        #expect(abs(deviation - 0.5 * 0.8796) < 0.007)
    }

    @Test func boundedIntegersAreWithoutBias() {
        var stream = RandomStream(seed: 7, stream: .shuffle)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[stream.integer(below: 6)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 460 })
        // With a bound of three quarters of the range a plain remainder would give the lowest quarter twice as often.
        let bound = 3 << 60
        let low = (0..<3000).count { _ in stream.integer(below: bound) < 1 << 60 }
        #expect(abs(low - 1000) < 130)
        #expect(stream.integer(below: 1) == 0)
        #expect(stream.integer(below: 0) == 0)
    }

    @Test func permutationsHoldEveryNumberOnceAndDiffer() {
        var stream = RandomStream(seed: 8, stream: .shuffle)
        let order = stream.permutation(of: 1000)
        #expect(order.sorted() == (0..<1000).map { Int32($0) })
        #expect(order != order.sorted())
        #expect(stream.permutation(of: 1000) != order)
        #expect(stream.permutation(of: 0) == [])
        #expect(stream.permutation(of: 1) == [0])
        var thirds = [Int](repeating: 0, count: 6)
        for _ in 0..<6000 {
            let order = stream.permutation(of: 3)
            thirds[Int(order[0]) * 2 + (order[1] > order[2] ? 1 : 0)] += 1
        }
        #expect(thirds.allSatisfy { abs($0 - 1000) < 150 })
    }
}
