import Datasets
import Settings
import Testing

/// `target: inputs`: rows that are to be given again.
struct InputsAsTargetTests {
    private static func open(labels: String?, inputs: [String] = ["*"], split: SplitSettings = SplitSettings()) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let path = try folder.write("a,b,kind\n0,1,x\n0.5,0.25,y\n1,0,x\n0,0,y\n", to: "a.csv")
        let settings = TrialSettings(
            dataset: .csv(CSVSettings(path: path)),
            inputs: InputSettings(
                columns: inputs.map { .init(column: $0, encoding: .numeric(scale: .none)) }, drop: labels == nil ? ["kind"] : []),
            target: .inputsAsTarget, labels: labels, split: split, model: ModelSettings(layers: []),
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError)))
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(settings, source: .csv(path: path, format: CSVFormat()), fold: nil))
    }

    @Test func labelsStandBesideTheInputs() throws {
        let data = try Self.open(labels: "kind")
        #expect(data.summary.featureNames == ["a", "b"])
        #expect(data.summary.target == .inputs(labels: ["x", "y"]))
        #expect(data.summary.targetWidth == 2)
        guard case .inputs(let labels?, let names) = data.target else { throw Lacking() }
        #expect(Array(labels) == [0, 1, 0, 1])
        #expect(names == ["x", "y"])
    }

    @Test func withoutLabelsNoColumnIsATarget() throws {
        let data = try Self.open(labels: nil)
        #expect(data.summary.target == .inputs(labels: nil))
        #expect(data.summary.targetColumn == "inputs")
        guard case .inputs(nil, []) = data.target else { throw Lacking() }
        #expect(data.summary.fitted.map(\.column) == ["a", "b", ""])
    }

    /// What a loss of shares must know: from where to where the numbers go, and the first that is neither 0 nor 1.
    @Test func factsAreThoseOfAllNumbers() throws {
        let facts = try Self.open(labels: "kind").summary.targetFacts
        #expect(facts.all?.low.value == 0)
        #expect(facts.all?.high.value == 1)
        #expect(facts.all?.notBinary == TargetFacts.Place(value: 0.5, row: 2))
    }

    /// Labels may deal the rows.
    @Test func aSplitIsStratifiedByLabels() throws {
        let data = try Self.open(labels: "kind", split: SplitSettings(test: PartSettings(size: .fraction(0.5), stratified: true)))
        guard case .inputs(let labels?, _) = data.target else { throw Lacking() }
        #expect(Set(data.test.map { labels[Int($0)] }) == [0, 1])
    }

    private struct Lacking: Error {}
}
