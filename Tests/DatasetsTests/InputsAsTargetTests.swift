import Datasets
import Settings
import Testing

/// `target: inputs`: rows that are to be given again.
struct InputsAsTargetTests {
    private static func open(
        labels: String?, inputs: [String] = ["*"], split: SplitSettings = SplitSettings(), kinds: [String] = ["x", "y", "x", "y"]
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let rows = zip(["0,1", "0.5,0.25", "1,0", "0,0"], kinds).map { "\($0),\($1)\n" }
        let path = try folder.write("a,b,kind\n" + rows.joined(), to: "a.csv")
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

    @Test func rowsMayHaveNoLabel() throws {
        let split = SplitSettings(validation: .part(PartSettings(size: .first(2))))
        let data = try Self.open(labels: "kind", split: split, kinds: ["x", "", "y", ""])
        guard case .inputs(let labels?, let names) = data.target else { throw Lacking() }
        #expect(Array(labels) == [0, -1, 1, -1] && names == ["x", "y"])
        #expect((0..<4).map { data.className(of: $0) } == ["x", nil, "y", nil])
        #expect(
            data.summary.notices.map(\.sentence) == [
                "1 of 2 train rows has no label in \"kind\"; figures that compare with labels leave it out.",
                "1 of 2 validation rows has no label in \"kind\"; figures that compare with labels leave it out.",
                "no row trains of the label \"x\".",
            ])
        #expect(data.summary.targetFacts.unlabelledTrainCount == 1 && data.summary.targetFacts.untrainedLabels == ["x"])
    }

    @Test(arguments: [
        (["", "", "", ""], "no row has a label in \"kind\"; they tell no rows apart: leave labels out, or name another column"),
        (["x", "", "x", ""], "all labels in \"kind\" are \"x\"; they tell no rows apart: leave labels out, or name another column"),
    ])
    func labelsThatTellNothingAreRefused(kinds: [String], message: String) {
        let error = #expect(throws: DatasetError.self) { try Self.open(labels: "kind", kinds: kinds) }
        #expect(error?.description == message)
    }

    @Test func labelsAmongTheInputsAreCalledLabels() {
        let error = #expect(throws: DatasetError.self) { try Self.open(labels: "kind", inputs: ["a", "kind"]) }
        #expect(
            error?.description
                == "the labels \"kind\" are also an input, and no training is to see them; take the column out of the inputs, or leave labels out"
        )
    }

    private struct Lacking: Error {}
}
