import Datasets
import Documents
import Metrics
import Settings

/// A trained model as a file of operators that other programs run: ONNX, opset 17 with the operators of classical machine learning, version 3.
///
/// Each column of the data is an input `[rows, 1]`, numbers in single precision, categories as text; the encodings stand within. Outputs of classes are
/// `label` and `probabilities` (`scores` where the network gives none), of several labels `probabilities` or `scores`, of a number `prediction` in the target's
/// own unit. Several runs answer by their mean.
public struct ONNXModel {
    /// The version of the operators.
    public static let opset = 17
    private static let opsetOfLearning = 3
    private static let irVersion = 8
    /// A message of Protocol Buffers holds less than two gigabytes.
    private static let mostTensorBytes = 1_900_000_000

    /// A run's encoder, its layers from input to output with their names, and its weights.
    public struct Run {
        let encoder: FittedEncoder
        let weights: ONNXWeights

        /// A run with its encoder and weights.
        public init(encoder: FittedEncoder, weights: ONNXWeights) { (self.encoder, self.weights) = (encoder, weights) }
    }

    /// The file.
    public let bytes: [UInt8]

    /// The model of runs with these settings.
    ///
    /// - Parameters:
    ///   - inputShape: what a row is to the first layer, such as `[28, 28, 1]` for an image.
    ///   - layers: the network's layers, their widths known.
    ///   - areProbabilities: whether the numbers for classes or labels are probabilities.
    ///   - name: what the graph is called.
    ///   - facts: what else the file should tell, by name.
    /// - Throws: ``ONNXRefusal`` where a layer or an encoding has no operators here.
    public init(
        _ runs: [Run], settings: TrialSettings, inputShape: [Int], layers: [(name: String, kind: any LayerKind)], areProbabilities: Bool,
        name: String,
        version: String, facts: KeyValuePairs<String, String>
    ) throws(ONNXRefusal) {
        guard let first = runs.first else { throw ONNXRefusal("there is no run") }
        guard settings.training.threshold == nil else { throw ONNXRefusal("its classes are told apart at a threshold of their own") }
        var graph = ONNXGraph()
        var answers: [String] = []
        var features: [(encoder: FittedEncoder, value: String)] = []
        var outputs = 0
        for run in runs {
            let input: String
            if let known = features.first(where: { $0.encoder == run.encoder }) {
                input = known.value
            } else {
                input = try Self.features(of: run.encoder, in: &graph)
                features.append((run.encoder, input))
            }
            let width = run.encoder.summary.featureCount
            guard inputShape.reduce(1, *) == width else { throw ONNXRefusal("its images are padded before the first layer") }
            let features = ONNXValue(name: input, shape: [width])
            let first = inputShape.count == 1 ? features : graph.reshape(features, to: inputShape)
            var value = try first.through(layers, weights: run.weights.layer, in: &graph)
            // A machine that learned from its own drawings answers with its inputs, by the way back.
            if settings.training.loss.kind == .contrastiveDivergence, layers.count == 1, let machine = layers[0].kind as? RBMSettings {
                value = try machine.addBack(to: &graph, hidden: value, visible: width, weights: run.weights.layer(layers[0].name))
            }
            outputs = value.width
            answers.append(try Self.answer(value.name, run.encoder, settings, outputs: outputs, in: &graph))
        }
        guard graph.tensorBytes <= Self.mostTensorBytes else {
            throw ONNXRefusal("its weights take \(graph.tensorBytes) bytes, and an ONNX file holds less than two gigabytes")
        }
        Self.handOut(
            answers.count == 1 ? answers[0] : graph.node("Mean", answers), first.encoder, areProbabilities: areProbabilities,
            outputs: outputs, in: &graph)
        bytes = graph.model(
            name: name, note: "An input a column of the data, which is encoded within. What has no encoding gives not a number.",
            version: version, irVersion: Self.irVersion, opsets: ["": Self.opset, "ai.onnx.ml": Self.opsetOfLearning], facts: facts)
    }

    // MARK: - From columns to answers

    /// The features of a row, side by side.
    private static func features(of encoder: FittedEncoder, in graph: inout ONNXGraph) throws(ONNXRefusal) -> String {
        var columns: [String] = []
        for column in encoder.inputs { columns.append(try column.add(to: &graph)) }
        return columns.count == 1 ? columns[0] : graph.node("Concat", columns, ["axis": .integer(1)])
    }

    /// What a run answers by its outputs: a number for each class or label, or values in their own unit.
    private static func answer(
        _ outputs: String, _ encoder: FittedEncoder, _ settings: TrialSettings, outputs count: Int, in graph: inout ONNXGraph
    ) throws(ONNXRefusal) -> String {
        let meaning = settings.training.loss.outputMeaning
        let values =
            switch meaning {
            case .softmaxLogits: graph.node("Softmax", [outputs], ["axis": .integer(-1)])
            case .sigmoidLogits: graph.node("Sigmoid", [outputs])
            case .plain, .margins: outputs
            }
        switch encoder.target {
        case .classes where settings.target.each: throw ONNXRefusal("it answers at every step of a window")
        case .classes where count == 1:
            let other = graph.node("Sub", [graph.tensor([Float(2 * meaning.threshold)], shape: [1]), values])
            return graph.node("Concat", [other, values], ["axis": .integer(1)])
        case .classes, .severalLabels: return values
        case .values(_, let shift, let divisor, let logarithm):
            let scaled = graph.node("Mul", [values, graph.tensor([Float(divisor)], shape: [1])])
            let moved = graph.node("Add", [scaled, graph.tensor([Float(shift)], shape: [1])])
            guard let logarithm else { return moved }
            let number = graph.node("Exp", [moved])
            return logarithm == .log ? number : graph.node("Sub", [number, graph.tensor([Float(1)], shape: [1])])
        case .inputs: return values
        case .sequences: throw ONNXRefusal("its target is neither classes nor labels nor numbers")
        }
    }

    private static func handOut(
        _ answer: String, _ encoder: FittedEncoder, areProbabilities: Bool, outputs: Int, in graph: inout ONNXGraph
    ) {
        let taken = Set(graph.inputNames)
        func free(_ name: String) -> String { taken.contains(name) ? free(name + "_") : name }
        switch encoder.target {
        case .classes(let names):
            let largest = graph.node("ArgMax", [answer], ["axis": .integer(1), "keepdims": .integer(0)])
            let label = graph.node(
                "LabelEncoder", [largest],
                ["keys_int64s": .integers(Array(names.indices)), "values_strings": .texts(names), "default_string": .text("")],
                domain: "ai.onnx.ml")
            graph.output(label, as: free("label"), .text, lengths: [])
            graph.output(answer, as: free(areProbabilities ? "probabilities" : "scores"), .float, lengths: [names.count])
        case .severalLabels(let names):
            let name = free(areProbabilities ? "probabilities" : "scores")
            graph.output(answer, as: name, .float, lengths: [names.count])
        case .values, .sequences, .inputs: graph.output(answer, as: free("prediction"), .float, lengths: [outputs])
        }
    }
}
