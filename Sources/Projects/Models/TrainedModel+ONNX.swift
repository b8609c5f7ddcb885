import Documents
import ONNX
import Training

extension TrainedModel {
    /// The model as an ONNX file. Runs whose training diverged do not answer.
    ///
    /// - Throws: `Refusal` where a layer or an encoding has no operators there.
    public func onnx() throws -> [UInt8] {
        let trial = try prepare(settings, data: encoders[0].summary, memory: .unlimited)
        guard trial.pair == nil else {
            throw Refusal(
                "\(experiment), \(variant), cannot be written as ONNX: it makes examples from noise", help: "export it without --onnx")
        }
        var answering: [ONNXModel.Run] = []
        for run in runs {
            var weights = ONNXWeights()
            let tensors = try run.weights()
            guard tensors.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else { continue }
            for tensor in tensors { weights.add(tensor.name, shape: tensor.shape, values: tensor.values) }
            answering.append(ONNXModel.Run(encoder: encoders[run.encoder], weights: weights))
        }
        guard let first = runs.first else { throw Refusal("there is no run") }
        let kind = try Predictor(
            settings, data: encoders[first.encoder].summary,
            weights: first.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
        ).outputKind
        let (classes, areProbabilities): ([String], Bool) =
            switch kind {
            case .classes(let names, let areProbabilities), .severalLabels(let names, let areProbabilities): (names, areProbabilities)
            case .values: ([], false)
            }
        do {
            return try ONNXModel(
                answering, settings: settings, inputShape: trial.network.input.shape.dimensions,
                layers: trial.network.layers.map { ($0.name, $0.layer) },
                areProbabilities: areProbabilities, name: "\(experiment), \(variant)", version: Versions.ablate,
                facts: [
                    "target": target, "classes": JSONValue.array(classes.map(JSONValue.string)).compactText,
                    "runs": answeringRuns, "content_sha256": encoders[0].contentDigest,
                ]
            ).bytes
        } catch {
            throw Refusal(
                "\(experiment), \(variant), cannot be written as ONNX: \(error)",
                help: "export it without --onnx; ablate predict reads that")
        }
    }

    private var answeringRuns: String { runs.map(\.identity.hex).joined(separator: " ") }
}
