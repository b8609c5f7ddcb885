import FileSystem
import Processes

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Finds a catalogue entry's content: shipped with the project, in a mirror, downloaded before, or at one of its addresses. Content counts only when its
/// digest is right.
struct SourceFinder {
    let folder: String
    let mirrors: [String]
    /// Nil where only what is at hand counts.
    let downloader: Downloader?
    let progress: @Sendable (DatasetProgress) -> Void

    func content(of entry: CatalogueEntry) throws(DatasetError) -> RawContent {
        var tried: [SourceAttempt] = []
        for path in paths(of: entry) {
            do {
                return try rightContent(of: entry, at: path)
            } catch {
                tried.append(SourceAttempt(place: path, problem: error.text))
            }
        }
        for address in entry.addresses {
            guard let downloader else { break }
            do {
                return try download(entry, from: address, by: downloader, into: downloads)
            } catch {
                if error.isInterruption { throw .interrupted }
                tried.append(SourceAttempt(place: address, problem: error.text))
            }
        }
        throw .unavailable(name: entry.name, file: entry.file, digest: entry.digest, origin: entry.byHand, folder: downloads, tried: tried)
    }

    /// Whether a file lies at one of the entry's places, whatever it holds.
    func hasFile(of entry: CatalogueEntry) -> Bool {
        paths(of: entry).contains { access($0, F_OK) == 0 }
    }

    /// Puts the file at `path` among the downloads when its content is the entry's. It is copied, not moved.
    func take(_ entry: CatalogueEntry, from path: String) throws(DatasetError) {
        let digest: String
        let bytes: [UInt8]
        do {
            let file = try FileBytes(path: path)
            digest = try entry.format.content(of: file, named: entry.container(for: path)).digest
            bytes = withExtendedLifetime(file) { [UInt8](file.bytes) }
        } catch let problem as ContentProblem {
            throw .file(path: path, reason: problem.text)
        } catch let fault as FileFault {
            throw .file(path: path, reason: fault.words)
        } catch {
            throw .file(path: path, reason: "\(error)")
        }
        guard digest == entry.digest else { throw .otherContent(name: entry.name, path: path, found: digest, expected: entry.digest) }
        try DataFiles.makeFolder(downloads)
        try DataFiles.write([bytes], to: "\(downloads)/\(entry.container(for: path))")
    }

    // MARK: - Details

    private var downloads: String { "\(folder)/cache/downloads" }

    private func paths(of entry: CatalogueEntry) -> [String] {
        ([folder] + mirrors + [downloads]).flatMap { place in ([entry.file] + entry.repacked).map { "\(place)/\($0)" } }
    }

    private func rightContent(of entry: CatalogueEntry, at path: String) throws(ContentProblem) -> RawContent {
        guard access(path, F_OK) == 0 else { throw ContentProblem(text: FileFault.words(of: errno)) }
        progress(.reading(path: path))
        let content = try entry.format.content(at: path, named: entry.file)
        let digest = content.digest
        guard digest == entry.digest else { throw ContentProblem(text: "other content, its SHA-256 is \(digest)") }
        return content
    }

    private func download(
        _ entry: CatalogueEntry, from address: String, by downloader: Downloader, into downloads: String
    ) throws(ContentProblem) -> RawContent {
        // From here to the renamed file a wish to stop is heard in the right place, so that nothing half-written stays.
        let interruptions = Interruptions()
        defer { interruptions?.end() }
        let path = "\(downloads)/\(entry.file)"
        let part = DataFiles.partPath(for: path)
        do {
            try DataFiles.makeFolder(downloads)
        } catch {
            throw ContentProblem(text: error.description)
        }
        defer { unlink(part) }
        try downloader.download(address, to: part, heeding: interruptions, progress: progress)
        let content = try rightContent(of: entry, at: part)
        guard rename(part, path) == 0 else { throw ContentProblem(text: FileFault.words(of: errno)) }
        if let interruptions, interruptions.take() > 0 { throw .interruption }
        return content
    }
}

extension CatalogueEntry {
    /// The name under which a file of the user's is kept: the entry's own, or that of a repacked container with the same ending.
    fileprivate func container(for path: String) -> String {
        ([file] + repacked).first { path.hasSuffix($0) } ?? file
    }
}
