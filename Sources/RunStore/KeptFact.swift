import Documents
import FileSystem

/// Something that was worked out from rows of data and is kept beside an experiment's runs, so that it can be told when the rows have gone.
public struct KeptFact: Hashable, Sendable {
    /// What is told.
    public enum Kind: String, Sendable, CaseIterable {
        /// What can be said of encoded rows, and how new ones are encoded.
        case data
        /// What methods without a network answer for the rows that an experiment asks about.
        case answers
        /// The images of some rows.
        case pictures
    }

    /// The file's name.
    package let name: String

    /// A fact about data with these digests; `details` stands for what decides it besides.
    public init(_ kind: Kind, of digests: DataDigests, details: String) {
        let text = "ablate fact 1\ncontent \(digests.content)\nencoding \(digests.encoding)\n\(details)\n"
        name = "\(kind.rawValue)-\(SHA256.digest(of: text).hex.prefix(24)).json"
    }

    /// Whether a file of this name is one of a fact.
    static func isFile(_ name: String) -> Bool {
        guard let kind = Kind.allCases.first(where: { name.hasPrefix("\($0.rawValue)-") }), name.hasSuffix(".json") else { return false }
        return RunIdentity(hex: String(name.dropFirst(kind.rawValue.count + 1).dropLast(5))) != nil
    }
}

extension RunStore {
    /// The version of the file's form.
    private static let factVersion = 1

    /// What was kept beside an experiment's runs; nil where nothing was, or nothing that can be used: then it is worked out from the rows again.
    public func fact(_ fact: KeptFact, of experiment: String) -> JSONValue? {
        guard let bytes = try? openRuns(of: experiment).read(fact.name), Seal.isIntact(bytes) == true,
            let json = try? JSONValue(parsing: bytes), json["version"]?.integer == Self.factVersion
        else { return nil }
        return json["fact"]
    }

    /// Keeps a fact beside an experiment's runs; there must be some.
    public func keep(_ value: JSONValue, as fact: KeptFact, of experiment: String) throws(StoreError) {
        let bytes = Seal.sealed(["version": .integer(Self.factVersion), "fact": value])
        try stored { () throws(FileFault) in
            let runs = try openRuns(of: experiment)
            try runs.write(fact.name, bytes)
            try runs.sync()
        }
    }
}
