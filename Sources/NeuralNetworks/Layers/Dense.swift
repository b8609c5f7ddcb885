import TensorEngine

/// activation(x W + b): `[batch, inputs]` → `[batch, units]`, with the kernel W `[inputs, units]` and the bias b `[units]`.
///
/// On multi-hot rows the product is the sum of the kernel's rows that each example names.
public struct Dense: Layer {
    /// The name, unique in its network.
    public let name: String
    /// Numbers an example that the layer gives.
    public let units: Int
    /// Applied to the sum.
    public let activation: Activation
    /// Whether b is there.
    public let useBias: Bool
    /// The first values of W.
    public let kernelInitializer: Initializer
    /// The first values of b.
    public let biasInitializer: Initializer
    /// What the size of W adds to the loss.
    public let kernelPenalty: Penalty
    /// What the size of b adds to the loss.
    public let biasPenalty: Penalty

    /// The defaults are Keras's.
    public init(
        name: String, units: Int, activation: Activation = .linear, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros,
        kernelPenalty: Penalty = Penalty(), biasPenalty: Penalty = Penalty()
    ) {
        self.name = name
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelPenalty = kernelPenalty
        self.biasPenalty = biasPenalty
    }

    /// `dense`.
    public var kind: String { "dense" }

    /// ``units``, whatever the inputs.
    public func outputWidth(for inputs: Int) -> Int { units }

    /// The kernel, then the bias.
    public func parameters(for inputs: Int) -> [ParameterSpecification] {
        let kernel = ParameterSpecification(
            path: name + "/kernel", shape: [inputs, units], initializer: kernelInitializer, penalty: kernelPenalty)
        let bias = ParameterSpecification(path: name + "/bias", shape: [units], initializer: biasInitializer, penalty: biasPenalty)
        return useBias ? [kernel, bias] : [kernel]
    }

    /// Adds product, bias and activation.
    public func apply(to signal: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput {
        let kernel = try graph.parameter(name + "/kernel", [signal.width, units])
        var sum: Value
        switch signal {
        case .dense(let x): sum = try graph.product(x, kernel)
        case .sparse(let table, let rows): sum = try graph.sparseProduct(table, rows, kernel)
        }
        if useBias { sum = try graph.add(sum, graph.parameter(name + "/bias", [units])) }
        return try activation.apply(to: sum, in: &graph)
    }
}
