/// A number with its name, such as `val_accuracy`. Names keep the order in which the worker gave them.
public struct Figure: Sendable, Hashable, Codable {
    /// Keras's name of the figure.
    public let name: String
    /// Its value; not a number where it is not defined. When training diverged, none is a number, the loss neither.
    public let value: Double

    /// A named value.
    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}
