import TensorEngine

/// The numbers of a value, in Double.
public struct Tensor: Sendable {
    /// Sizes.
    public let shape: Shape
    /// Row-major elements.
    public var elements: [Double]

    /// Numbers under a shape of as many.
    public init(_ shape: Shape, _ elements: [Double]) {
        self.shape = shape
        self.elements = elements
    }

    /// The element that stands under the place `index` of a result of shape `result`: its own, or one that is repeated.
    func element(under index: Int, of result: Shape) -> Double {
        if shape == result { return elements[index] }
        if elements.count == 1 { return elements[0] }
        if shape.dimensions == [result.columns] { return elements[index % result.columns] }
        return elements[index / result.columns]
    }

    /// The elements row by row.
    var rows: [[Double]] {
        (0..<shape.rows).map { Array(elements[$0 * shape.columns..<($0 + 1) * shape.columns]) }
    }
}

/// ||a - b|| / (||a|| + ||b||) in L2 norms, 0 when both are zero: how far apart two gradients are.
public func relativeError(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    let difference = norm(zip(a, b).map { $0 - $1 })
    let size = norm(a) + norm(b)
    return difference == 0 ? 0 : difference / size
}

/// The L2 norm.
public func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
