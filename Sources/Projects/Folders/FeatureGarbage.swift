import Datasets
import FileSystem
import RunStore

/// Something among the tables of features in the cache that no experiment needs.
public struct FeatureGarbage: Hashable, Sendable {
    /// Why it is garbage.
    public enum Kind: Hashable, Sendable {
        /// A file that a process was writing when it ended.
        case temporaryFile
        /// A table whose run has gone.
        case ofGoneRun
        /// A table that no file in `experiments/` asks for.
        case unlisted
    }

    /// Why it is garbage.
    public let kind: Kind
    /// The table, or the half-written file.
    public let path: String
    /// The lengths of its files, in bytes.
    public let bytes: Int
    /// Its files, in the order in which they go: what vouches for the table first.
    fileprivate let names: [String]
}

extension Workspace {
    /// What `clean` may remove of the tables of features: left-over temporary files, and tables that no file in `experiments/` asks for. Runs of `gone` count as
    /// gone though they are still there. `left` tells what else stands among the tables. No link is followed.
    public func featureGarbage(
        keeping wanted: WantedRuns, gone: Set<RunIdentity> = []
    ) -> (garbage: [FeatureGarbage], left: [LeftAlone]) {
        var (garbage, left) = ([FeatureGarbage](), [LeftAlone]())
        do throws(FileFault) {
            let folder = try FeatureFiles(of: self).opened()
            let runs = store.identities.subtracting(gone)
            var tables: [FeatureFileName: (names: [String], bytes: Int)] = [:]
            for name in try folder.names() {
                guard let status = try folder.status(of: name) else { continue }
                if status.kind == .file, UnfinishedFile.isOne(name) {
                    guard folder.isLeftOver(name) else { continue }
                    garbage.append(
                        FeatureGarbage(kind: .temporaryFile, path: folder.path(of: name), bytes: status.length, names: [name]))
                } else if status.kind == .file, let table = FeatureFileName(file: name) {
                    tables[table, default: ([], 0)].names.append(name)
                    tables[table, default: ([], 0)].bytes += status.length
                } else {
                    left.append(.foreign(path: folder.path(of: name)))
                }
            }
            guard let asked = wanted.features else { return (garbage, left) }
            for (table, files) in tables.sorted(by: { $0.key.text < $1.key.text }) where !asked.contains(table) {
                let isGone = table.source.map { !runs.contains($0.run) && !wanted.identities.contains($0.run) } ?? false
                garbage.append(
                    FeatureGarbage(
                        kind: isGone ? .ofGoneRun : .unlisted, path: folder.path(of: table.text), bytes: files.bytes,
                        names: files.names.sorted { $0.utf8.count > $1.utf8.count }))
            }
        } catch {
            if !error.isAbsence { left.append(.unusable(DamagedFile(error))) }
        }
        return (garbage, left)
    }

    /// Removes regular files alone; answers what has gone.
    public func remove(_ garbage: [FeatureGarbage]) throws(StoreError) -> [FeatureGarbage] {
        do throws(FileFault) {
            guard !garbage.isEmpty else { return [] }
            let folder = try FeatureFiles(of: self).opened()
            for item in garbage {
                for name in item.names where item.kind != .temporaryFile || folder.isLeftOver(name) { try folder.remove(name) }
            }
            return garbage
        } catch {
            throw .file(error)
        }
    }
}
