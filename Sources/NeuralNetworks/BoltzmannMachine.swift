import Settings
import TensorEngine

/// Which tensors of a store are a restricted Boltzmann machine: those of a layer `rbm`, or of a dense layer of sigmoid units beside which a bias for its
/// inputs stands.
public struct BoltzmannMachine: Sendable {
    /// The layer's name.
    public let layer: String
    /// How many visible units: the layer's inputs.
    public let visibleUnits: Int
    /// How many hidden units: its outputs.
    public let hiddenUnits: Int
    /// What a visible unit is.
    public let visible: RBMSettings.Visible
    /// What the size of the kernel adds to the loss.
    let penalty: PenaltySettings?

    /// A machine of these tensors.
    public init(layer: String, visibleUnits: Int, hiddenUnits: Int, visible: RBMSettings.Visible, penalty: PenaltySettings? = nil) {
        self.layer = layer
        self.visibleUnits = visibleUnits
        self.hiddenUnits = hiddenUnits
        self.visible = visible
        self.penalty = penalty
    }

    /// The machine that a network is whose only layer is `rbm`; nil of others.
    public init?(_ network: Network) {
        guard network.layers.count == 1, let layer = network.layers.first, let rbm = layer.layer as? RBMSettings else { return nil }
        self.init(
            layer: layer.name, visibleUnits: network.input.shape.count, hiddenUnits: rbm.units, visible: rbm.visible,
            penalty: rbm.kernelRegularizer)
    }

    /// The path of its kernel `[visible, hidden]`.
    public var kernel: String { layer + "/kernel" }
    /// The path of the bias of its hidden units.
    public var bias: String { layer + "/bias" }
    /// The path of the bias of its visible units.
    public var visibleBias: String { layer + "/visible_bias" }
    /// The path of the hidden states of persistent chains, `[chains, hidden]`.
    var chains: String { layer + "/chains" }

    /// The machine in a graph.
    func values(in graph: inout Graph) throws(ShapeError) -> MachineValues {
        MachineValues(
            kernel: try graph.parameter(kernel, [visibleUnits, hiddenUnits]), bias: try graph.parameter(bias, [hiddenUnits]),
            visibleBias: try graph.parameter(visibleBias, [visibleUnits]), visible: visible)
    }
}

/// A restricted Boltzmann machine in a graph: kernel W `[visible, hidden]`, biases b `[hidden]` and a `[visible]`. Its energy is E(v, h) = -a v - b h - v W h
/// for visible units of 0 and 1, and |v - a|² / 2 - b h - v W h for numbers of variance 1.
struct MachineValues {
    let kernel: Value
    let bias: Value
    let visibleBias: Value
    let visible: RBMSettings.Visible

    /// v W + b.
    func sums(_ v: Value, in graph: inout Graph) throws(ShapeError) -> Value { try graph.add(graph.product(v, kernel), bias) }

    /// p(h = 1 | v) = sigmoid(v W + b).
    func hidden(_ v: Value, in graph: inout Graph) throws(ShapeError) -> Value { try graph.sigmoid(sums(v, in: &graph)) }

    /// The mean of v under p(v | h): sigmoid(h Wᵀ + a), or h Wᵀ + a.
    func visible(_ h: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        let sums = try graph.add(graph.product(h, kernel, transposeB: true), visibleBias)
        return visible == .bernoulli ? try graph.sigmoid(sums) : sums
    }

    /// Visible states that are drawn around their means: 0 or 1, or normally distributed.
    func drawn(_ mean: Value, seed: Int, path: String, in graph: inout Graph) throws(ShapeError) -> Value {
        switch visible {
        case .bernoulli: try graph.bernoulli(mean, seed: seed, path: path)
        case .gaussian: try graph.add(mean, graph.normalNumbers(mean.shape, seed: seed, path: path))
        }
    }

    /// F(v) = -ln Σₕ e^-E(v, h) of each row, `[rows, 1]`: -a v, or |v - a|² / 2, less Σ ln(1 + e^(v W + b)). With p(v) = e^-F(v) / Z the data's mean of it
    /// falls as they become likelier.
    func freeEnergy(_ v: Value, sums: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        let outside =
            visible == .bernoulli
            ? try graph.scale(graph.multiply(v, visibleBias), by: -1)
            : try graph.scale(graph.square(graph.subtract(v, visibleBias)), by: 0.5)
        return try graph.subtract(graph.sumOfColumns(outside), graph.sumOfColumns(graph.softplus(sums)))
    }
}
