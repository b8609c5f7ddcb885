/// How lines of plain text carry their labels.
public struct LineFormat: Sendable, Hashable {
    /// At which end of a line its label stands.
    public enum End: String, Sendable, Hashable, CaseIterable {
        /// `ham<TAB>How are you?`
        case first
        /// `How are you?<TAB>ham`
        case last
    }

    /// At which end of a line its label stands.
    public var label: End
    /// What stands between label and text; nil: a tab where most lines have one, else spaces or tabs.
    public var separator: String?

    /// Lines that begin with their labels, unless said otherwise.
    public init(label: End = .first, separator: String? = nil) {
        self.label = label
        self.separator = separator
    }
}
