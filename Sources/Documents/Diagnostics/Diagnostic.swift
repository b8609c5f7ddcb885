/// One finding about a file: where, what was found, what to do.
public struct Diagnostic: Error, Hashable, Sendable {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// Nothing is started.
        case error
        /// Worth knowing.
        case warning
    }

    /// The file as the user named it, or what the text is, such as `-S`.
    public var file: String
    /// The line, counted from 1; `nil`: the file as a whole.
    public var line: Int?
    /// The columns on that line, in characters, counted from 1; `nil`: the line as a whole, no caret.
    public var columns: Range<Int>?
    /// The line's text, shown above the caret.
    public var sourceLine: String?
    /// How bad it is.
    public var severity: Severity
    /// What was found, and what was expected.
    public var message: String
    /// What to do, shown behind the caret: `did you mean "relu"?`.
    public var help: String?

    /// A finding about a file, a line of it, or some columns of a line.
    public init(
        file: String, line: Int? = nil, columns: Range<Int>? = nil, sourceLine: String? = nil, severity: Severity = .error,
        message: String, help: String? = nil
    ) {
        self.file = file
        self.line = line
        self.columns = columns
        self.sourceLine = sourceLine
        self.severity = severity
        self.message = message
        self.help = help
    }

    /// The longest line that is shown, in bytes. Of longer ones there may be thousands of findings, and none would be found by its line.
    public static let longestLine = 4096

    /// A finding at a place. A line that is too long to be shown is left out, and its column counted in scalars.
    public init(_ message: String, at place: Place, severity: Severity = .error, help: String? = nil) {
        guard place.source.line(place.line).utf8.count <= Self.longestLine else {
            let column = place.start.scalars + 1
            self.init(
                file: place.source.name, line: place.line, columns: column..<column + 1, severity: severity, message: message, help: help)
            return
        }
        self.init(
            file: place.source.name, line: place.line, columns: place.column..<place.endColumn,
            sourceLine: String(place.source.line(place.line)), severity: severity, message: message, help: help)
    }
}

/// All findings about a file at once.
public struct Diagnostics: Error, Sendable, Hashable {
    /// The findings, in the order they were made.
    public var all: [Diagnostic]

    /// Findings.
    public init(_ all: [Diagnostic] = []) {
        self.all = all
    }

    /// One finding.
    public init(_ one: Diagnostic) {
        self.all = [one]
    }

    /// How many of them are errors.
    public var errorCount: Int { all.count { $0.severity == .error } }

    /// The findings file by file in the order of their first one, each file's by line and column, none twice.
    public var sorted: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        var files: [String: Int] = [:]
        for diagnostic in all where files[diagnostic.file] == nil { files[diagnostic.file] = files.count }
        let unique = all.filter { seen.insert($0).inserted }
        return unique.enumerated().sorted { one, other in
            let (a, b) = (one.element, other.element)
            let left = (files[a.file] ?? 0, a.line ?? 0, a.columns?.lowerBound ?? 0, one.offset)
            let right = (files[b.file] ?? 0, b.line ?? 0, b.columns?.lowerBound ?? 0, other.offset)
            return left < right
        }.map(\.element)
    }
}
