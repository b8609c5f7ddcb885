import FileSystem
import Synchronization

/// The files of the cache whose checksum was found right, so that none is tested twice.
final class VerifiedFiles: Sendable {
    private let known = Mutex<Set<MappedFile.Identity>>([])

    /// Tests a file's checksum unless that was done before, in the state that the file has now.
    func check(_ reader: EncodedFileReader) throws(EncodedFileDamage) {
        if known.withLock({ $0.contains(reader.identity) }) { return }
        try reader.verify()
        known.withLock { _ = $0.insert(reader.identity) }
    }
}
