import Foundation
import Metrics
import Testing

/// What is said of examples that were made from noise.
@Suite struct MadeExampleTests {
    @Test func sureAnswersOfAllClassesAlikeScoreTheirNumber() {
        let answers = (0..<400).map { place in (0..<4).map { $0 == place % 4 ? 1.0 : 0 } }
        let spread = ClassSpread(answers)
        #expect(abs(spread.classScore - 4) < 1e-12 && spread.answerEntropy == 0 && abs(spread.classEntropy - log(4)) < 1e-12)
        #expect(spread.classesReached == 1 && spread.largestClass == 0.25)
    }

    @Test func oneClassAloneScoresOne() {
        let spread = ClassSpread((0..<400).map { $0 < 3 ? [0, 1, 0] : [1, 0, 0] })
        #expect(spread.classScore < 1.06 && spread.largestClass == 397.0 / 400)
        // Three in four hundred are fewer than one in a hundred.
        #expect(abs(spread.classesReached - 1.0 / 3) < 1e-12)
    }

    @Test func unsureAnswersScoreOne() {
        let spread = ClassSpread([[Double]](repeating: [0.25, 0.25, 0.25, 0.25], count: 10))
        #expect(abs(spread.classScore - 1) < 1e-12 && abs(spread.answerEntropy - log(4)) < 1e-12)
    }
}
