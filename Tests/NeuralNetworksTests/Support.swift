import NeuralNetworks
import Settings
import TensorEngine

/// A dense layer of a network.
func dense(_ name: String, _ units: Int, _ activation: Activation = .linear, _ initializer: Initializer = .glorotUniform)
    -> Network.NamedLayer
{
    Network.NamedLayer(name, DenseSettings(units: .count(units), activation: activation, kernelInitializer: initializer))
}

/// Programs on a store of their own, with fresh parameters.
func makePrograms(
    _ layers: [Network.NamedLayer], _ input: ExampleInput, loss: LossSettings, optimizer: OptimizerSettings = .rmsprop(RMSpropSettings()),
    clipping: GradientClippingSettings? = nil, examples: ExampleTables, seed: Int = 1, fusing: Bool = true
) throws -> SupervisedPrograms {
    let network = try Network(layers, input: input)
    let store = ParameterStore()
    try network.initialize(store, seed: seed)
    return try SupervisedPrograms(
        network, store: store, training: TrainingSettings(loss: loss, optimizer: optimizer, gradientClipping: clipping), examples: examples,
        seed: seed, fusing: fusing)
}
