import Datasets
import Documents
import Projects
import Settings

/// Data of a source as they look: read once as they are, and once more when their columns show how they are written.
struct SourceView {
    /// The source, with what was found out about its format.
    let source: RawSource
    let profile: DatasetProfile
    /// What was found out, for people.
    private(set) var notes: [String] = []
    /// Settings of the format that were found out.
    let found: [PlainValue.Member]

    init(_ source: RawSource, in data: DatasetStore) throws {
        let profile = try data.profile(of: source) { tellProgress($0) }
        if profile.endsMidLine {
            notes.append("\(Files.spoken(profile.name)) ends without a line break; if it was cut off, its last cell is not whole")
        }
        guard case .csv(let path, let format, let others) = source, let better = profile.betterFormat(than: format) else {
            (self.source, self.profile, found) = (source, profile, [])
            return
        }
        self.source = .csv(path: path, format: better, others: others)
        self.profile = try data.profile(of: self.source) { _ in }
        found = Self.members(of: better, besides: format)
        notes.append(
            "\(Files.spoken(path)) is read with \(PlainValue.map(found).flowText), because its cells look so")
    }

    /// Says what was found out.
    func tellNotes() {
        for note in notes { Output.message("note: \(note)\n") }
    }

    private static func members(of better: CSVFormat, besides format: CSVFormat) -> [PlainValue.Member] {
        var members: [PlainValue.Member] = []
        if better.empty != format.empty { members.append(.init("empty", .list(better.empty.map(PlainValue.text)))) }
        if better.numbers.decimal != format.numbers.decimal { members.append(.init("decimal", character(better.numbers.decimal))) }
        if let thousands = better.numbers.thousands, thousands != format.numbers.thousands {
            members.append(.init("thousands", character(thousands)))
        }
        return members
    }

    private static func character(_ byte: UInt8) -> PlainValue { .text(String(UnicodeScalar(byte))) }
}
