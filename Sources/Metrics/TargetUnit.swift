/// How the numbers of a target were scaled for training: what is needed to tell them in the target's own unit.
public struct TargetUnit: Hashable, Sendable, Codable {
    /// What was subtracted.
    public var shift: Double
    /// By what was divided.
    public var divisor: Double
    /// The logarithm that was taken before; nil: none.
    public var logarithm: Logarithm?

    /// `scaled = (x − shift) / divisor`, of x or of its logarithm.
    public init(shift: Double = 0, divisor: Double = 1, logarithm: Logarithm? = nil) {
        self.shift = shift
        self.divisor = divisor
        self.logarithm = logarithm
    }

    /// Training units as they are.
    public static let training = TargetUnit()

    /// A number in the target's own unit.
    public func original(_ scaled: Double) -> Double {
        let value = scaled * divisor + shift
        return logarithm?.inverse(value) ?? value
    }

    /// How far a value lies above a target in the target's own unit, both given as they were scaled.
    func error(_ value: Double, _ target: Double) -> Double {
        logarithm == nil ? (value - target) * divisor : original(value) - original(target)
    }
}
