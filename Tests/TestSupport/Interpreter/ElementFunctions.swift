import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Interpreter {
    /// What an operation of one operand does to an element.
    func unary(_ operation: any Operation) -> ((Double) -> Double)? {
        switch operation {
        case is Relu: { $0 > 0 ? $0 : ($0.isNaN ? $0 : 0) }
        case is Step: { $0 > 0 ? 1 : 0 }
        case is Sigmoid: { 1 / (1 + exp(-$0)) }
        case is Tanh: { tanh($0) }
        case is Square: { $0 * $0 }
        case is Absolute: { abs($0) }
        case is Sign: { $0 > 0 ? 1 : ($0 < 0 ? -1 : 0) }
        case is Exponential: { exp($0) }
        case is Logarithm: { log($0) }
        case let scale as Scale: { $0 * Double(scale.factor) }
        case is SquareRoot: { $0.squareRoot() }
        case is Softplus: { max($0, 0) + log1p(exp(-abs($0))) }
        case is NormalShare: { erfc(-$0 / 2.0.squareRoot()) / 2 }
        case let leaky as LeakyRelu: { $0 > 0 ? $0 : Double(leaky.slope) * $0 }
        case let elu as Elu: { $0 > 0 ? $0 : Double(elu.alpha) * expm1($0) }
        case let clip as ClipMagnitude: { min(max($0, -Double(clip.limit)), Double(clip.limit)) }
        case let huber as Huber:
            { abs($0) <= Double(huber.delta) ? $0 * $0 / 2 : Double(huber.delta) * (abs($0) - Double(huber.delta) / 2) }
        case let clip as ClipProbability: { min(max($0, Double(clip.low)), Double(1 - clip.low)) }
        default: nil
        }
    }

    /// What an operation of two operands does to a pair of elements.
    func binary(_ operation: any Operation) -> ((Double, Double) -> Double)? {
        switch operation {
        case is Add: { $0 + $1 }
        case is Subtract: { $0 - $1 }
        case is Multiply: { $0 * $1 }
        case is Divide: { $0 / $1 }
        case is Maximum: { max($0, $1) }
        case is Less: { $0 < $1 ? 1 : 0 }
        case is ReluGradient: { upstream, y in y > 0 ? upstream : 0 }
        case is SigmoidGradient: { upstream, y in upstream * y * (1 - y) }
        case is TanhGradient: { upstream, y in upstream * (1 - y * y) }
        case let leaky as LeakyReluGradient: { upstream, x in x > 0 ? upstream : Double(leaky.slope) * upstream }
        case let elu as EluGradient: { upstream, y in y >= 0 ? upstream : upstream * (y + Double(elu.alpha)) }
        case let clip as ClipProbabilityGradient:
            { upstream, x in x >= Double(clip.low) && x <= Double(1 - clip.low) ? upstream : 0 }
        case is SigmoidCrossEntropy: { z, y in max(z, 0) + log1p(exp(-abs(z))) - z * y }
        default: nil
        }
    }

    /// How near any element of the graph comes to a place where its operation has no derivative.
    public func distanceToKink(of graph: Graph, _ values: [Tensor]) -> Double {
        var nearest = Double.infinity
        for node in graph.nodes {
            let x = node.inputs.map { values[$0.index] }
            switch node.operation {
            case is Relu, is Step, is LeakyRelu, is Elu, is Absolute, is Sign:
                for element in x[0].elements { nearest = min(nearest, abs(element)) }
            case is Maximum, is Less:
                let shape = node.output.shape
                for place in 0..<shape.count {
                    nearest = min(nearest, abs(x[0].element(under: place, of: shape) - x[1].element(under: place, of: shape)))
                }
            case let clip as ClipMagnitude:
                for element in x[0].elements { nearest = min(nearest, abs(abs(element) - Double(clip.limit))) }
            case let clip as ClipProbability:
                for element in x[0].elements {
                    nearest = min(nearest, abs(element - Double(clip.low)), abs(element - Double(1 - clip.low)))
                }
            case let pooling as MaxPooling2D: nearest = min(nearest, distanceOfLargest(x[0], pooling.window))
            default: break
            }
        }
        return nearest
    }
}
