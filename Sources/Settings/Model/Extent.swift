import Documents

/// Two sizes: rows and columns of a window, or its steps down and to the right.
public struct Extent: Hashable, Sendable {
    /// Down.
    public var rows: Int
    /// To the right.
    public var columns: Int

    /// So many rows and columns.
    public init(_ rows: Int, _ columns: Int) { (self.rows, self.columns) = (rows, columns) }

    /// Rows, then columns.
    public var sizes: [Int] { [rows, columns] }
}

/// Whether images are padded before a window moves over them.
public enum Padding: Hashable, Sendable {
    /// The window stays inside.
    case valid
    /// With steps of 1 as many rows and columns come out as go in.
    case same
}

// MARK: - In the file

extension Extent {
    static let size = Bounds.atLeast(1, upTo: 10_000)

    static let schema = Schema<Extent>.either(
        Schema<Int>.integer(size).mapped(to: { Extent($0, $0) }, from: \.rows),
        Schema<[Int]>.list(of: .integer(size), atLeast: 2, upTo: 2).mapped(to: { Extent($0[0], $0[1]) }, from: \.sizes),
        writing: { $0.rows == $0.columns ? 0 : 1 })
}

extension Padding {
    static let schema = Schema<Padding>.enumeration(
        "padding", Choosable("valid", .valid, doc: "The window stays inside."),
        Choosable("same", .same, doc: "With steps of 1 as many rows and columns come out as go in."))
}
