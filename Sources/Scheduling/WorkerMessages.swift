import Documents

/// What a worker is told, one line of JSON each. Paths are handed over, not payloads: a line stays short.
public enum WorkerOrder: Sendable, Hashable, Codable {
    /// Try one step of the run that the file describes; nothing of it is kept.
    case canary(job: String)
    /// Train the run that the file describes, to its end.
    case train(job: String)
    /// Leave the run at hand at the next good moment, and say so in its record.
    case stop
}

/// What a worker tells, one line of JSON each.
public enum WorkerEvent: Sendable, Hashable, Codable {
    /// An epoch of the run at hand has ended; `epoch` counts from 1.
    case epoch(epoch: Int, of: Int, figures: [Figure], seconds: Double)
    /// A pass over the train rows has ended that trains a layer of the run at hand by itself.
    case pretraining(layer: String, epoch: Int, of: Int)
    /// The canary's step went well.
    case passed
    /// The run is in the store, finished.
    case finished(figures: [Figure], seconds: Double)
    /// The run, or the canary, ended by an error.
    case failed(message: String, cause: FailureCause = .input)
    /// The run was told to stop; its record says so.
    case interrupted
    /// Another process trains the run; nothing was done.
    case held
}

/// One message on one line.
public enum MessageLine {
    /// The message as a line, with its line feed.
    public static func encode(_ message: some Encodable) throws -> [UInt8] {
        Array((try JSONValue(encoding: message).compactText + "\n").utf8)
    }

    /// The message of a line. Throws what the decoder throws for a line that is none.
    public static func decode<Message: Decodable>(_ type: Message.Type, from line: some Sequence<UInt8>) throws -> Message {
        try JSONValue(parsing: Array(line)).decoded()
    }
}
