/// A trained tensor with its name, as `weights.safetensors` keeps it.
public struct NamedTensor: Hashable, Sendable {
    /// The parameter's path, such as `layers.0.kernel`.
    public var name: String
    /// The length of each axis.
    public var shape: [Int]
    /// The values, row-major.
    public var values: [Float]

    /// A tensor whose `values` fill `shape`; writing one for which that fails is refused.
    public init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}
