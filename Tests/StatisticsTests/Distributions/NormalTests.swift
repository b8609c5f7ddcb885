import Statistics
import Testing

@Suite struct NormalTests {
    @Test func tailsAndDensitiesAgreeWithSciPy() throws {
        let rows = try Fixture.numbers("normal.csv")
        #expect(rows.count == 11)
        for row in rows {
            #expect(relativeError(StandardNormal.upperTail(row[0]), row[1]) < 1e-12, "tail \(row)")
            #expect(relativeError(StandardNormal.density(row[0]), row[2]) < 1e-12, "density \(row)")
        }
    }
}
