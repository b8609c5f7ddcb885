import Documents

/// Why figures of the notes do not agree with ours, and where that is shown.
public struct DisagreementSettings: Hashable, Sendable {
    /// The reason in words.
    public var because: String
    /// The experiment in which the same figures are to agree; `nil`: none shows it.
    public var shownBy: String?

    /// A reason, and the experiment that shows it.
    public init(because: String, shownBy: String? = nil) {
        self.because = because
        self.shownBy = shownBy
    }
}

// MARK: - In the file

extension DisagreementSettings {
    package static let schema = Record<DisagreementSettings>(
        "disagreements",
        Field("because", \.because, .text(), misnomers: ["reason"], doc: "The reason in words, without a capital or a full stop."),
        Field(
            optional: "shown_by", \.shownBy, .text("name of an experiment"), misnomers: ["experiment"],
            doc: "The experiment whose references print the same figures: ablate index looks up which of them agree there."),
        build: DisagreementSettings.init
    ).schema
}
