import Datasets
import NeuralNetworks
import Settings

extension TrialSettings {
    /// How many numbers a network answers a target with.
    func answers(of network: Network) -> Int { target.each ? network.outputShape.columns : network.outputShape.count }
}

/// Where every step has a target, refuses networks that do not answer at every step, and such as may see at a step what follows it.
func checkSteps(_ settings: TrialSettings, network: Network, data: DatasetSummary) throws(PreparationProblem) {
    guard settings.target.each else { return }
    let steps = data.featureCount
    if let place = network.layers.firstIndex(where: { $0.layer.seesLaterSteps }) {
        let key = network.layers[place].layer.key
        throw PreparationProblem(
            path: "model.layers[\(place)]",
            message: "with each: true a step is asked for what follows it, which layer \(place + 1) (\(key)) may see",
            help: "use layers that see no later step: lstm, gru and simple_rnn with return_sequences, conv1d with padding: causal, dense")
    }
    guard network.outputShape.rank == 2, network.outputShape.rows == steps else {
        throw PreparationProblem(
            path: "model.layers",
            message: "with each: true there are \(steps) targets an example, the network gives the shape \(network.outputShape)",
            help: "write return_sequences: true in the last recurrent layer, or leave out each")
    }
}
