/// Something about a data set that its user would not see otherwise: what was left out or took part in another way than it looks. Nothing of it is wrong
/// as such, and all of it is told: on standard error by the commands that use the data, and among the warnings of the report.
public enum DatasetNotice: Sendable, Hashable, Codable {
    /// Of the `total` files below a folder of texts, or in an archive, these count for nothing. `classes` are folders that are no class because of that.
    case filesLeftOut(path: String, total: Int, files: [LeftOutFiles], classes: [String])

    /// Files that were left out for one reason.
    public struct LeftOutFiles: Sendable, Hashable, Codable {
        /// Why they were.
        public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
            /// They do not end in `.txt`.
            case ending
            /// They stand elsewhere than in the folder of a class.
            case place
            /// They are texts without a class.
            case unlabelled
            /// They are links to what lies outside.
            case link
            /// They are no regular files.
            case special
        }

        /// Why they were left out.
        public var reason: Reason
        /// How many they are.
        public var count: Int
        /// The first of them.
        public var examples: [String]

        /// Files that were left out.
        public init(reason: Reason, count: Int, examples: [String]) {
            self.reason = reason
            self.count = count
            self.examples = examples
        }
    }

    /// What is to be known, in a sentence or two of plain text.
    public var sentence: String {
        switch self {
        case .filesLeftOut(let path, let total, let files, let classes):
            let count = files.reduce(0) { $0 + $1.count }
            let gone =
                classes.isEmpty
                ? "" : "; so \(Self.quoted(classes)) \(classes.count == 1 ? "is no class" : "are no classes")"
            return "\(Self.name(of: path)): \(count) of \(total) \(total == 1 ? "file" : "files") \(count == 1 ? "is" : "are") left out, "
                + files.map(\.words).joined(separator: ", ") + gone + "."
        }
    }

    /// The end of a path: what lies before is another on every machine.
    private static func name(of path: String) -> String { TablePlaces.shown(path.split(separator: "/").last.map(String.init) ?? path) }

    fileprivate static func quoted(_ names: [String], of count: Int? = nil) -> String {
        let most = 3
        let more = (count ?? names.count) - min(names.count, most)
        return names.prefix(most).map { "\"\(TablePlaces.shown($0))\"" }.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}

extension DatasetNotice.LeftOutFiles {
    fileprivate var words: String {
        let one = count == 1
        let what =
            switch reason {
            case .ending: "\(one ? "does" : "do") not end in .txt"
            case .place: "\(one ? "stands" : "stand") outside a class's folder"
            case .unlabelled: "\(one ? "is a text" : "are texts") without a class"
            case .link: "\(one ? "is a link" : "are links") to what lies outside"
            case .special: "\(one ? "is no regular file" : "are no regular files")"
            }
        return "\(count) that \(what) (\(DatasetNotice.quoted(examples, of: count)))"
    }
}
