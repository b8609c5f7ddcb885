/// A stretch of a source.
public struct Place: Hashable, Sendable {
    /// The text.
    public let source: Source
    /// Where it starts.
    public let start: Mark
    /// Where it ends, exclusive.
    public let end: Mark

    /// A point in a source. Lines count from 1; scalars are Unicode scalars before it on its line, as libyaml counts.
    public struct Mark: Hashable, Sendable, Comparable {
        /// The line, counted from 1.
        public let line: Int
        /// The Unicode scalars before it on that line.
        public let scalars: Int

        /// A point in a source.
        public init(line: Int, scalars: Int) {
            self.line = line
            self.scalars = scalars
        }

        /// Whether one point stands before another.
        public static func < (one: Mark, other: Mark) -> Bool {
            (one.line, one.scalars) < (other.line, other.scalars)
        }
    }

    /// A stretch of a source.
    public init(source: Source, start: Mark, end: Mark) {
        self.source = source
        self.start = start
        self.end = end
    }

    /// The first line, counted from 1.
    public var line: Int { start.line }

    /// The first column, in characters as a reader counts them, from 1.
    public var column: Int { Self.column(of: start, in: source) }

    /// The column after the last one on the first line, in characters, from 1.
    public var endColumn: Int {
        if end.line == start.line { return max(column + 1, Self.column(of: end, in: source)) }
        return max(column + 1, source.line(start.line).count + 1)
    }

    /// The first character alone, for what begins here and goes on over several lines.
    public var opening: Place {
        start.line == end.line ? self : Place(source: source, start: start, end: Mark(line: line, scalars: start.scalars + 1))
    }

    /// From the start of this place to the end of another.
    public func through(_ other: Place) -> Place {
        Place(source: source, start: start, end: max(end, other.end))
    }

    /// The part of a plain text that stands here as it is: `length` scalars after the first `offset`.
    public func part(offset: Int, length: Int) -> Place {
        guard start.line == end.line, start.scalars + offset + length <= end.scalars else { return self }
        let from = start.scalars + offset
        return Place(source: source, start: Mark(line: line, scalars: from), end: Mark(line: line, scalars: from + length))
    }

    private static func column(of mark: Mark, in source: Source) -> Int {
        String(source.line(mark.line).unicodeScalars.prefix(mark.scalars)).count + 1
    }
}
