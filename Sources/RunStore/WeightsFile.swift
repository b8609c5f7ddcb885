import Documents
import FileSystem

/// `weights.safetensors`, the public format: the header's length (8 bytes, little-endian), a JSON header that gives each tensor its type,
/// shape and place, then the tensors' bytes. Source: https://huggingface.co/docs/safetensors.
extension NamedTensor {
    /// Writes these tensors as a file of a folder.
    package static func write(_ tensors: [NamedTensor], as name: String, in folder: Folder, isSynced: Bool) throws(StoreError)
        -> RecordedFile
    {
        let header = try safetensorsHeader(tensors)
        let written = try stored { () throws(FileFault) in
            try folder.write(name, isSynced: isSynced) { (file: inout FileSink) throws(FileFault) in
                try file.append(header)
                for tensor in tensors { try file.append(tensor.values) }
            }
        }
        return RecordedFile(written)
    }

    /// The length and the header, filled with spaces so that the data begins at a multiple of 8 bytes.
    private static func safetensorsHeader(_ tensors: [NamedTensor]) throws(StoreError) -> [UInt8] {
        var members: [String: JSONValue] = ["__metadata__": .object(["format": .string("ablate")])]
        var offset = 0
        for tensor in tensors {
            guard members[tensor.name] == nil else { throw .inconsistent("two tensors are named \(tensor.name)") }
            let count = product(of: tensor.shape)
            guard count == tensor.values.count else {
                throw .inconsistent("tensor \(tensor.name) of shape \(tensor.shape) has \(tensor.values.count) values")
            }
            let end = offset + tensor.values.count * 4
            members[tensor.name] = .object([
                "dtype": .string("F32"), "shape": .array(tensor.shape.map(JSONValue.integer)),
                "data_offsets": .array([.integer(offset), .integer(end)]),
            ])
            offset = end
        }
        var json = Array(JSONValue.object(members).compactText.utf8)
        json += Array(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(json.count).littleEndian, Array.init) + json
    }

    /// Reads every tensor from the bytes of a safetensors file that holds nothing but F32; `path` is for the error.
    package static func read(_ bytes: [UInt8], path: String) throws(DamagedFile) -> [NamedTensor] {
        func damaged(_ what: String) -> DamagedFile { DamagedFile(path: path, reason: .form(what)) }
        guard bytes.count >= 8 else { throw damaged("is shorter than a safetensors header") }
        let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let headerLength = Int(exactly: length), headerLength <= bytes.count - 8 else {
            throw damaged("is shorter than its header says")
        }
        let header: JSONValue
        do { header = try JSONValue(parsing: Array(bytes[8..<8 + headerLength])) } catch { throw damaged("header: \(error)") }
        var tensors: [(start: Int, tensor: NamedTensor)] = []
        for (name, entry) in header.object ?? [:] where name != "__metadata__" {
            let dataStart = 8 + headerLength
            guard entry["dtype"] == .string("F32"), let shape = entry["shape"]?.array?.compactMap(\.integer),
                let offsets = entry["data_offsets"]?.array?.compactMap(\.integer), offsets.count == 2,
                offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= bytes.count - dataStart,
                let count = product(of: shape), count == (offsets[1] - offsets[0]) / 4, (offsets[1] - offsets[0]) % 4 == 0
            else { throw damaged("tensor \(name) does not fit the file") }
            let values = bytes.withUnsafeBytes { buffer in
                [Float](unsafeUninitializedCapacity: count) { values, initialized in
                    let slice = buffer[dataStart + offsets[0]..<dataStart + offsets[1]]
                    UnsafeMutableRawBufferPointer(values).copyMemory(from: UnsafeRawBufferPointer(rebasing: slice))
                    initialized = count
                }
            }
            tensors.append((offsets[0], NamedTensor(name: name, shape: shape, values: values)))
        }
        return tensors.sorted { ($0.start, $0.tensor.name) < ($1.start, $1.tensor.name) }.map(\.tensor)
    }

    private static func product(of shape: [Int]) -> Int? {
        var product = 1
        for length in shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: length)
            guard length >= 0, !overflow else { return nil }
            product = next
        }
        return product
    }
}
