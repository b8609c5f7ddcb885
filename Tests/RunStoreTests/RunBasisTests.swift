import RunStore
import Testing

@Suite struct RunBasisTests {
    /// The identities of two trials on the same data.
    private func isOne(_ one: String, _ other: String) -> Bool {
        func identity(_ canonical: String) -> RunIdentity {
            RunIdentity(
                RunBasis(canonical: canonical, digests: DataDigests(content: "c", encoding: "e"), resultsVersion: 1), seed: 1, fold: nil)
        }
        return identity(one) == identity(other)
    }

    @Test(arguments: [
        #""reuters""#, #"{"csv":{"path":"a,b}.csv"}}"#, #"{"csv":{"path":"\"}, \\"}}"#, #"["[",{"a":[1,2]}]"#, "null",
    ])
    func whereTheDataLieDecidesNoResult(dataset: String) {
        #expect(isOne(#"{"dataset":\#(dataset),"model":{"a":1}}"#, #"{"dataset":"other","model":{"a":1}}"#))
        #expect(!isOne(#"{"dataset":\#(dataset),"model":{"a":1}}"#, #"{"dataset":\#(dataset),"model":{"a":2}}"#))
    }
}
