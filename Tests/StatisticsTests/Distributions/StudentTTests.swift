import Foundation
import Statistics
import Testing

@Suite struct StudentTTests {
    @Test func probabilitiesAgreeWithSciPyInBothTails() throws {
        let rows = try Fixture.numbers("student_t.csv")
        #expect(rows.count == 221)
        for row in rows {
            let student = try #require(StudentT(degreesOfFreedom: row[0]))
            #expect(relativeError(student.upperTail(-row[1]), row[2]) < 1e-11, "cdf \(row)")
            #expect(relativeError(student.upperTail(row[1]), row[3]) < 1e-11 || row[3] < 1e-290, "tail \(row)")
        }
    }

    @Test func quantilesAgreeWithSciPy() throws {
        let rows = try Fixture.numbers("student_t_quantiles.csv")
        #expect(rows.count == 132)
        for row in rows {
            let quantile = try #require(StudentT(degreesOfFreedom: row[0])?.quantile(row[1]))
            #expect(relativeError(quantile, row[2]) < 1e-10 || abs(quantile - row[2]) < 1e-15, "quantile \(row): \(quantile)")
        }
    }

    @Test func oneDegreeOfFreedomIsCauchys() throws {
        let student = try #require(StudentT(degreesOfFreedom: 1))
        for t in [0.2, 1, 3, 50] {
            #expect(relativeError(student.upperTail(t), 0.5 - atan(t) / .pi) < 1e-12)
        }
    }

    @Test(arguments: [0, -1, .infinity, .nan]) func impossibleDegreesOfFreedomAreRefused(degrees: Double) {
        #expect(StudentT(degreesOfFreedom: degrees) == nil)
    }

    @Test(arguments: [0, 1, -0.1, 1.1, .nan]) func quantilesOfImpossibleProbabilitiesAreRefused(p: Double) {
        #expect(StudentT(degreesOfFreedom: 4)?.quantile(p) == nil)
    }

    @Test func extremesDoNotTrap() throws {
        let student = try #require(StudentT(degreesOfFreedom: 3))
        #expect(student.upperTail(.infinity) == 0)
        #expect(student.upperTail(-.infinity) == 1)
        #expect(student.upperTail(1e200) < 1e-300)
        #expect(student.upperTail(.nan).isNaN)
    }
}
