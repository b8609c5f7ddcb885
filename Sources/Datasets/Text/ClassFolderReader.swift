import RandomNumbers
import Settings

/// Reads texts that lie as `train/CLASS/FILE.txt` and `test/CLASS/FILE.txt`, such as the Large Movie Review Dataset.
///
/// Rows are numbered train first, classes and files in name order. Words are `[a-z0-9]+('[a-z]+)?` of the lower-cased text; the train texts make the
/// vocabulary. The order of the rows of each part comes from one `RandomState(seed)`, train shuffled first.
package enum ClassFolderReader {
    /// All that is read.
    package struct Texts: Sendable {
        package let text: WordColumn
        package let labels: [Int32]
        package let classes: [String]
        package let parts: SplitRows?
        /// The member that each row is.
        let names: [String]
    }

    static let limits = ArchiveReader.Limits(chosen: 500_000_000, total: 2_000_000_000)
    /// Texts without a class, which are no examples.
    private static let unlabelled = "unsup"

    /// The name under which a member of the archive counts, such as `train/neg/0_3.txt`; nil for one that is no labelled text.
    package static func memberName(_ path: String) -> String? {
        guard path.lowercased().hasSuffix(".txt") else { return nil }
        let parts = path.split(separator: "/").suffix(3)
        guard parts.count == 3, let part = parts.first, part == "train" || part == "test", !isUnlabelled(path) else {
            return nil
        }
        return parts.joined(separator: "/")
    }

    /// Whether a text lies where those without a class do.
    static func isUnlabelled(_ path: String) -> Bool { path.split(separator: "/").dropLast().last.map(String.init) == unlabelled }

    /// Reads members that are in name order, of the archive or folder that messages call `path`. Without a seed rows stay in that order, and then there need be no parts.
    package static func read(
        _ members: [RawMember], of path: String, shuffleSeed: UInt32?, tokens: Tokens = .words, notices: [DatasetNotice] = []
    ) throws(DatasetError) -> Texts {
        let hasParts = shuffleSeed != nil || members.contains { $0.name.hasPrefix("train/") }
        let ordered = hasParts ? members.filter { $0.name.hasPrefix("train/") } + members.filter { $0.name.hasPrefix("test/") } : members
        let trainCount = hasParts ? ordered.count { $0.name.hasPrefix("train/") } : ordered.count
        let classNames = ordered.map { String($0.name.split(separator: "/")[hasParts ? 1 : 0]) }
        let classes = Set(classNames).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard classes.count > 1, !hasParts || (trainCount > 0 && trainCount < ordered.count) else {
            throw .missingClassFolders(path: path, classes: classes, notices: notices)
        }
        let numbers = Dictionary(classes.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
        var table = WordTable()
        var words: [Int32] = []
        var offsets = [0]
        for member in ordered {
            member.bytes.withUnsafeBytes { table.add($0, tokens: tokens, isLatin1: false, to: &words) }
            offsets.append(words.count)
        }
        var train = (0..<Int32(trainCount)).map { $0 }
        let counted = train
        var test = (Int32(trainCount)..<Int32(ordered.count)).map { $0 }
        if let shuffleSeed {
            var state = NumPyRandomState(seed: shuffleSeed)
            state.shuffle(&train)
            state.shuffle(&test)
        }
        return Texts(
            text: WordColumn(
                offsets: offsets, words: words, table: table, countedRows: hasParts ? .rows(counted) : .train, isLatin1: false,
                tokens: tokens),
            labels: classNames.map { numbers[$0] ?? 0 }, classes: classes, parts: hasParts ? SplitRows(train: train, test: test) : nil,
            names: ordered.map(\.name))
    }
}
