#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The bytes of somebody's file, read into memory once: what is hashed is what is parsed, whoever writes the file meanwhile. (A mapped file that is cut
/// kills the program.)
package final class FileBytes: @unchecked Sendable {
    /// The bytes; whoever uses them keeps the object alive, by holding it or by `withExtendedLifetime`.
    package let bytes: UnsafeRawBufferPointer
    private let storage: UnsafeMutableRawPointer

    /// Reads the file to its end.
    package init(path: String) throws(FileFault) {
        let file = try OpenFile(path: path)
        // One byte more tells a file's end without growing.
        var capacity = max(try file.status(for: .read).length, 0) + 1
        var count = 0
        guard var storage = malloc(capacity) else { throw FileFault(.read, path, code: ENOMEM) }
        do throws(FileFault) {
            while true {
                if count == capacity {
                    capacity *= 2
                    guard let grown = realloc(storage, capacity) else { throw FileFault(.read, path, code: ENOMEM) }
                    storage = grown
                }
                let read = try file.read(into: UnsafeMutableRawBufferPointer(start: storage + count, count: capacity - count))
                if read == 0 { break }
                count += read
            }
        } catch {
            free(storage)
            throw error
        }
        self.storage = storage
        bytes = UnsafeRawBufferPointer(start: storage, count: count)
    }

    deinit { free(storage) }
}
