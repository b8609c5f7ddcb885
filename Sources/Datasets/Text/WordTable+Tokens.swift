import Settings

extension WordTable {
    /// Splits a text and appends the numbers of its words.
    mutating func add(_ text: UnsafeRawBufferPointer, tokens: Tokens, isLatin1: Bool, to numbers: inout [Int32]) {
        switch tokens {
        case .keras: add(text, map: isLatin1 ? Tokenizer.latin1Words : Tokenizer.plainWords, to: &numbers)
        case .words: addAlphanumericWords(text, to: &numbers)
        case .characters: addCharacters(text, isLatin1: isLatin1, to: &numbers)
        }
    }

    /// Appends the numbers of a text's characters, ASCII letters in lower case. Zeros, which separate words on disk, are left out.
    private mutating func addCharacters(_ text: UnsafeRawBufferPointer, isLatin1: Bool, to numbers: inout [Int32]) {
        reserve(text.count + 1)
        var place = 0
        while place < text.count {
            let lead = text[place]
            let length = isLatin1 || lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
            let stop = min(place + length, text.count)
            var hash: UInt32 = 0x811c_9dc5
            var tail = end
            for offset in place..<stop {
                let byte = text[offset]
                let lower = (0x41...0x5a).contains(byte) ? byte + 0x20 : byte
                hash = (hash ^ UInt32(lower)) &* 0x0100_0193
                arena[tail] = lower
                tail += 1
            }
            place = stop
            if lead != 0 { numbers.append(number(ofWordAt: end..<tail, hash: hash)) }
        }
    }

    /// Splits a UTF-8 text into the words `[a-z0-9]+('[a-z]+)?` of its lower-case form and appends their numbers.
    mutating func addAlphanumericWords(_ text: UnsafeRawBufferPointer, to numbers: inout [Int32]) {
        reserve(text.count + 1)
        Self.alphanumeric.withUnsafeBufferPointer { map in
            var place = 0
            while place < text.count {
                while place < text.count, map[Int(text[place])] == 0 { place += 1 }
                if place == text.count { break }
                var tail = end
                var hash: UInt32 = 0x811c_9dc5
                arena.withUnsafeMutableBufferPointer { arena in
                    func put(_ byte: UInt8) {
                        hash = (hash ^ UInt32(byte)) &* 0x0100_0193
                        arena[tail] = byte
                        tail += 1
                        place += 1
                    }
                    while place < text.count, map[Int(text[place])] != 0 { put(map[Int(text[place])]) }
                    guard place + 1 < text.count, text[place] == Self.apostrophe, Self.isLetter(map[Int(text[place + 1])]) else { return }
                    put(Self.apostrophe)
                    while place < text.count, Self.isLetter(map[Int(text[place])]) { put(map[Int(text[place])]) }
                }
                numbers.append(number(ofWordAt: end..<tail, hash: hash))
            }
        }
    }

    private static let apostrophe = UInt8(ascii: "'")

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 }

    /// ASCII letters in lower case and digits; 0 for every other byte.
    private static let alphanumeric: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case 0x30...0x39, 0x61...0x7a: byte
        case 0x41...0x5a: byte + 0x20
        default: 0
        }
    }
}
