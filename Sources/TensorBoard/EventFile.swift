import FileSystem

/// An event file of ours in a folder, one event a step. Its name holds what tells its run from others, and not the time, so that it is found again.
struct EventFile {
    private let folder: Folder
    private let name: String
    /// Open to write at its end, once it is up to date.
    private var sink: FileSink?

    /// The file of a run, of which `run` is known.
    init(in folder: Folder, of run: String) {
        self.folder = folder
        name = Self.name(of: run)
    }

    /// What TensorBoard takes for an event file has `tfevents` in its name.
    static func name(of run: String) -> String { "events.out.tfevents.ablate-\(run)" }

    /// Whether there are event files in a folder, and none of this run.
    static func areOthers(in folder: Folder, than run: String) throws(FileFault) -> Bool {
        try folder.names().contains { $0.contains("tfevents") && $0 != name(of: run) && !UnfinishedFile.isOne($0) }
    }

    /// Makes the file hold exactly the steps of `events`, counted from 1: the records that are there stay as they are, missing ones are written from `events`,
    /// later ones go. A file that is not there yet begins at `start`. Gives the number of missing ones. A file that is right is not touched.
    func bring(to events: [Event], begunAt start: Double) throws(FileFault) -> Int {
        var kept: [Int: ArraySlice<UInt8>] = [:]
        var opening: ArraySlice<UInt8>?
        let isThere = try folder.status(of: name) != nil
        let file = isThere ? try folder.read(name) : []
        let records = EventRecord.read(file)
        for (record, payload) in records {
            if let step = Event.step(in: payload) { kept[step] = record } else { opening = record }
        }
        let missing = events.filter { kept[$0.step] == nil }
        let length = records.reduce(0) { $0 + $1.record.count }
        if opening != nil, missing.isEmpty, length == file.count, records.count == events.count + 1 { return 0 }
        var bytes = opening.map(Array.init) ?? EventRecord.framed(Event.opening(at: start))
        for event in events { bytes += kept[event.step] ?? EventRecord.framed(event.payload)[...] }
        try folder.write(name, bytes, isSynced: false)
        return missing.count
    }

    /// Writes a further step.
    mutating func append(_ event: Event) throws(FileFault) {
        var open = if let sink { sink } else { try folder.appending(to: name) }
        try open.append(EventRecord.framed(event.payload))
        sink = open
    }
}
