import RandomNumbers
import TensorEngine

/// The first values of a parameter, drawn from a stream of its own.
///
/// `inputs` and `units` are the first and the last size of a kernel `[inputs, units]`; for a bias both are its size.
/// Sources: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010); He et al.,
/// *Delving deep into rectifiers* (2015). Normal forms are cut at two standard deviations and widened to keep the variance, as in Keras.
public enum Initializer: Sendable, Hashable {
    /// Zeros.
    case zeros
    /// All the same number.
    case constant(Float)
    /// Uniform between two bounds.
    case uniform(low: Float, high: Float)
    /// Normal, not cut.
    case normal(mean: Double, standardDeviation: Double)
    /// Uniform within ±√(6 / (inputs + units)).
    case glorotUniform
    /// Normal with variance 2 / (inputs + units), cut.
    case glorotNormal
    /// Uniform within ±√(6 / inputs).
    case heUniform
    /// Normal with variance 2 / inputs, cut.
    case heNormal
    /// Uniform within ±√(3 / inputs).
    case lecunUniform
    /// Normal with variance 1 / inputs, cut.
    case lecunNormal
    /// Normal with variance `gain` / inputs, not cut: √(1/n) for tanh and √(2/n) for relu, in study notes.
    case fanInNormal(gain: Double)

    /// The standard deviation of a standard normal cut at ±2.
    private static let deviationOfCutNormal = 0.879_625_661_034_239_78

    /// Writes the first values of a parameter of `shape`.
    public func fill(_ elements: UnsafeMutableBufferPointer<Float>, shape: Shape, from stream: RandomStream) {
        var stream = stream
        let inputs = Double(shape.dimensions.first ?? 1)
        let units = Double(shape.dimensions.last ?? 1)
        switch self {
        case .zeros: elements.update(repeating: 0)
        case .constant(let value): elements.update(repeating: value)
        case .uniform(let low, let high): stream.fill(elements, uniformIn: low, high)
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

    private func fill(_ elements: UnsafeMutableBufferPointer<Float>, uniformWithVariance variance: Double, _ stream: inout RandomStream) {
        let limit = Float((3 * variance).squareRoot())
        stream.fill(elements, uniformIn: -limit, limit)
    }

    private func fill(_ elements: UnsafeMutableBufferPointer<Float>, cutNormalWithVariance variance: Double, _ stream: inout RandomStream) {
        stream.fill(
            elements, truncatedNormalWithMean: 0, standardDeviation: variance.squareRoot() / Self.deviationOfCutNormal)
    }
}
