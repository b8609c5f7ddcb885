import FileSystem
import Testing

@Suite struct ConcurrentMapTests {
    @Test(arguments: [0, 1, 256, 257, 1000]) func resultsStandInTheOrderOfTheElements(count: Int) {
        let numbers = Array(0..<count)
        #expect(numbers.mappedConcurrently { "\($0)" } == numbers.map { "\($0)" })
    }
}
