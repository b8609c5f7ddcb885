/// Numbers words in the order of their first appearance and counts them, without making a `String` of any.
///
/// The words' bytes lie one after the other in an arena. A word is written at its end byte by byte and stays only if it is new.
package struct WordTable: Sendable {
    var arena: [UInt8]
    private(set) var end = 0
    /// Where each word begins in the arena; one more at the end.
    private var starts: [Int] = [0]
    private var slots: [Slot]
    private var mask: Int
    package private(set) var counts: [Int32] = []

    private struct Slot {
        var hash: UInt32
        /// The word's number plus one; 0 marks an empty slot.
        var number: Int32
    }

    package init() {
        arena = [UInt8](repeating: 0, count: 1 << 16)
        slots = [Slot](repeating: Slot(hash: 0, number: 0), count: 1 << 12)
        mask = slots.count - 1
    }

    /// How many different words there are.
    package var count: Int { counts.count }

    /// Splits `text` into words and appends the words' numbers: `map` gives a byte's place in a word, or 0 for a byte between words.
    package mutating func add(_ text: UnsafeRawBufferPointer, map: [UInt8], to numbers: inout [Int32]) {
        precondition(map.count == 256)
        reserve(text.count + 1)
        map.withUnsafeBufferPointer { map in
            var place = 0
            let count = text.count
            while place < count {
                while place < count, map[Int(text[place])] == 0 { place += 1 }
                if place == count { break }
                var hash: UInt32 = 0x811c_9dc5
                var tail = end
                arena.withUnsafeMutableBufferPointer { arena in
                    while place < count {
                        let byte = map[Int(text[place])]
                        if byte == 0 { break }
                        hash = (hash ^ UInt32(byte)) &* 0x0100_0193
                        arena[tail] = byte
                        tail += 1
                        place += 1
                    }
                }
                numbers.append(number(ofWordAt: end..<tail, hash: hash))
            }
        }
    }

    /// The bytes of word `number`.
    package func bytes(of number: Int) -> ArraySlice<UInt8> {
        arena[starts[number]..<starts[number + 1]]
    }

    /// The number of the word that words of another table make, with `separator` between them.
    mutating func number(ofTerm numbers: ArraySlice<Int32>, from words: WordTable, separator: UInt8?) -> Int32 {
        reserve(numbers.reduce(0) { $0 + words.bytes(of: Int($1)).count + 1 })
        var hash: UInt32 = 0x811c_9dc5
        var tail = end
        func put(_ byte: UInt8) {
            hash = (hash ^ UInt32(byte)) &* 0x0100_0193
            arena[tail] = byte
            tail += 1
        }
        for place in numbers.indices {
            if place > numbers.startIndex, let separator { put(separator) }
            for byte in words.bytes(of: Int(numbers[place])) { put(byte) }
        }
        return number(ofWordAt: end..<tail, hash: hash)
    }

    // MARK: - Details

    /// Makes room for a text whose words are all new.
    mutating func reserve(_ count: Int) {
        if arena.count - end < count {
            arena.append(contentsOf: repeatElement(0, count: max(arena.count, count)))
        }
    }

    mutating func number(ofWordAt range: Range<Int>, hash: UInt32) -> Int32 {
        // The lowest bits of the plain hash are poor for short words.
        let hash = (hash ^ (hash >> 15)) &* 0x2c1b_3c6d
        var place = Int(hash >> 7) & mask
        while true {
            let slot = slots[place]
            if slot.number == 0 { break }
            if slot.hash == hash, isWord(Int(slot.number) - 1, at: range) {
                counts[Int(slot.number) - 1] &+= 1
                return slot.number - 1
            }
            place = (place + 1) & mask
        }
        let number = Int32(counts.count)
        slots[place] = Slot(hash: hash, number: number + 1)
        counts.append(1)
        end = range.upperBound
        starts.append(end)
        if counts.count * 2 > slots.count { grow() }
        return number
    }

    private func isWord(_ number: Int, at range: Range<Int>) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == range.count else { return false }
        return arena.withUnsafeBufferPointer { arena in
            for offset in 0..<range.count where arena[start + offset] != arena[range.lowerBound + offset] { return false }
            return true
        }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, number: 0), count: old.count * 2)
        mask = slots.count - 1
        for slot in old where slot.number != 0 {
            var place = Int(slot.hash >> 7) & mask
            while slots[place].number != 0 { place = (place + 1) & mask }
            slots[place] = slot
        }
    }
}
