import FileSystem

/// Bytes with whoever keeps them alive.
struct RawBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let owner: any Sendable

    init(_ file: FileBytes) {
        bytes = file.bytes
        owner = file
    }

    init(copying array: [UInt8]) {
        let storage = ByteStorage(array)
        bytes = storage.bytes
        owner = storage
    }

    private final class ByteStorage: @unchecked Sendable {
        let bytes: UnsafeRawBufferPointer

        init(_ array: [UInt8]) {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(array.count, 1), alignment: 16)
            buffer.copyBytes(from: array)
            bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<array.count])
        }

        deinit { bytes.deallocate() }
    }
}
