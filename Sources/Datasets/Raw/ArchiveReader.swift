import CArchive

/// One file out of an archive, under the name that its format knows it by.
package struct RawMember: Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Reads chosen members of an archive (tar or zip, plain or compressed) as a stream. Nothing is unpacked to disk, so a member's name cannot lead anywhere.
package enum ArchiveReader {
    /// How far reading may go before an archive is taken for a decompression bomb.
    package struct Limits: Sendable {
        /// Bytes of all chosen members together.
        package var chosen: Int
        /// Bytes of everything that is decompressed, chosen or not.
        package var total: Int

        /// As much unfolded may be in memory at once, whatever a data set may have.
        package static let memory = 200_000_000

        /// What is not packed takes its own size and no more.
        fileprivate func allowing(_ packed: Int) -> Limits {
            Limits(chosen: min(chosen, max(Self.memory, packed)), total: total)
        }

        package init(chosen: Int, total: Int) {
            self.chosen = chosen
            self.total = total
        }
    }

    /// What can go wrong.
    package enum Failure: Error, Sendable, Hashable {
        /// libarchive's words for what it could not read.
        case unreadable(reason: String)
        /// More bytes than a data set of this kind can have.
        case tooLarge(limit: Int)
        /// An archive that was to hold one file holds none, or these.
        case notOneFile(names: [String])
    }

    /// The members of an archive with these bytes to which `choose` gives a name, in the order of those names.
    /// - Parameter choose: from a member's path in the archive to the name that the format knows it by; nil leaves it out.
    package static func members(
        of bytes: UnsafeRawBufferPointer, limits: Limits, choose: (String) -> String?
    ) throws(Failure) -> [RawMember] {
        guard let archive = archive_read_new() else { throw .unreadable(reason: "out of memory") }
        defer { archive_read_free(archive) }
        supportFilters(archive)
        archive_read_support_format_tar(archive)
        archive_read_support_format_zip(archive)
        guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { throw unreadable(archive) }
        let limits = limits.allowing(bytes.count)
        var members: [RawMember] = []
        var chosenBytes = 0
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { break }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw unreadable(archive) }
            if Int(archive_filter_bytes(archive, 0)) > limits.total { throw .tooLarge(limit: limits.total) }
            guard archive_entry_filetype(entry) & fileTypeMask == regularFile, let path = pathname(of: entry), let name = choose(path)
            else { continue }
            let expected = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
            let bytes = try contents(archive, expected: expected, limit: limits.chosen - chosenBytes, limits: limits)
            chosenBytes += bytes.count
            members.append(RawMember(name: name, bytes: bytes))
        }
        return members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The bytes of a compressed file that is no archive, such as `digits.csv.gz`.
    package static func decompressed(_ bytes: UnsafeRawBufferPointer, limits: Limits) throws(Failure) -> [UInt8] {
        guard let archive = archive_read_new() else { throw .unreadable(reason: "out of memory") }
        defer { archive_read_free(archive) }
        supportFilters(archive)
        archive_read_support_format_raw(archive)
        var entry: OpaquePointer?
        guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK,
            archive_read_next_header(archive, &entry) == ARCHIVE_OK
        else {
            throw unreadable(archive)
        }
        let limits = limits.allowing(bytes.count)
        return try contents(archive, expected: nil, limit: limits.chosen, limits: limits)
    }

    /// The bytes of a compressed file, or of the one file that an archive holds; what systems put beside it does not count.
    static func onlyFile(of packed: UnsafeRawBufferPointer, isArchive: Bool, limits: Limits) throws(Failure) -> [UInt8] {
        if !isArchive {
            let bytes = try decompressed(packed, limits: limits)
            if !bytes.withUnsafeBytes({ Self.isArchive($0) }) { return bytes }
        }
        let found = try members(of: packed, limits: limits) { isHidden($0) ? nil : $0 }
        guard let one = found.first, found.count == 1 else { throw .notOneFile(names: found.map(\.name)) }
        return one.bytes
    }

    /// Whether bytes begin as those of compressed files do.
    static func isCompressed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let beginnings: [[UInt8]] = [
            [0x1f, 0x8b], Array("BZh".utf8), [0xfd, 0x37, 0x7a, 0x58, 0x5a], [0x28, 0xb5, 0x2f, 0xfd], [0x04, 0x22, 0x4d, 0x18],
        ]
        return beginnings.contains { bytes.starts(with: $0) }
    }

    /// Whether bytes begin as those of an archive do, zip or tar.
    static func isArchive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) || bytes.count > 262 && bytes[257..<262].elementsEqual(Array("ustar".utf8))
    }

    /// Whether a path is that of a file which people do not see, such as those that macOS puts into archives.
    static func isHidden(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != "." && $0 != ".." || $0 == "__MACOSX" }
    }

    // MARK: - Details

    private static let fileTypeMask: mode_t = 0o170000
    private static let regularFile: mode_t = 0o100000
    private static let blockSize = 1 << 18

    private static func supportFilters(_ archive: OpaquePointer) {
        archive_read_support_filter_gzip(archive)
        archive_read_support_filter_bzip2(archive)
        archive_read_support_filter_xz(archive)
        archive_read_support_filter_zstd(archive)
        archive_read_support_filter_lz4(archive)
    }

    private static func pathname(of entry: OpaquePointer) -> String? {
        (archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)).map { String(cString: $0) }
    }

    private static func contents(
        _ archive: OpaquePointer, expected: Int?, limit: Int, limits: Limits
    ) throws(Failure) -> [UInt8] {
        if let expected, expected > limit || expected < 0 { throw .tooLarge(limit: limits.chosen) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity((expected ?? 0) + 1)
        var block = [UInt8](repeating: 0, count: min(blockSize, max(expected ?? blockSize, 1)))
        while true {
            let count = block.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0 else { throw unreadable(archive) }
            guard bytes.count + count <= limit else { throw .tooLarge(limit: limits.chosen) }
            bytes.append(contentsOf: block[0..<count])
        }
        return bytes
    }

    private static func unreadable(_ archive: OpaquePointer) -> Failure {
        .unreadable(reason: archive_error_string(archive).map { String(cString: $0) } ?? "not an archive")
    }
}
