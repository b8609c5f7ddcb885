import CArchive
import Datasets
import Documents
import Foundation
import Settings
import Testing

/// The project's `data/`, and the folders of a mirror that the environment names.
enum Places {
    static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "data").path
    static let mirrors = (ProcessInfo.processInfo.environment["ABLATE_MIRROR"] ?? "").split(separator: ":").map(String.init)

    static func isMirrored(_ file: String) -> Bool {
        mirrors.contains { FileManager.default.fileExists(atPath: "\($0)/\(file)") }
    }

    static let catalogue = Catalogue(folder: "\(data)/catalogue")
}

/// A folder that is deleted with the object.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "ablate-datasets-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Writes archives with members of any name.
enum ArchiveWriter {
    static func tar(_ members: [(name: String, bytes: [UInt8])], gzip: Bool = true, to path: String) {
        write(members, to: path) { archive in
            if gzip { archive_write_add_filter_gzip(archive) }
            archive_write_set_format_pax_restricted(archive)
        }
    }

    static func zip(_ members: [(name: String, bytes: [UInt8])], to path: String) {
        write(members, to: path) { _ = archive_write_set_format_zip($0) }
    }

    private static func write(
        _ members: [(name: String, bytes: [UInt8])], to path: String, _ setFormat: (OpaquePointer?) -> Void
    ) {
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        setFormat(archive)
        #expect(archive_write_open_filename(archive, path) == ARCHIVE_OK)
        for (name, bytes) in members {
            let entry = archive_entry_new()
            defer { archive_entry_free(entry) }
            archive_entry_set_pathname(entry, name)
            archive_entry_set_size(entry, Int64(bytes.count))
            archive_entry_set_filetype(entry, 0o100000)
            archive_entry_set_perm(entry, 0o644)
            #expect(archive_write_header(archive, entry) == ARCHIVE_OK)
            #expect(archive_write_data(archive, bytes, bytes.count) == bytes.count)
        }
        #expect(archive_write_close(archive) == ARCHIVE_OK)
    }
}

/// What a store said while it worked.
final class ProgressLog: @unchecked Sendable {
    private let lock = NSLock()
    private var events: [DatasetProgress] = []

    func note(_ event: DatasetProgress) { lock.withLock { events.append(event) } }

    var all: [DatasetProgress] { lock.withLock { events } }

    var rebuildReasons: [String] {
        all.compactMap { if case .rebuilding(_, let reason) = $0 { reason } else { nil } }
    }
}

extension SparseRows {
    /// The rows written out.
    func matrix(width: Int) -> [Float] {
        var matrix = [Float](repeating: 0, count: (offsets.count - 1) * width)
        for row in 0..<offsets.count - 1 {
            for place in Int(offsets[row])..<Int(offsets[row + 1]) { matrix[row * width + Int(columns[place])] = values?[place] ?? 1 }
        }
        return matrix
    }
}

extension EncodedRows {
    /// The inputs, sparse ones written out.
    var matrix: [Float] {
        switch inputs {
        case .dense(let numbers): numbers
        case .tokens(let numbers): numbers.map(Float.init)
        case .sparse(let rows): rows.matrix(width: featureCount)
        }
    }
}

extension EncodedDataset {
    var labels: [Int32] { if case .classes(let labels, _) = target { Array(labels) } else { [] } }
    var classNames: [String] { if case .classes(_, let names) = target { names } else { [] } }
    var values: [Float] { if case .values(let values, _, _) = target { Array(values) } else { [] } }
    /// The inputs, sparse ones written out.
    var matrix: [Float] {
        switch inputs {
        case .dense(let numbers): return Array(numbers)
        case .tokens(let numbers): return numbers.map(Float.init)
        case .sparse(let offsets, let columns, let values):
            return SparseRows(offsets: Array(offsets), columns: Array(columns), values: values.map { Array($0) }).matrix(
                width: featureCount)
        }
    }

    var trainRows: [Int32] { withExtendedLifetime(self) { Array(train) } }
    var validationRows: [Int32] { withExtendedLifetime(self) { Array(validation) } }
    var testRows: [Int32] { withExtendedLifetime(self) { Array(test) } }

    func row(_ row: Int) -> [Float] { Array(matrix[row * featureCount..<(row + 1) * featureCount]) }
}
