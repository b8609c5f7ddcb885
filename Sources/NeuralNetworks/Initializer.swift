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
        case .orthogonal: fillOrthogonal(elements, columns: shape.columns, &stream)
        }
    }

    /// How many numbers a unit sees and how many units see a number, as Keras counts them.
    package static func fans(of shape: Shape) -> (inputs: Double, units: Double) {
        let sizes = shape.dimensions.map(Double.init)
        guard sizes.count > 1 else { return (sizes.first ?? 1, sizes.first ?? 1) }
        let window = sizes.dropLast(2).reduce(1, *)
        return (sizes[sizes.count - 2] * window, sizes[sizes.count - 1] * window)
    }

    /// Q of the QR decomposition of a matrix of standard normal numbers that is at least as high as wide, its columns signed so that R's diagonal is
    /// positive, which makes Q uniform; turned where the result is wider than high. Source: Mezzadri, *How to generate random matrices from the
    /// classical compact groups* (2007), as in Keras.
    private func fillOrthogonal(_ elements: UnsafeMutableBufferPointer<Float>, columns: Int, _ stream: inout RandomStream) {
        stream.fill(elements, normalWithMean: 0, standardDeviation: 1)
        let rows = elements.count / max(columns, 1)
        let (height, width) = (max(rows, columns), min(rows, columns))
        // Column by column: by Gram and Schmidt, twice, R's diagonal comes out positive.
        var q = (0..<width).map { column in (0..<height).map { Double(elements[$0 * width + column]) } }
        for column in 0..<width {
            for _ in 0..<2 {
                for other in 0..<column {
                    let share = zip(q[other], q[column]).reduce(0) { $0 + $1.0 * $1.1 }
                    for row in 0..<height { q[column][row] -= share * q[other][row] }
                }
            }
            let length = q[column].reduce(0) { $0 + $1 * $1 }.squareRoot()
            for row in 0..<height { q[column][row] /= length }
        }
        for row in 0..<rows {
            for column in 0..<columns { elements[row * columns + column] = Float(rows >= columns ? q[column][row] : q[row][column]) }
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
