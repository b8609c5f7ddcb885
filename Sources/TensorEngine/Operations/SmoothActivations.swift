/// x for x > 0, else c x. Gradient: g, or c g.
package struct LeakyRelu: ElementwiseOperation {
    package let slope: Float
    package var name: String { "leaky relu" }
    var constant: Float { slope }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(LeakyReluGradient(slope: slope), [upstream, inputs[0]])]
    }

    @inline(__always)
    private static func value(_ x: Vector, _ slope: Float) -> Vector {
        larger(x, than: Vector(repeating: 0)) + Vector(repeating: slope) * smaller(x, than: Vector(repeating: 0))
    }

    var function: ElementwiseFunction { { result, a, _, count, slope in forEachVector(result, a, count) { Self.value($0, slope) } } }
}

/// g for x > 0, else c g: the gradient of ``LeakyRelu``.
package struct LeakyReluGradient: ElementwiseOperation {
    package let slope: Float
    package init(slope: Float) { self.slope = slope }
    package var name: String { "leaky relu gradient" }
    var constant: Float { slope }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(LeakyReluGradient(slope: slope), [upstream, inputs[1]]), nil]
    }

    @inline(__always)
    private static func value(_ g: Vector, _ x: Vector, _ slope: Float) -> Vector {
        multiplyAdd(Vector(repeating: 1 - slope), wherePositive(x, g), Vector(repeating: slope) * g)
    }

    var function: ElementwiseFunction { { result, g, x, count, slope in forEachVector(result, g, x, count) { Self.value($0, $1, slope) } } }
}

/// x for x > 0, else α (e^x - 1). Gradient: g, or g (y + α) for the result y.
///
/// Source: Clevert et al., *Fast and accurate deep network learning by exponential linear units* (2015).
package struct Elu: ElementwiseOperation {
    package let alpha: Float
    package var name: String { "elu" }
    var constant: Float { alpha }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(EluGradient(alpha: alpha), [upstream, output])]
    }

    @inline(__always)
    private static func value(_ x: Vector, _ alpha: Float) -> Vector {
        let (zero, one) = (Vector(repeating: 0), Vector(repeating: 1))
        return larger(x, than: zero) + Vector(repeating: alpha) * (exponential(smaller(x, than: zero)) - one)
    }

    var function: ElementwiseFunction { { result, a, _, count, alpha in forEachVector(result, a, count) { Self.value($0, alpha) } } }
}

/// g where y > 0, else g (y + α): the gradient of ``Elu``, from its result y.
package struct EluGradient: ElementwiseOperation {
    package let alpha: Float
    package init(alpha: Float) { self.alpha = alpha }
    package var name: String { "elu gradient" }
    var constant: Float { alpha }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        // Below 0 the slope is y + α, whose own slope by y is 1.
        let below = try graph.less(inputs[1], graph.constant(0))
        return [
            try graph.add(EluGradient(alpha: alpha), [upstream, inputs[1]]),
            try graph.multiply(graph.multiply(upstream, inputs[0]), below),
        ]
    }

    @inline(__always)
    private static func value(_ g: Vector, _ y: Vector, _ alpha: Float) -> Vector {
        let one = Vector(repeating: 1)
        return g * (wherePositive(-y, y + Vector(repeating: alpha) - one) + one)
    }

    var function: ElementwiseFunction { { result, g, y, count, alpha in forEachVector(result, g, y, count) { Self.value($0, $1, alpha) } } }
}

/// ln(1 + e^x). Gradient: g / (1 + e^-x).
package struct Softplus: ElementwiseOperation {
    package var name: String { "softplus" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.multiply(upstream, graph.sigmoid(inputs[0]))]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { softplusOf($0) } } }
}

/// The share of a standard normal distribution below x: (1 + erf(x / √2)) / 2. Gradient: g e^(-x²/2) / √(2π).
package struct NormalShare: ElementwiseOperation {
    package init() {}
    package var name: String { "normal share" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let density = try graph.scale(graph.exponential(graph.scale(graph.square(inputs[0]), by: -0.5)), by: 0.398_942_28)
        return [try graph.multiply(upstream, density)]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { normalShare($0) } } }
}

extension Graph {
    /// 1 where a < b, else 0; no gradient flows through it.
    mutating func less(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(Less(), [a, b]) }

    /// x for x > 0, else slope x.
    public mutating func leakyRelu(_ x: Value, slope: Float) throws(ShapeError) -> Value { try add(LeakyRelu(slope: slope), [x]) }

    /// x for x > 0, else alpha (e^x - 1).
    public mutating func elu(_ x: Value, alpha: Float = 1) throws(ShapeError) -> Value { try add(Elu(alpha: alpha), [x]) }

    /// 1.0507 x for x > 0, else 1.0507 · 1.6733 (e^x - 1). Source: Klambauer et al., *Self-normalizing neural networks* (2017).
    public mutating func selu(_ x: Value) throws(ShapeError) -> Value { try scale(elu(x, alpha: 1.673_263_2), by: 1.050_701) }

    /// ln(1 + e^x).
    public mutating func softplus(_ x: Value) throws(ShapeError) -> Value { try add(Softplus(), [x]) }

    /// x / (1 + e^-x). Source: Elfwing et al., *Sigmoid-weighted linear units* (2017).
    public mutating func silu(_ x: Value) throws(ShapeError) -> Value { try multiply(x, sigmoid(x)) }

    /// x Φ(x), Φ the standard normal distribution, not approximated. Source: Hendrycks and Gimpel, *Gaussian error linear units* (2016).
    public mutating func gelu(_ x: Value) throws(ShapeError) -> Value { try multiply(x, add(NormalShare(), [x])) }
}
