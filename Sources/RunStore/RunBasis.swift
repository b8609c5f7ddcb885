import Documents

/// What decides the result of all runs of a variant, whatever their seed and fold. A class, since all of these runs share it.
public final class RunBasis: Hashable, Sendable {
    /// The trial as canonical JSON: what decides the result, keys sorted, no names, and where the data lie.
    public let canonical: String
    /// The digests of the data.
    public let digests: DataDigests
    /// The engine's results version, which grows whenever the same settings would give other bits.
    public let resultsVersion: Int
    /// The trial without its `dataset` and without the names in its `training.continue_from`, as identities have it. What is no trial, such as the text that stands for plain methods, stays as it is.
    let canonicalWithoutNames: String

    /// A trial on data.
    public init(canonical: String, digests: DataDigests, resultsVersion: Int) {
        self.canonical = canonical
        self.digests = digests
        self.resultsVersion = resultsVersion
        canonicalWithoutNames = Self.withoutStart(Self.withoutDataset(canonical) ?? canonical)
    }

    /// The same, of a trial that lies nowhere and starts from no name: equal for trials that identities take for one.
    public var withoutNames: RunBasis {
        RunBasis(canonical: canonicalWithoutNames, digests: digests, resultsVersion: resultsVersion)
    }

    /// Equal trials on equal data.
    public static func == (one: RunBasis, other: RunBasis) -> Bool {
        one === other
            || (one.canonical == other.canonical && one.digests == other.digests && one.resultsVersion == other.resultsVersion)
    }

    /// By the trial.
    public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }

    /// A canonical trial without its `training.continue_from` and `training.judge`: the identity of that run counts, not its name.
    private static func withoutStart(_ canonical: String) -> String {
        let names = ["continue_from", "judge"]
        guard names.contains(where: { canonical.utf8.contains(Array("\"\($0)\":".utf8)) }),
            var settings = (try? JSONValue(parsing: canonical))?.object,
            let training = settings["training"]?.object
        else { return canonical }
        settings["training"] = .object(training.filter { !names.contains($0.key) })
        return JSONValue.object(settings).compactText
    }

    /// A canonical object without its first member, the dataset, whose key is the first of a trial's; nil where the text is no such object.
    private static func withoutDataset(_ canonical: String) -> String? {
        let start = "{\"dataset\":"
        guard canonical.hasPrefix(start) else { return nil }
        let bytes = canonical.utf8
        var (depth, isText, isEscaped) = (0, false, false)
        var place = bytes.index(bytes.startIndex, offsetBy: start.utf8.count)
        while place < bytes.endIndex {
            let byte = bytes[place]
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isText: isEscaped = true
            case UInt8(ascii: "\""): isText.toggle()
            case _ where isText: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ",") where depth == 0: return "{" + canonical[bytes.index(after: place)...]
            case UInt8(ascii: "}") where depth == 0: return "{}"
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            place = bytes.index(after: place)
        }
        return nil
    }
}

extension String.UTF8View {
    /// Whether these bytes stand in the text.
    fileprivate func contains(_ sought: [UInt8]) -> Bool {
        var text = String(self)
        return text.withUTF8 { bytes in
            guard bytes.count >= sought.count else { return false }
            return (0...bytes.count - sought.count).contains { start in
                bytes[start] == sought[0] && sought.indices.allSatisfy { bytes[start + $0] == sought[$0] }
            }
        }
    }
}
