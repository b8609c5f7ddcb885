import FoundationEssentials

/// An array of numbers as NumPy's `.npy` format holds it.
struct NumPyArray: Sendable {
    /// How a number is written.
    enum Element: Character {
        case float = "f"
        case signed = "i"
        case unsigned = "u"
        case boolean = "b"
    }

    /// The lengths of the axes.
    let shape: [Int]
    private let element: Element
    private let size: Int
    private let isBigEndian: Bool
    private let isColumnMajor: Bool
    private let bytes: [UInt8]
    private let start: Int

    /// The length of the first axis.
    var rowCount: Int { shape.first ?? 1 }
    /// How many numbers a row has.
    let width: Int

    /// Numbers of `bytes` from `start` on, row-major.
    init(shape: [Int], element: Element, size: Int, isBigEndian: Bool, bytes: [UInt8], start: Int) {
        (self.shape, self.element, self.size, self.isBigEndian, self.bytes, self.start) = (shape, element, size, isBigEndian, bytes, start)
        isColumnMajor = false
        width = shape.dropFirst().reduce(1, *)
    }

    /// These numbers, row-major.
    init(_ numbers: [Float], shape: [Int]) {
        self.init(
            shape: shape, element: .float, size: 4, isBigEndian: false, bytes: numbers.withUnsafeBytes { [UInt8]($0) }, start: 0)
    }

    /// Reads the bytes of a `.npy` file; the error says in words what is wrong.
    init(_ bytes: [UInt8]) throws(ContentProblem) {
        guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 12 else { throw ContentProblem(text: "it is no .npy file") }
        let isLong = bytes[6] >= 2
        let length = isLong ? (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) } : Int(bytes[8]) | Int(bytes[9]) << 8
        let headerStart = isLong ? 12 : 10
        guard length <= bytes.count - headerStart else { throw ContentProblem(text: "its header is cut off") }
        let header = String(decoding: bytes[headerStart..<headerStart + length], as: UTF8.self)
        guard let type = Self.value("descr", in: header)?.filter({ $0 != "'" && $0 != "\"" }), let order = type.first,
            let size = Int(type.dropFirst(2)), let element = type.dropFirst().first.flatMap(Element.init), "<>|=".contains(order),
            [1, 2, 4, 8].contains(size), element != .float || size >= 2
        else {
            throw ContentProblem(text: "it holds no plain numbers; write integers, booleans or floating-point numbers of 16, 32 or 64 bits")
        }
        guard let tuple = Self.value("shape", in: header) else { throw ContentProblem(text: "its header has no shape") }
        let shape = tuple.split { !$0.isNumber }.compactMap { Int($0) }
        guard !shape.isEmpty else { throw ContentProblem(text: "it is a single number; an array was expected") }
        isColumnMajor = Self.value("fortran_order", in: header)?.hasPrefix("T") == true && shape.count > 1
        if isColumnMajor, shape.count > 2 { throw ContentProblem(text: "it is in Fortran order; write it with numpy.ascontiguousarray") }
        var count = 1
        for length in shape {
            let product = count.multipliedReportingOverflow(by: length)
            guard !product.overflow, product.partialValue <= Int(Int32.max) else { throw ContentProblem(text: "it is too large") }
            count = product.partialValue
        }
        guard count * size <= bytes.count - headerStart - length else { throw ContentProblem(text: "its numbers are cut off") }
        self.shape = shape
        self.element = element
        self.size = size
        self.bytes = bytes
        isBigEndian = order == ">"
        start = headerStart + length
        width = shape[0] > 0 ? count / shape[0] : 0
    }

    /// The numbers of one column, axes behind the first laid out one after the other.
    func column(_ column: Int) -> [Double] {
        bytes.withUnsafeBytes { bytes in
            (0..<rowCount).map { row in
                number(bytes, at: start + (isColumnMajor ? column * rowCount + row : row * width + column) * size)
            }
        }
    }

    /// The numbers of one column as text: whole ones to the last digit, whatever their size.
    func texts(_ column: Int) -> [String] {
        guard element == .signed || element == .unsigned else {
            return self.column(column).map { $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)" }
        }
        return bytes.withUnsafeBytes { bytes in
            (0..<rowCount).map { row in
                let bits = bits(bytes, at: start + (isColumnMajor ? column * rowCount + row : row * width + column) * size)
                return element == .unsigned ? "\(bits)" : "\(signed(bits))"
            }
        }
    }

    // MARK: - Details

    private func bits(_ bytes: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
        var bits: UInt64 = 0
        for offset in 0..<size { bits |= UInt64(bytes[place + (isBigEndian ? size - 1 - offset : offset)]) << UInt64(8 * offset) }
        return bits
    }

    private func signed(_ bits: UInt64) -> Int64 {
        let unused = UInt64(64 - 8 * size)
        return Int64(bitPattern: bits << unused) >> Int64(unused)
    }

    private func number(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Double {
        let bits = bits(bytes, at: place)
        switch element {
        case .float where size == 2: return Self.half(UInt16(truncatingIfNeeded: bits))
        case .float: return size == 4 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
        case .unsigned: return Double(bits)
        case .boolean: return bits == 0 ? 0 : 1
        case .signed: return Double(signed(bits))
        }
    }

    /// The number of sixteen bits: sign, five bits of exponent, ten of fraction.
    private static func half(_ bits: UInt16) -> Double {
        let fraction = Double(bits & 0x3ff)
        let magnitude: Double =
            switch bits >> 10 & 0x1f {
            case 0: fraction * 0x1p-24
            case 0x1f: fraction == 0 ? .infinity : .nan
            case let exponent: (1024 + fraction) * Double(sign: .plus, exponent: Int(exponent) - 25, significand: 1)
            }
        return bits >> 15 == 1 ? -magnitude : magnitude
    }

    /// What stands behind a key of the header, a dictionary as Python writes it.
    private static func value(_ key: String, in header: String) -> String? {
        guard let found = header.firstRange(of: "'\(key)':") else { return nil }
        let rest = header[found.upperBound...].drop { $0 == " " }
        if rest.first == "(" { return rest.firstIndex(of: ")").map { String(rest[...$0]) } }
        return String(rest.prefix { $0 != "," && $0 != "}" })
    }
}
