import Datasets
import NeuralNetworks
import Settings
import TensorEngine

/// The memory that training a network takes, in bytes and about: what is large when anything is.
struct MemoryNeed {
    /// Of each layer, in order.
    let weightsByLayer: [Double]
    /// What the optimizer carries from step to step.
    let state: Double
    /// Gradients that are held whole before they are applied.
    let gradients: Double
    /// The values of a batch: what each layer gives, and what it keeps beside that, is kept for the way back, and two gradients of such values live at a time.
    /// Beside them the evaluation's, of which two live at a time, where they take more room than those of a step.
    let values: Double
    /// The weights of the best epoch.
    let best: Double
    /// The answers for validation and test examples, which are kept: of each its row, its target and its outputs.
    let answers: Double
    /// The encoded rows.
    let data: Double
    /// What frozen layers at the front give for all rows, which is computed once.
    let features: Double
    /// Examples in a batch.
    let batch: Int

    init(_ settings: TrialSettings, network: Network, data: DatasetSummary) {
        let training = settings.training
        let specifications = network.layers.map { network.parameters(of: $0) }
        func bytes(_ tensors: [ParameterSpecification]) -> Double { tensors.reduce(0) { $0 + 4 * $1.shape.size } }
        weightsByLayer = specifications.map(bytes)
        let trained = specifications.map { bytes($0.filter(\.isTrained)) }
        let rule = training.optimizer.rule
        state = trained.reduce(0, +) * Double(rule.tensorsCarried)
        let whole = trained.reduce(0, +)
        if case .composed = rule {
            // Gradients, and the next value of the parameter and of all that is carried along.
            gradients = whole * Double(2 + rule.tensorsCarried)
        } else if training.gradientClipping != nil {
            gradients = 2 * whole
        } else if training.gradientNorms != .off {
            gradients = whole
        } else {
            // Of sparse rows and of words the first layer's, where rows of its weights that no example touches move, too.
            gradients = (data.isSparse || network.input.isOfWords) && rule.movesIdleRows ? trained.first ?? 0 : 0
        }
        batch = min(training.batchSize, max(data.trainCount, 1))
        // A dense layer takes sparse rows as they are.
        let isWrittenOut = !data.isSparse || !(network.layers.first?.layer is DenseSettings)
        let live = ((isWrittenOut ? [network.input.shape] : []) + network.shapes).map(\.size)
        let pairs = zip(live, live.dropFirst()).map { $0 + $1 }.max() ?? live[0]
        let shapes = zip([network.input.shape] + network.shapes, network.shapes)
        let beside = zip(network.layers, shapes).map { $0.layer.numbersBeside(output: $1.1, input: $1.0) }
        let ofStep = Double(batch) * (live.reduce(0, +) + beside.reduce(0, +) + pairs)
        let ofEvaluation = Double(Evaluation.batch) * (pairs + (beside.max() ?? 0))
        values = 4 * (ofStep + (ofEvaluation > ofStep ? ofEvaluation : 0))
        let steps = settings.target.each ? data.featureCount : 1
        self.data = data.bytes + (steps > 1 ? 4 * Double(data.rowCount) * Double(steps) : 0)
        features = 4 * Double(data.rowCount) * ((try? network.dividedBehindFrozen())?.front.outputShape.size ?? 0)
        let outputs = settings.answers(of: network)
        let targets = Double(data.validationCount + data.testCount) * Double(steps)
        answers = 4 * targets * Double(1 + data.targetWidth + outputs)
        best = training.earlyStopping?.restoreBestWeights == true ? weightsByLayer.reduce(0, +) : 0
    }

    /// All of it.
    var total: Double { parts.reduce(0) { $0 + $1.bytes } }

    /// What is in memory at the same time, by name, the largest first. When training has ended all goes but the weights, and a copy of them and the answers
    /// come, these once more as the bytes of their file.
    var parts: [(name: String, bytes: Double)] {
        let weights = weightsByLayer.reduce(0, +)
        var training = [("the optimizer's state", state), ("gradients", gradients), ("the values of a batch of \(batch)", values)]
        if state + gradients + values < weights + 2 * answers {
            training = [("their copy at the end", weights), ("the answers for validation and test examples", 2 * answers)]
        }
        return ([("weights", weights), ("the best weights", best), ("the data", data), ("what frozen layers give", features)] + training)
            .map { (name: $0.0, bytes: $0.1) }.sorted {
                $0.bytes > $1.bytes
            }
    }
}

/// Refuses a network, or a batch, that needs more memory than there is: it would be killed in the middle of a run.
func checkMemory(
    _ settings: TrialSettings, network: Network, data: DatasetSummary, memory: MachineMemory
) throws(PreparationProblem) {
    let need = MemoryNeed(settings, network: network, data: data)
    guard need.total > memory.bytes else { return }
    let isBatch = need.values > need.total / 2 && need.batch > 1
    let largest = need.weightsByLayer.indices.max { need.weightsByLayer[$0] < need.weightsByLayer[$1] } ?? 0
    // Without the parts that would be told as 0.
    let told = need.parts.filter { $0.bytes >= min(0.05e9, need.total / 10) }
    let sum = told.map { "\($0.name) \(gigabytes($0.bytes))" }.joined(separator: ", ")
    throw PreparationProblem(
        path: isBatch ? "training.batch_size" : settings.model.widthPath(largest),
        message: "the network needs \(gigabytes(need.total)): \(sum); this machine has \(gigabytes(memory.bytes))",
        help: isBatch ? "use a smaller batch, or fewer units" : "use fewer units")
}

/// `4,000 GB`, `1.5 GB`: billions of bytes.
private func gigabytes(_ bytes: Double) -> String {
    let amount = bytes / 1e9
    guard amount >= 10 else { return "\((amount * 10).rounded() / 10) GB" }
    guard amount < 1e15 else { return "\(amount) GB" }
    var digits = String(Int(amount.rounded()))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place)) }
    return digits + " GB"
}
