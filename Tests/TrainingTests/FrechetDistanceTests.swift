import TestSupport
import Testing
import Training

/// How far two sets of points lie apart.
@Suite struct FrechetDistanceTests {
    /// Of sets whose covariances have the same axes: |m - n|² + Σ (√c - √d)².
    @Test func theDistanceOfSetsAlongTheSameAxes() {
        // Corners of boxes, along the axes.
        func box(_ centre: [Double], _ sides: [Double]) -> [Float] {
            (0..<8).flatMap { corner in (0..<3).map { Float(centre[$0] + ((corner >> $0) & 1 == 0 ? 1 : -1) * sides[$0]) } }
        }
        let (first, second) = ([1, 2, 0.5], [3, 0.25, 0.5])
        let distance = FrechetDistance(box([0, 0, 0], first), box([1, -1, 2], second), width: 3).value
        let expected = 6 + zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } * 8 / 7
        #expect(abs(distance - expected) < 1e-6, "\(distance), \(expected)")
        #expect(abs(FrechetDistance(box([0, 0, 0], first), box([0, 0, 0], first), width: 3).value) < 1e-9)
    }

    /// It stays the same when both sets are turned, and does not mind a number that is always the same.
    @Test func theDistanceIsThatOfTurnedSets() {
        var numbers = SeededNumbers(seed: 3)
        let one = numbers.numbers(60, in: -1...1).map(Float.init)
        let other = zip(numbers.numbers(60, in: -2...1), one).map { Float($0) + 0.5 * $1 }
        func turned(_ points: [Float]) -> [Float] {
            stride(from: 0, to: points.count, by: 2).flatMap { place -> [Float] in
                let (x, y) = (points[place], points[place + 1])
                return [0.6 * x - 0.8 * y, 5, 0.8 * x + 0.6 * y]
            }
        }
        let plain = FrechetDistance(one, other, width: 2).value
        #expect(plain > 0.1)
        #expect(abs(FrechetDistance(turned(one), turned(other), width: 3).value - plain) < 1e-5)
        #expect(abs(FrechetDistance(other, one, width: 2).value - plain) < 1e-9)
    }
}
