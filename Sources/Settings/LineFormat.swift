import Documents

/// How lines of plain text carry their labels.
public struct LineFormat: Hashable, Sendable {
    /// At which end of a line its label stands.
    public enum End: String, Hashable, Sendable, CaseIterable {
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

// MARK: - In the file

extension LineFormat {
    static let labelField = Field<LineFormat, End>(
        "label", \.label,
        .enumeration(
            "end of a line", Choosable("first", .first, doc: "Before the text."), Choosable("last", .last, doc: "Behind the text.")),
        unlessWritten: LineFormat().label, doc: "At which end of a line its label stands")

    static let separatorField = Field<LineFormat, String?>(
        optional: "separator", \.separator, .text("text"), misnomers: ["delimiter", "sep"],
        doc: "What stands between label and text; when it is missing, a tab where most lines have one, else a space.")
}
