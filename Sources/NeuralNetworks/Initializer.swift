import RandomNumbers
import Settings
import TensorEngine

extension Initializer {
    /// The standard deviation of a standard normal cut at ±2.
    private static let deviationOfCutNormal = 0.879_625_661_034_239_78

    /// Writes the first values of a parameter of `shape`, drawn from a stream of its own.
    ///
    /// Inputs and units of a kernel are its last two sizes, each times the sizes before them (the window of a convolution); of a bias both are
    /// its size. Sources: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010); He et al.,
    /// *Delving deep into rectifiers* (2015). Normal forms are cut at two standard deviations and widened to keep the variance, as in Keras.
    public func fill(_ elements: UnsafeMutableBufferPointer<Float>, shape: Shape, from stream: RandomStream) {
        var stream = stream
        let (inputs, units) = Self.fans(of: shape)
        switch self {
        case .zeros: elements.update(repeating: 0)
        case .constant(let value): elements.update(repeating: Float(value))
        case .uniform(let low, let high): stream.fill(elements, uniformIn: Float(low), Float(high))
        case .normal(let mean, let deviation): stream.fill(elements, normalWithMean: mean, standardDeviation: deviation)
        case .glorotUniform: fill(elements, uniformWithVariance: 2 / (inputs + units), &stream)
        case .heUniform: fill(elements, uniformWithVariance: 2 / inputs, &stream)
        case .glorotNormal: fill(elements, cutNormalWithVariance: 2 / (inputs + units), &stream)
        case .heNormal: fill(elements, cutNormalWithVariance: 2 / inputs, &stream)
        case .lecunUniform: fill(elements, uniformWithVariance: 1 / inputs, &stream)
        case .lecunNormal: fill(elements, cutNormalWithVariance: 1 / inputs, &stream)
        case .fanInNormal(let gain): stream.fill(elements, normalWithMean: 0, standardDeviation: (gain / inputs).squareRoot())
        }
    }

    /// How many numbers a unit sees and how many units see a number, as Keras counts them.
    package static func fans(of shape: Shape) -> (inputs: Double, units: Double) {
        let sizes = shape.dimensions.map(Double.init)
        guard sizes.count > 1 else { return (sizes.first ?? 1, sizes.first ?? 1) }
        let window = sizes.dropLast(2).reduce(1, *)
        return (sizes[sizes.count - 2] * window, sizes[sizes.count - 1] * window)
    }

    private func fill(_ elements: UnsafeMutableBufferPointer<Float>, uniformWithVariance variance: Double, _ stream: inout RandomStream) {
        let limit = Float((3 * variance).squareRoot())
        stream.fill(elements, uniformIn: -limit, limit)
    }

    private func fill(_ elements: UnsafeMutableBufferPointer<Float>, cutNormalWithVariance variance: Double, _ stream: inout RandomStream) {
        stream.fill(
            elements, truncatedNormalWithMean: 0, standardDeviation: variance.squareRoot() / Self.deviationOfCutNormal)
    }
}
