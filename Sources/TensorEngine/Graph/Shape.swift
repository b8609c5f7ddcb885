/// The sizes of a value along each of its axes; `[]` is a scalar. Values are stored in row-major order.
public struct Shape: Hashable, Sendable, Codable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The size along each axis, outermost first.
    public let dimensions: [Int]

    /// A shape with the given sizes.
    public init(_ dimensions: [Int]) { self.dimensions = dimensions }

    /// A shape written as a literal, such as `[128, 64]`.
    public init(arrayLiteral elements: Int...) { dimensions = elements }

    /// The number of elements: the product of all sizes, 1 for a scalar.
    public var count: Int { dimensions.reduce(1, *) }

    /// The same as a floating-point number, which cannot overflow.
    public var size: Double { dimensions.reduce(1.0) { $0 * Double($1) } }

    /// The number of axes.
    public var rank: Int { dimensions.count }

    /// The size along the innermost axis, 1 for a scalar.
    public var columns: Int { dimensions.last ?? 1 }

    /// The number of rows when all axes but the innermost are folded into one, 1 for a scalar.
    public var rows: Int { dimensions.dropLast().reduce(1, *) }

    /// The shape of one element a row, `[…, 1]`.
    var column: Shape { Shape(Array(dimensions.dropLast()) + [1]) }

    /// The sizes in brackets, such as `[128, 64]`.
    public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }
}

/// Shapes that do not fit an operation: which operation, what it was given, and what it expects.
public struct ShapeError: Error, Hashable, CustomStringConvertible {
    /// The operation that was asked for.
    public let operation: String
    /// The shapes that it was given.
    public let shapes: [Shape]
    /// What it expects of them.
    public let expected: String

    /// An error of an operation that was given shapes it cannot take.
    public init(operation: String, shapes: [Shape], expected: String) {
        self.operation = operation
        self.shapes = shapes
        self.expected = expected
    }

    /// One sentence: the operation, the shapes, and what was expected.
    public var description: String {
        "\(operation) of \(shapes.map(\.description).joined(separator: " and ")): expected \(expected)"
    }
}
