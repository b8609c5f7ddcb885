import Documents

/// Rows and columns of zeros around images.
public struct ZeroPadding2DSettings: LayerKind {
    /// Rows above and below.
    public var rows: [Int]
    /// Columns to the left and to the right.
    public var columns: [Int]

    /// The defaults are those of Keras.
    public init(rows: [Int] = [1, 1], columns: [Int] = [1, 1]) { (self.rows, self.columns) = (rows, columns) }
}

extension ZeroPadding2DSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }
    /// A copy is.
    public var isLinear: Bool { true }

    /// `zero_padding2d`.
    public static var key: String { "zero_padding2d" }

    private static let usual = ZeroPadding2DSettings()

    /// `zero_padding2d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        Record<ZeroPadding2DSettings>(
            key,
            Field(
                "padding", { $0 }, padding, default: usual, misnomers: ["size"],
                doc: "How many zeros: 1 on each side, [rows, columns], or [[above, below], [left, right]]."),
            build: { $0 }),
        doc: "Rows and columns of zeros around images.")

    private static let count = Schema<Int>.integer(.atLeast(0, upTo: 10_000))

    private static let padding = Schema<ZeroPadding2DSettings>.either(
        count.mapped(to: { ZeroPadding2DSettings(rows: [$0, $0], columns: [$0, $0]) }, from: { $0.rows[0] }),
        Schema<[[Int]]>.list(
            of: .either(
                count.mapped(to: { [$0, $0] }, from: { $0[0] }), .list(of: count, atLeast: 2, upTo: 2), writing: { $0[0] == $0[1] ? 0 : 1 }),
            atLeast: 2, upTo: 2
        ).mapped(to: { ZeroPadding2DSettings(rows: $0[0], columns: $0[1]) }, from: { [$0.rows, $0.columns] }),
        writing: { Set($0.rows + $0.columns).count == 1 ? 0 : 1 })
}
