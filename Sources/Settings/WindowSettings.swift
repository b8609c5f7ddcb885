import Documents

/// Windows of a time series: rows that follow each other are one example, a value behind them is its target.
public struct WindowSettings: Hashable, Sendable, Codable {
    /// How many rows an example sees.
    public var length: Int
    /// How many rows behind the last of them the target stands: 1 is the next row.
    public var horizon: Int
    /// How many rows a window begins behind the one before.
    public var step: Int

    /// Windows; unless said otherwise one begins at every row, and the next row is predicted.
    public init(length: Int, horizon: Int = 1, step: Int = 1) {
        self.length = length
        self.horizon = horizon
        self.step = step
    }

    /// What lengths and distances may be.
    static let size = Bounds.atLeast(1, upTo: 1_000_000)
}
