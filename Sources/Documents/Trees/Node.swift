/// A value in a YAML document, and where it stands.
public struct Node: Sendable {
    /// The value.
    public var content: Content
    /// Where it stands; through merging it stays the place where the value was written.
    public var place: Place

    /// The three kinds of YAML values.
    public enum Content: Sendable {
        /// Text, a number, true or false, or nothing.
        case scalar(Scalar)
        /// A list.
        case list([Node])
        /// Keys and values, in the order of the file.
        case map([Entry])
    }

    /// One key of a map and its value.
    public struct Entry: Sendable {
        /// The key.
        public var key: String
        /// Where the key stands.
        public var keyPlace: Place
        /// The value.
        public var value: Node

        /// A key and its value.
        public init(key: String, keyPlace: Place, value: Node) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// A value at a place.
    public init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

/// A scalar as written.
public struct Scalar: Hashable, Sendable {
    /// The text, without quotes.
    public var text: String
    /// Whether it stood in quotes or in a block; then it is always text.
    public var isQuoted: Bool

    /// A scalar as written.
    public init(text: String, isQuoted: Bool = false) {
        self.text = text
        self.isQuoted = isQuoted
    }
}
