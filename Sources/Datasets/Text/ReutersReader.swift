import Settings

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads the SGML files of Reuters-21578 into the set that Keras ships: the stories with a topic of at least 15 stories.
///
/// The files are Latin-1. At every `<TOPICS>` the text up to the next `</`, without `<D>`, is the topic (the first of several, because each ends in
/// `</D>`); an empty one is skipped. The text is what follows the next `<BODY>`, up to the next `</`. Classes are numbered by first appearance.
///
/// One story, the last of reut2-006.sgm, has a topic and no `<BODY>` behind it. Keras's set has a text for it, the word "rn" out of "<D>earn</D>": a
/// search that found nothing gave -1, and the text began five characters behind `<TOPICS>`. So it does here.
package enum ReutersReader {
    /// Topics with fewer stories are left out.
    package static let fewestStories = 15
    private static let offsetWithoutBody = 5
    /// The collection has 28 MB.
    static let limits = ArchiveReader.Limits(chosen: 100_000_000, total: 400_000_000)

    /// All that is read: 11,228 stories of 46 topics from the public collection.
    package struct Stories {
        package let text: WordColumn
        package let topics: [Int32]
        package let topicNames: [String]
    }

    /// The name under which a member of the archive counts, such as `reut2-000.sgm`; nil for one that is no story file.
    package static func memberName(_ path: String) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".sgm") ? name : nil
    }

    /// Reads files that are in name order.
    package static func read(_ members: [RawMember], tokens: Tokens = .keras) throws(DatasetError) -> Stories {
        var found: [Story] = []
        var topicNumbers: [String: Int] = [:]
        var topicCounts: [Int] = []
        for (file, member) in members.enumerated() {
            let stories = member.bytes.withUnsafeBytes { bytes in
                Result<[(topic: String, body: Range<Int>)], DatasetError>(catching: { () throws(DatasetError) in
                    try Self.stories(in: bytes, of: member.name)
                })
            }
            for (name, body) in try stories.get() {
                let topic = topicNumbers[name] ?? topicCounts.count
                if topic == topicCounts.count {
                    topicNumbers[name] = topic
                    topicCounts.append(0)
                }
                topicCounts[topic] += 1
                found.append(Story(file: file, topic: topic, body: body))
            }
        }
        return common(found, of: members, names: topicNumbers, counts: topicCounts, tokens: tokens)
    }

    // MARK: - Details

    private struct Story {
        let file: Int
        let topic: Int
        let body: Range<Int>
    }

    /// The topic and the place of the text of each story of a file that has a topic.
    private static func stories(
        in bytes: UnsafeRawBufferPointer, of file: String
    ) throws(DatasetError) -> [(topic: String, body: Range<Int>)] {
        var stories: [(topic: String, body: Range<Int>)] = []
        var place = 0
        while let topicStart = find("<TOPICS>", in: bytes, from: place) {
            place = topicStart
            guard let topicEnd = find("</", in: bytes, from: topicStart).map({ $0 - 2 }) else {
                throw .damagedMember(name: file, offset: topicStart, expected: "</")
            }
            let topic = topicName(UnsafeRawBufferPointer(rebasing: bytes[topicStart..<topicEnd]))
            if topic.isEmpty { continue }
            let bodyStart = find("<BODY>", in: bytes, from: topicStart) ?? topicStart + offsetWithoutBody
            guard let bodyEnd = find("</", in: bytes, from: bodyStart).map({ $0 - 2 }) else {
                throw .damagedMember(name: file, offset: bodyStart, expected: "</")
            }
            stories.append((topic, bodyStart..<bodyEnd))
        }
        return stories
    }

    private static func common(_ found: [Story], of members: [RawMember], names: [String: Int], counts: [Int], tokens: Tokens) -> Stories {
        var classes = [Int32](repeating: -1, count: counts.count)
        var topicNames: [String] = []
        let namesByNumber = names.sorted { $0.value < $1.value }.map(\.key)
        var topics: [Int32] = []
        var offsets = [0]
        var words: [Int32] = []
        words.reserveCapacity(1 << 21)
        var table = WordTable()
        for story in found where counts[story.topic] >= fewestStories {
            if classes[story.topic] < 0 {
                classes[story.topic] = Int32(topicNames.count)
                topicNames.append(namesByNumber[story.topic])
            }
            topics.append(classes[story.topic])
            members[story.file].bytes.withUnsafeBytes { bytes in
                table.add(UnsafeRawBufferPointer(rebasing: bytes[story.body]), tokens: tokens, isLatin1: true, to: &words)
            }
            offsets.append(words.count)
        }
        let text = WordColumn(offsets: offsets, words: words, table: table, countedRows: .all, isLatin1: true, tokens: tokens)
        return Stories(text: text, topics: topics, topicNames: topicNames)
    }

    /// The offset after the next `pattern`.
    private static func find(_ pattern: StaticString, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let length = pattern.utf8CodeUnitCount
        var place = start
        while bytes.count - place >= length {
            guard let candidate = memchr(base + place, Int32(pattern.utf8Start.pointee), bytes.count - place - length + 1) else {
                return nil
            }
            place = UnsafeRawPointer(candidate) - base
            if memcmp(base + place, pattern.utf8Start, length) == 0 { return place + length }
            place += 1
        }
        return nil
    }

    private static func topicName(_ bytes: UnsafeRawBufferPointer) -> String {
        var name = String(String.UnicodeScalarView(bytes.lazy.map { Unicode.Scalar($0) }))
        while name.hasPrefix("<D>") { name.removeFirst(3) }
        return name
    }
}
