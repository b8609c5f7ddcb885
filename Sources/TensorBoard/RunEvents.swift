import FileSystem

/// What TensorBoard shows of a run: the figures of its epochs in two folders, `train` and `validation`, where `val_loss` is the `loss`, so that
/// TensorBoard draws both into one picture; and histograms of its weights beside those of training. Steps are epochs, counted from 1.
public final class RunEvents {
    private let folder: Folder
    private let run: String
    /// The files that are up to date, by part.
    private var files: [Part: EventFile] = [:]
    /// When the run began, for files that are not there yet.
    private var start = 0.0

    /// The folders of a run.
    private enum Part: String, CaseIterable {
        case train, validation

        /// What the names of its figures begin with.
        private static let mark = "val_"

        /// Its figures, by the tags that both have in common.
        func scalars(_ figures: [(name: String, value: Double)]) -> [(tag: String, value: Double)] {
            figures.compactMap { figure in
                guard figure.name.hasPrefix(Self.mark) == (self == .validation) else { return nil }
                return (self == .validation ? String(figure.name.dropFirst(Self.mark.count)) : figure.name, figure.value)
            }
        }
    }

    /// The figures of an epoch.
    public struct Epoch: Sendable {
        let number: Int
        let time: Double
        let figures: [(name: String, value: Double)]

        /// `time` is when it ended, in seconds since 1970.
        public init(_ number: Int, at time: Double, figures: [(name: String, value: Double)]) {
            (self.number, self.time, self.figures) = (number, time, figures)
        }
    }

    /// The events of the run in `root/path…`, folders that are made where they are missing. Where event files of another origin lie in the last of them, such
    /// as those of the same variant with other settings, the folder gets the beginning of the run's identity behind its name.
    public init(in root: String, on disk: Disk = .system, _ path: [String], identity: String) throws(FileFault) {
        run = String(identity.prefix(16))
        try Folder.make(root, on: disk)
        var above = try Folder(path: root, on: disk)
        for name in path.dropLast() { above = try above.makeFolder(name) }
        let name = path.last ?? run
        let usual = try above.makeFolder(name)
        folder = try Self.isTaken(usual, for: run) ? try above.makeFolder("\(name)-\(identity.prefix(8))") : usual
    }

    private static func isTaken(_ folder: Folder, for run: String) throws(FileFault) -> Bool {
        for inner in [folder] + Part.allCases.compactMap({ try? folder.folder($0.rawValue) }) {
            if try EventFile.areOthers(in: inner, than: run) { return true }
        }
        return false
    }

    /// Makes the files hold these epochs, the first being 1, and no later ones: what they hold of them stays, what they lack is written from the figures.
    /// A file that is not there yet begins at `start`, in seconds since 1970. Gives the number of epochs that were lacking.
    @discardableResult
    public func bring(to epochs: [Epoch], begunAt start: Double) throws(FileFault) -> Int {
        self.start = start
        var lacking = 0
        for part in Part.allCases where part == .train || epochs.contains(where: { !part.scalars($0.figures).isEmpty }) {
            let events = epochs.map { Event(time: $0.time, step: $0.number, scalars: part.scalars($0.figures)) }
            lacking = max(lacking, try bring(part, to: events))
        }
        return lacking
    }

    /// Writes a further epoch; histograms lie beside the figures of training.
    public func append(_ epoch: Epoch, histograms: [(tag: String, histogram: Histogram)]) throws(FileFault) {
        for part in Part.allCases {
            let scalars = part.scalars(epoch.figures)
            guard part == .train || !scalars.isEmpty else { continue }
            // What an attempt left that began anew goes now.
            if files[part] == nil { _ = try bring(part, to: []) }
            try files[part]?.append(
                Event(time: epoch.time, step: epoch.number, scalars: scalars, histograms: part == .train ? histograms : []))
        }
    }

    private func bring(_ part: Part, to events: [Event]) throws(FileFault) -> Int {
        let file = EventFile(in: try folder.makeFolder(part.rawValue), of: run)
        let lacking = try file.bring(to: events, begunAt: start)
        files[part] = file
        return lacking
    }
}
