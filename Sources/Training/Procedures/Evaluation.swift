import Metrics
import NeuralNetworks
import Settings
import TensorEngine

/// The figures of a model on some rows, and, on request, its outputs.
struct Evaluation {
    /// Examples a batch: large enough for the products, small enough for the cache.
    static let batch = 256

    let loss: Double
    private(set) var metrics: [Double]
    let outputs: [Float]

    init(
        of programs: SupervisedPrograms, on rows: UnsafeBufferPointer<Int32>, metrics: [MetricSum], examples: PreparedExamples,
        keepingOutputs: Bool = false
    ) throws(ShapeError) {
        var sum = 0.0
        var metrics = metrics
        var outputs: [Float] = []
        for batch in rows.batches() {
            guard let first = batch.baseAddress else { break }
            let program = try programs.evaluation(batch: batch.count)
            program.run(rows: first)
            sum += Double(program.loss) * Double(batch.count)
            examples.withTargets(of: batch) { places in
                for i in metrics.indices {
                    metrics[i].add(scores: program.scores, meaning: program.meaning, rows: places, targets: examples.metricTargets)
                }
            }
            if keepingOutputs { outputs.append(contentsOf: program.scores) }
        }
        loss = sum / Double(rows.count)
        self.metrics = metrics.map(\.value)
        self.outputs = outputs
    }

    /// Takes metrics of the outputs that were kept.
    mutating func measure(
        _ sums: [MetricSum], meaning: OutputMeaning, rows: UnsafeBufferPointer<Int32>, targets: MetricTargets
    ) {
        metrics = outputs.withUnsafeBufferPointer { outputs in
            sums.map { sum in
                var sum = sum
                sum.add(scores: outputs, meaning: meaning, rows: rows, targets: targets)
                return sum.value
            }
        }
    }

    /// The loss and the metrics, which the settings name, each name after `prefix`.
    func figures(_ settings: TrainingSettings, prefix: String) -> [(name: String, value: Double)] {
        [(prefix + "loss", loss)] + zip(settings.metrics, metrics).map { (prefix + $0.figure, $1) }
    }
}
