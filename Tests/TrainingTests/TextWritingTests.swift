import Testing
import Training

/// How a network draws what it writes.
struct TextWritingTests {
    /// As numpy.random.choice would by numpy.cumsum(p ** (1 / t) / sum(p ** (1 / t))), of u.
    @Test(
        arguments: [
            ([0.2, 0.5, 0.3], 0.0, 0.99, 1), ([0.2, 0.5, 0.3], 1, 0.19, 0), ([0.2, 0.5, 0.3], 1, 0.21, 1), ([0.2, 0.5, 0.3], 1, 0.69, 1),
            ([0.2, 0.5, 0.3], 1, 0.71, 2),
            // Squares: 0.04, 0.25, 0.09 of 0.38.
            ([0.2, 0.5, 0.3], 0.5, 0.104, 0), ([0.2, 0.5, 0.3], 0.5, 0.107, 1), ([0.2, 0.5, 0.3], 0.5, 0.762, 1),
            ([0.2, 0.5, 0.3], 0.5, 0.764, 2),
            // What is impossible is never drawn, and tiny temperatures do not overflow.
            ([0, 1, 0], 2, 0, 1), ([1e-30, 1, 0], 1e-3, 0.999999, 1), ([0, 0, 0], 1, 0.5, 0),
        ] as [([Double], Double, Double, Int)])
    func aDrawFollowsProbabilitiesAndTemperature(probabilities: [Double], temperature: Double, u: Double, place: Int) {
        #expect(TextWriting.draw(probabilities, temperature: temperature, u) == place)
    }
}
