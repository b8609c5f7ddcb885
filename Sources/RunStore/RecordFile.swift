import Documents
import FoundationEssentials

/// `record.json`: readable, keys sorted, sealed with its own digest, versioned apart from the type that works.
extension Record {
    /// The file's bytes.
    package var bytes: [UInt8] { Seal.sealed(members) }

    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "version": .integer(Self.version),
            "status": .string(status.word),
            "identity": .string(identity.hex),
            "experiment": .string(experiment),
            "variant": .string(variant),
            "seed": .integer(seed),
            "settings": settings,
            "data": .object(["content": .string(digests.content), "encoding": .string(digests.encoding)]),
            "results_version": .integer(resultsVersion),
            "host": .string(provenance.host),
            "processor": .string(provenance.processor),
            "versions": .object(provenance.versions.mapValues(JSONValue.string)),
            "figures": .object(figures.mapValues(JSONValue.number)),
            "files": .object(files.mapValues(\.json)),
            "created": .string(created.formatted(Self.timeFormat)),
        ]
        members["fold"] = fold.map(JSONValue.integer)
        members["commit"] = provenance.commit.map(JSONValue.string)
        members["clean"] = provenance.isClean.map(JSONValue.bool)
        if !provenance.changes.isEmpty { members["asked_with"] = .array(provenance.changes.map(JSONValue.string)) }
        members["random"] = provenance.random.map { random in
            .object(["generator": .string(random.generator), "streams": .object(random.streams.mapValues(JSONValue.integer))])
        }
        members["parameters"] = parameters.map(JSONValue.integer)
        members["target"] = target?.json
        members["inputs"] = inputs.map { .array($0.map(JSONValue.string)) }
        members["texts"] = texts.map { .array($0.map(\.json)) }
        members["pretraining"] = pretraining.map { .array($0.map(\.json)) }
        members["kept_epoch"] = keptEpoch.map(JSONValue.integer)
        members["stopped"] = stopped.map(JSONValue.string)
        members["unsettled_since_start"] = start.map(JSONValue.string)
        members["starting_run"] = startingRun.map { .string($0.hex) }
        members["resumptions"] = resumptions.map(JSONValue.integer)
        members["started_over"] = startedOver.map(JSONValue.string)
        if !removed.isEmpty { members["removed"] = .array(removed.sorted().map { .string($0.rawValue) }) }
        if isKeptOnRequest { members["kept_on_request"] = .bool(true) }
        members["ended"] = ended.map { .string($0.formatted(Self.timeFormat)) }
        if case .failed(let message) = status { members["error"] = .string(message) }
        members["timings"] = timings.map { timings in
            .object([
                "train_seconds": .number(timings.train), "encode_seconds": .number(timings.encode),
                "total_seconds": .number(timings.total), "peak_memory_bytes": .integer(timings.peakMemory),
            ])
        }
        return members
    }

    /// Reads a record from the bytes of a file; `path` is for the error.
    package init(decoding bytes: [UInt8], path: String) throws(DamagedFile) {
        let isIntact = Seal.isIntact(bytes)
        let json: JSONValue
        let settings: RecordedSettings?
        do {
            // What is sealed is as it was written: it is read once somebody asks for it.
            if isIntact == true {
                let (object, left) = try JSONValue.object(parsing: bytes, leaving: "settings")
                (json, settings) = (object, left.map { RecordedSettings(bytes: Array(bytes[$0])) })
            } else {
                json = try JSONValue(parsing: bytes)
                settings = json["settings"].map(RecordedSettings.init)
            }
        } catch {
            throw DamagedFile(path: path, reason: .form("is not JSON: \(error)"))
        }
        guard let version = json["version"]?.integer else { throw DamagedFile(path: path, reason: .form("has no \"version\"")) }
        // First of all the seal: a digit of the version may be what was changed.
        if isIntact == false { throw DamagedFile(path: path, reason: .checksum) }
        guard (1...Self.version).contains(version) else {
            throw DamagedFile(path: path, reason: .version(found: version, expected: Self.version))
        }
        guard isIntact != nil || version == 1 else { throw DamagedFile(path: path, reason: .form("has no \"digest\" of its own")) }
        do { self = try Record(json, settings) } catch { throw DamagedFile(path: path, reason: .form(error.description)) }
    }

    private init(_ json: JSONValue, _ settings: RecordedSettings?) throws(MissingMember) {
        status = try Status(word: json.member("status", \.string), error: json["error"]?.string)
        guard let identity = RunIdentity(hex: try json.member("identity", \.string)) else { throw MissingMember(key: "identity") }
        self.identity = identity
        experiment = try json.member("experiment", \.string)
        variant = try json.member("variant", \.string)
        seed = try json.member("seed", \.integer)
        fold = try json.optionalMember("fold", \.integer)
        guard let settings else { throw MissingMember(key: "settings") }
        recordedSettings = settings
        let data = try json.member("data") { $0 }
        digests = DataDigests(content: try data.member("content", \.string), encoding: try data.member("encoding", \.string))
        resultsVersion = try json.member("results_version", \.integer)
        provenance = Provenance(
            commit: try json.optionalMember("commit", \.string), isClean: try json.optionalMember("clean", \.bool),
            host: try json.member("host", \.string), processor: try json.member("processor", \.string),
            versions: try json.table("versions", \.string))
        provenance.changes = try json.optionalMember("asked_with", \.texts) ?? []
        if let member = json["random"] {
            provenance.random = RandomSource(
                generator: try member.member("generator", \.string), streams: try member.table("streams", \.integer))
        }
        parameters = try json.optionalMember("parameters", \.integer)
        target = try json.optionalMember("target", RecordedTarget.init)
        inputs = try json.optionalMember("inputs", \.texts)
        texts = try json.optionalMember("texts") { $0.array.map { $0.compactMap(WrittenText.init) } }
        pretraining = try json.optionalMember("pretraining") { $0.array.map { $0.compactMap(PretrainedLayer.init) } }
        keptEpoch = try json.optionalMember("kept_epoch", \.integer)
        stopped = try json.optionalMember("stopped", \.string)
        startingRun = try json.optionalMember("starting_run") { $0.string.flatMap(RunIdentity.init(hex:)) }
        resumptions = try json.optionalMember("resumptions", \.integer)
        startedOver = try json.optionalMember("started_over", \.string)
        figures = try json.table("figures", \.double)
        files = try json.table("files", RecordedFile.init)
        removed = Set((try json.optionalMember("removed", \.texts) ?? []).compactMap(RemovableFile.init(rawValue:)))
        isKeptOnRequest = json["kept_on_request"] == .bool(true)
        start = try json.optionalMember("unsettled_since_start", \.string)
        created = try json.member("created", Self.time(of:))
        ended = try json.optionalMember("ended", Self.time(of:))
        if let member = json["timings"] {
            timings = Timings(
                train: try member.member("train_seconds", \.double), encode: try member.member("encode_seconds", \.double),
                total: try member.member("total_seconds", \.double), peakMemory: try member.member("peak_memory_bytes", \.integer))
        }
    }

    /// The day on which the run began, such as `2025-06-01` (UTC).
    package var createdDay: String {
        String(created.formatted(Self.timeFormat).prefix(10))
    }

    /// When the run began, such as `2025-06-01T12:00:00.000Z`.
    package var createdTime: String { created.formatted(Self.timeFormat) }

    /// When it ended, written the same way.
    package var endedTime: String? { ended?.formatted(Self.timeFormat) }

    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func time(of json: JSONValue) -> Date? {
        json.string.flatMap { try? timeFormat.parse($0) }
    }
}

extension RecordedFile {
    fileprivate var json: JSONValue {
        guard let digest, let changed else { return .integer(length) }
        return .object(["bytes": .integer(length), "changed": .integer(changed), "sha256": .string(digest)])
    }

    /// A number, the length alone, is the form of version 1.
    fileprivate init?(_ json: JSONValue) {
        if let length = json.integer {
            self.init(length: length)
        } else if let length = json["bytes"]?.integer, let changed = json["changed"]?.integer, let digest = json["sha256"]?.string {
            self.init(length: length, digest: digest, changed: changed)
        } else {
            return nil
        }
    }
}

extension Record.Status {
    /// The word that stands for the status in a record.
    public var word: String {
        switch self {
        case .running: "running"
        case .finished: "finished"
        case .failed: "failed"
        case .interrupted: "interrupted"
        }
    }

    fileprivate init(word: String, error: String?) throws(MissingMember) {
        switch word {
        case "running": self = .running
        case "finished": self = .finished
        case "failed": self = .failed(error ?? "no reason was recorded")
        case "interrupted": self = .interrupted
        default: throw MissingMember(key: "status")
        }
    }
}

// MARK: - Members of an object

private struct MissingMember: Error, CustomStringConvertible {
    let key: String
    var description: String { "\"\(key)\" is missing or has the wrong type" }
}

extension JSONValue {
    /// The texts of an array of nothing else.
    fileprivate var texts: [String]? {
        guard let array else { return nil }
        let texts = array.compactMap(\.string)
        return texts.count == array.count ? texts : nil
    }

    fileprivate func member<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(MissingMember) -> Value {
        guard let value = self[key].flatMap(read) else { throw MissingMember(key: key) }
        return value
    }

    fileprivate func optionalMember<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(MissingMember) -> Value? {
        self[key] == nil ? nil : try member(key, read)
    }

    fileprivate func table<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws(MissingMember) -> [String: Value] {
        let members = try member(key, \.object)
        let values = members.compactMapValues(read)
        guard values.count == members.count else { throw MissingMember(key: key) }
        return values
    }
}
