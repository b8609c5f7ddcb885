import FileSystem

/// What a run is known by: a hash of everything that decides its result, and of nothing else.
///
/// Two runs with one identity give the same figures on one kind of processor, whatever their experiment, variant name or time; on another kind, or with
/// a build for other instructions, the last bits may differ. Records keep both (`processor`, and `instructions` among the versions), and a finished run
/// is never repeated. The hash is the first 24 hexadecimal digits of the SHA-256 of a text with one line for each of: the engine's results version, the
/// digests of the data's content and of its encoding, the seed, the fold (`-` without folds), the run whose weights it begins with where there is one, and the
/// canonical trial without its `dataset` and its `training.continue_from`: data count by their content and by how it is read, runs by their identity, not by
/// a path or a name.
public struct RunIdentity: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 24 lower-case hexadecimal digits; also the name of the run's folder.
    public let hex: String

    /// The identity of a run.
    public init(_ basis: RunBasis, seed: Int, fold: Int?, start: RunIdentity? = nil) {
        let text = """
            ablate run 2
            results \(basis.resultsVersion)
            content \(basis.digests.content)
            encoding \(basis.digests.encoding)
            seed \(seed)
            fold \(fold.map(String.init) ?? "-")
            \(start.map { "start \($0)\n" } ?? "")trial \(basis.canonicalWithoutNames)

            """
        self.hex = String(SHA256.digest(of: text).hex.prefix(24))
    }

    /// The identity that `hex` spells, when it is one.
    public init?(hex: String) {
        guard hex.utf8.count == 24, hex.utf8.allSatisfy({ Self.digits.contains($0) }) else { return nil }
        self.hex = hex
    }

    private static let digits = Set("0123456789abcdef".utf8)

    /// The hexadecimal digits.
    public var description: String { hex }

    /// Alphabetical order of the digits.
    public static func < (left: RunIdentity, right: RunIdentity) -> Bool { left.hex < right.hex }
}

/// The digests of a data set: of the content that is used, and of how it is encoded and split.
public struct DataDigests: Hashable, Sendable {
    /// The digest of the content, in hexadecimal digits.
    public var content: String
    /// The digest of the encoding, in hexadecimal digits.
    public var encoding: String

    /// Both digests, in hexadecimal digits.
    public init(content: String, encoding: String) {
        self.content = content
        self.encoding = encoding
    }
}
