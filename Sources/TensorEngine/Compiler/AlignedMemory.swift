#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A block of memory aligned to a cache line and padded to a multiple of it, zeros at first, freed with its owner.
///
/// Blocks of 2 MiB and more are aligned to 2 MiB and put on huge pages where the system has them: tables that are read at random
/// places miss the address cache far less.
final class AlignedMemory: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    let byteCount: Int

    /// One vector more than asked for: a tail is read and written as a whole vector.
    private static let tail = 64

    /// Whether so many bytes might have been asked for.
    func suffices(_ byteCount: Int) -> Bool { byteCount + Self.tail <= self.byteCount }

    init(byteCount requested: Int) {
        let hugePage = 2 << 20
        let alignment = requested >= hugePage ? hugePage : 64
        byteCount = (requested + Self.tail + alignment - 1) / alignment * alignment
        pointer = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
        #if canImport(Glibc)
        if alignment == hugePage { madvise(pointer, byteCount, MADV_HUGEPAGE) }
        #endif
        memset(pointer, 0, byteCount)
    }

    deinit { pointer.deallocate() }
}
