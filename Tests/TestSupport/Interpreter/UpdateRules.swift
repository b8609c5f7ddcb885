import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An update rule in Double, element by element, with what it carries from step to step: for checking the rules of the engine.
public struct PlainUpdate {
    /// An update rule that this does not know.
    public struct UnknownRule: Error {
        /// The rule's type.
        public let type: String
    }

    private let rule: any UpdateRule
    private let learningRate: Double
    private var first: [Double]
    private var second: [Double]
    private var third: [Double]
    private var step = 0

    /// A rule for a parameter of `count` elements.
    public init(_ rule: any UpdateRule, learningRate: Double, count: Int) {
        self.rule = rule
        self.learningRate = learningRate
        first = [Double](repeating: Double(rule.initialSlotValue), count: count)
        second = first
        third = first
    }

    /// One step.
    public mutating func apply(to w: inout [Double], gradient g: [Double]) throws {
        step += 1
        for i in w.indices {
            switch rule {
            case let rule as GradientDescent: w[i] += descent(rule, i, g[i])
            case let rule as RMSprop: w[i] += rmsprop(rule, i, g[i])
            case let rule as Adam: w[i] += adam(rule, i, g[i]) - learningRate * Double(rule.weightDecay) * w[i]
            case let rule as Adagrad: w[i] += adagrad(rule, i, g[i])
            case is Assignment: w[i] = g[i]
            case let rule as MovingAverage: w[i] = Double(rule.momentum) * w[i] + (1 - Double(rule.momentum)) * g[i]
            default: throw UnknownRule(type: String(describing: type(of: rule)))
            }
        }
    }

    private mutating func descent(_ rule: GradientDescent, _ i: Int, _ g: Double) -> Double {
        let momentum = Double(rule.momentum)
        first[i] = momentum * first[i] - learningRate * g
        return rule.nesterov ? momentum * first[i] - learningRate * g : first[i]
    }

    private mutating func rmsprop(_ rule: RMSprop, _ i: Int, _ g: Double) -> Double {
        let (rho, epsilon, momentum) = (Double(rule.rho), Double(rule.epsilon), Double(rule.momentum))
        first[i] = rho * first[i] + (1 - rho) * g * g
        second[i] = rho * second[i] + (1 - rho) * g
        let variance = rule.centered ? first[i] - second[i] * second[i] : first[i]
        third[i] = momentum * third[i] + learningRate * g / (variance + epsilon).squareRoot()
        return -third[i]
    }

    private mutating func adam(_ rule: Adam, _ i: Int, _ g: Double) -> Double {
        let (beta1, beta2, epsilon) = (Double(rule.beta1), Double(rule.beta2), Double(rule.epsilon))
        first[i] = beta1 * first[i] + (1 - beta1) * g
        second[i] = beta2 * second[i] + (1 - beta2) * g * g
        let alpha = learningRate * (1 - pow(beta2, Double(step))).squareRoot() / (1 - pow(beta1, Double(step)))
        return -alpha * first[i] / (second[i].squareRoot() + epsilon)
    }

    private mutating func adagrad(_ rule: Adagrad, _ i: Int, _ g: Double) -> Double {
        first[i] += g * g
        return -learningRate * g / (first[i] + Double(rule.epsilon)).squareRoot()
    }
}
