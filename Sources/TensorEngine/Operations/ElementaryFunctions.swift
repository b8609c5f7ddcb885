import CVector

/// x². Gradient: 2 x g.
package struct Square: ElementwiseOperation {
    package var name: String { "square" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.scale(graph.multiply(upstream, inputs[0]), by: 2)]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { $0 * $0 } } }
}

/// |x|. Gradient: g sign(x), with sign(0) = 0.
package struct Absolute: ElementwiseOperation {
    package var name: String { "absolute value" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.multiply(upstream, graph.add(Sign(), [inputs[0]]))]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { cvector_abs($0) } } }
}

/// 1 for positive, -1 for negative numbers, 0 for 0. No gradient flows through it.
package struct Sign: ElementwiseOperation {
    package init() {}
    package var name: String { "sign" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    @inline(__always)
    private static func value(_ x: Vector) -> Vector {
        let zero = Vector(repeating: 0)
        return zero.replacing(with: Vector(repeating: 1), where: x .> zero).replacing(with: Vector(repeating: -1), where: x .< zero)
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { Self.value($0) } } }
}

/// e^x, for |x| up to 87. Gradient: g e^x.
package struct Exponential: ElementwiseOperation {
    package var name: String { "exponential" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.multiply(upstream, output)]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { exponential($0) } } }
}

/// The natural logarithm. Gradient: g / x.
package struct Logarithm: ElementwiseOperation {
    package var name: String { "logarithm" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.divide(upstream, inputs[0])]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { logarithm($0) } } }
}

/// √x. Gradient: g / (2 √x).
package struct SquareRoot: ElementwiseOperation {
    package var name: String { "square root" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.scale(graph.divide(upstream, output), by: 0.5)]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { cvector_sqrt($0) } } }
}

/// x held within ± limit. Gradient: g inside, 0 outside.
package struct ClipMagnitude: ElementwiseOperation {
    package let limit: Float
    package var name: String { "clip magnitude" }
    var constant: Float { limit }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let inside = try graph.less(graph.absolute(inputs[0]), graph.constant(limit))
        return [try graph.multiply(upstream, inside)]
    }

    var function: ElementwiseFunction {
        { result, a, _, count, limit in
            forEachVector(result, a, count) { smaller(larger($0, than: Vector(repeating: -limit)), than: Vector(repeating: limit)) }
        }
    }
}

/// d² / 2 for |d| <= δ, else δ |d| - δ² / 2. Gradient: g d, held within ± δ g.
package struct Huber: ElementwiseOperation {
    package let delta: Float
    package var name: String { "huber" }
    var constant: Float { delta }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.multiply(upstream, graph.clipMagnitude(inputs[0], limit: delta))]
    }

    /// With m = min(|d|, δ) both branches are m |d| - m² / 2.
    @inline(__always)
    private static func value(_ d: Vector, _ delta: Float) -> Vector {
        let m = smaller(cvector_abs(d), than: Vector(repeating: delta))
        return m * cvector_abs(d) - Vector(repeating: 0.5) * m * m
    }

    var function: ElementwiseFunction { { result, a, _, count, delta in forEachVector(result, a, count) { Self.value($0, delta) } } }
}

/// x held within [low, 1 - low]. Gradient: g inside the interval, 0 outside.
package struct ClipProbability: ElementwiseOperation {
    package let low: Float
    package var name: String { "clip" }
    var constant: Float { low }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(ClipProbabilityGradient(low: low), [upstream, inputs[0]])]
    }

    var function: ElementwiseFunction {
        { result, a, _, count, low in
            forEachVector(result, a, count) { smaller(larger($0, than: Vector(repeating: low)), than: Vector(repeating: 1 - low)) }
        }
    }
}

/// g where low <= x <= 1 - low, else 0: the gradient of ``ClipProbability``.
package struct ClipProbabilityGradient: ElementwiseOperation {
    package let low: Float
    package init(low: Float) { self.low = low }
    package var name: String { "clip gradient" }
    var constant: Float { low }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(ClipProbabilityGradient(low: low), [upstream, inputs[1]]), nil]
    }

    @inline(__always)
    private static func value(_ g: Vector, _ x: Vector, _ low: Float) -> Vector {
        g.replacing(with: Vector(repeating: 0), where: (x .< Vector(repeating: low)) .| (x .> Vector(repeating: 1 - low)))
    }

    var function: ElementwiseFunction { { result, g, x, count, low in forEachVector(result, g, x, count) { Self.value($0, $1, low) } } }
}

extension Graph {
    /// x², element by element.
    public mutating func square(_ x: Value) throws(ShapeError) -> Value { try add(Square(), [x]) }

    /// |x|, element by element.
    public mutating func absolute(_ x: Value) throws(ShapeError) -> Value { try add(Absolute(), [x]) }

    /// e^x, element by element, for |x| up to 87.
    public mutating func exponential(_ x: Value) throws(ShapeError) -> Value { try add(Exponential(), [x]) }

    /// The natural logarithm, element by element.
    public mutating func logarithm(_ x: Value) throws(ShapeError) -> Value { try add(Logarithm(), [x]) }

    /// √x, element by element.
    public mutating func squareRoot(_ x: Value) throws(ShapeError) -> Value { try add(SquareRoot(), [x]) }

    /// x held within ± limit.
    public mutating func clipMagnitude(_ x: Value, limit: Float) throws(ShapeError) -> Value { try add(ClipMagnitude(limit: limit), [x]) }

    /// d² / 2 for |d| <= delta, else delta |d| - delta² / 2.
    public mutating func huber(_ d: Value, delta: Float) throws(ShapeError) -> Value { try add(Huber(delta: delta), [d]) }

    /// x held within [low, 1 - low].
    public mutating func clipProbability(_ x: Value, low: Float) throws(ShapeError) -> Value { try add(ClipProbability(low: low), [x]) }
}
