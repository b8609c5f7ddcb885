import CArchive

/// Archives that tests make.
enum Archive: Int {
    case gzip, zip, tar, xz, zstd

    /// The kind of a number, whatever it is.
    init(_ number: Int) { self = Archive(rawValue: number) ?? .zip }

    func pack(_ members: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        switch self {
        case .gzip: archive_write_add_filter_gzip(archive)
        case .xz: archive_write_add_filter_xz(archive)
        case .zstd: archive_write_add_filter_zstd(archive)
        case .zip, .tar: break
        }
        if self == .zip { archive_write_set_format_zip(archive) } else { archive_write_set_format_pax_restricted(archive) }
        var packed = [UInt8](repeating: 0, count: 1 << 16 + 2 * members.reduce(0) { $0 + $1.bytes.count + 2048 })
        var used = 0
        let capacity = packed.count
        let isPacked = packed.withUnsafeMutableBytes { buffer in
            guard archive_write_open_memory(archive, buffer.baseAddress, capacity, &used) == ARCHIVE_OK else { return false }
            for (name, bytes) in members {
                let entry = archive_entry_new()
                defer { archive_entry_free(entry) }
                archive_entry_set_pathname(entry, name)
                archive_entry_set_size(entry, Int64(bytes.count))
                archive_entry_set_filetype(entry, 0o100000)
                archive_entry_set_perm(entry, 0o644)
                archive_entry_set_mtime(entry, 1_750_000_000, 0)
                guard archive_write_header(archive, entry) == ARCHIVE_OK, archive_write_data(archive, bytes, bytes.count) == bytes.count
                else { return false }
            }
            return archive_write_close(archive) == ARCHIVE_OK
        }
        guard isPacked else {
            throw Finding("an archive could not be made: \(archive_error_string(archive).map { String(cString: $0) } ?? "")")
        }
        return Array(packed.prefix(used))
    }
}
