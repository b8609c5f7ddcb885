import Metrics
import NeuralNetworks
import Settings
import TensorEngine

/// The figures of a restricted Boltzmann machine on some rows, and, on request, what it gives again.
struct MachineEvaluation {
    /// The mean over all numbers of (v - v′)², where v′ is the mean of v under p(v | h) for h = p(h | v): no state is drawn.
    let loss: Double
    /// Metrics of v′ against v.
    let metrics: [Double]
    /// The mean of F(v).
    let freeEnergy: Double
    /// The mean of Σᵢ ln p(vᵢ | all others), of rows with their units at 0 or 1, estimated from some bits of each; nil for numbers.
    let pseudoLikelihood: Double?
    /// The mean of ln p(v), of rows with their units at 0 or 1, or of numbers as they are; where ln Z is known.
    let logLikelihood: Double?
    let outputs: [Float]

    init(
        of programs: ContrastivePrograms, on rows: UnsafeBufferPointer<Int32>, logPartition: Double?, metrics: [MetricSum],
        targets: MetricTargets, keepingOutputs: Bool
    ) throws(ShapeError) {
        var (squares, energy, energyOfStates, bits) = (0.0, 0.0, 0.0, 0.0)
        var metrics = metrics
        var outputs: [Float] = []
        for batch in rows.batches() {
            let judged = try programs.judge(batch)
            func sum(_ numbers: UnsafeBufferPointer<Float>) -> Double { numbers.reduce(0) { $0 + Double($1) } }
            squares += sum(judged.squaredErrors)
            energy += sum(judged.freeEnergies)
            energyOfStates += sum(judged.freeEnergiesOfStates)
            if let likelihoods = judged.bitLikelihoods { bits += sum(likelihoods) }
            for i in metrics.indices { metrics[i].add(scores: judged.reconstructions, meaning: .plain, rows: batch, targets: targets) }
            if keepingOutputs { outputs.append(contentsOf: judged.reconstructions) }
        }
        let (count, visible) = (Double(rows.count), Double(programs.machine.visibleUnits))
        loss = squares / count / visible
        freeEnergy = energy / count
        pseudoLikelihood = programs.machine.visible == .bernoulli ? bits / count * visible : nil
        logLikelihood = logPartition.map { -energyOfStates / count - $0 }
        self.metrics = metrics.map(\.value)
        self.outputs = outputs
    }

    /// Loss and metrics, then its own figures; the prefix says of which part.
    func figures(_ training: TrainingSettings, prefix: String) -> [(name: String, value: Double)] {
        let named = [("loss", loss)] + zip(training.metrics.map(\.figure), metrics)
        let own = [
            (MachineFigures.pseudoLikelihood, pseudoLikelihood), (MachineFigures.freeEnergy, freeEnergy),
            (MachineFigures.logLikelihood, logLikelihood),
        ]
        return (named + own.compactMap { figure, value in value.map { (figure.name, $0) } }).map { (name: prefix + $0.0, value: $0.1) }
    }
}
