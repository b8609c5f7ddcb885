/// A tensor of a store as it stands between two steps, to the bit.
public struct StoredTensor: Sendable, Hashable {
    /// Its path in the store.
    public let path: String
    /// Its sizes.
    public let shape: Shape
    /// The bits of its elements, numbers or counters.
    public let words: [UInt32]

    /// A tensor whose words fill its shape.
    public init(path: String, shape: Shape, words: [UInt32]) {
        self.path = path
        self.shape = shape
        self.words = words
    }

    /// A tensor of numbers.
    public init(path: String, shape: Shape, values: [Float]) { self.init(path: path, shape: shape, words: values.map(\.bitPattern)) }

    /// Its elements as numbers.
    public var values: [Float] { words.map(Float.init(bitPattern:)) }
}

/// Where a tensor of a store lies, four bytes an element.
public struct TensorPlace {
    /// Its path in the store.
    public let path: String
    /// Its sizes.
    public let shape: Shape
    /// Its elements, numbers or counters.
    public let bytes: UnsafeMutableRawBufferPointer
}
