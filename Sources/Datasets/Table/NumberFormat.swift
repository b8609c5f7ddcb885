import Settings

extension NumberFormat {
    /// Whether numbers are written as programs write them.
    var isPlain: Bool { decimal == UInt8(ascii: ".") && thousands == nil }

    /// The number with a point and without separators; nil when a separator stands where none can, such as in `1,00`.
    func plain(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var group = 0
        var hasGroups = false
        var isWhole = true
        for byte in bytes {
            if byte == thousands, isWhole {
                guard hasGroups ? group == 3 : (1...3).contains(group) else { return nil }
                hasGroups = true
                group = 0
            } else if byte == decimal, isWhole {
                guard !hasGroups || group == 3 else { return nil }
                isWhole = false
                result.append(UInt8(ascii: "."))
            } else {
                // A point that is not the table's own would be taken for it.
                if byte == UInt8(ascii: ".") { return nil }
                if (0x30...0x39).contains(byte) {
                    group += 1
                } else if isWhole, group > 0 {
                    guard !hasGroups || group == 3 else { return nil }
                    isWhole = byte == 0x20 || byte == 0x09
                }
                result.append(byte)
            }
        }
        return isWhole && hasGroups && group != 3 ? nil : result
    }
}
