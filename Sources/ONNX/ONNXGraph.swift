import Documents

/// A graph of ONNX operators under construction, and its form as a `ModelProto` (onnx.ai, `onnx.proto3`). Names of values inside begin with `/`, so that
/// they meet no column's name.
struct ONNXGraph {
    /// The types of a tensor's elements, by their numbers in `TensorProto.DataType`.
    enum ElementType: Int {
        case float = 1
        case integer = 7
        case text = 8
        case double = 11
    }

    /// A setting of an operator.
    enum Attribute {
        case integer(Int)
        case float(Float)
        case text(String)
        case integers([Int])
        case floats([Float])
        case texts([String])
    }

    /// A value that comes in or goes out: its length along the first axis is that of the batch.
    fileprivate struct Port {
        let name: String
        let type: ElementType
        /// The lengths of the other axes.
        let lengths: [Int]
    }

    private var nodes: [[UInt8]] = []
    private var tensors: [[UInt8]] = []
    private var inputs: [Port] = []
    private var outputs: [Port] = []
    private var count = 0
    /// How many bytes the tensors take.
    private(set) var tensorBytes = 0

    /// The names of what comes in.
    var inputNames: [String] { inputs.map(\.name) }

    // MARK: - Building

    /// A value that comes in; the same when it is asked for again.
    mutating func input(_ name: String, _ type: ElementType, lengths: [Int]) -> String {
        if !inputs.contains(where: { $0.name == name }) { inputs.append(Port(name: name, type: type, lengths: lengths)) }
        return name
    }

    /// Hands a value out under a name of its own.
    mutating func output(_ value: String, as name: String, _ type: ElementType, lengths: [Int]) {
        outputs.append(Port(name: name, type: type, lengths: lengths))
        node("Identity", [value], output: name)
    }

    /// Adds an operator with one output, and gives that one's name. `domain` is `ai.onnx.ml` for the operators of classical machine learning.
    @discardableResult
    mutating func node(
        _ kind: String, _ inputs: [String], _ attributes: KeyValuePairs<String, Attribute> = [:], domain: String = "", output: String? = nil
    ) -> String {
        node(kind, inputs, Array(attributes).map { ($0.key, $0.value) }, domain: domain, output: output)
    }

    /// The same with attributes in a list.
    mutating func node(
        _ kind: String, _ inputs: [String], _ attributes: [(String, Attribute)], domain: String = "", output: String? = nil
    ) -> String {
        count += 1
        let output = output ?? "/\(kind)_\(count)"
        var node = ProtobufWriter()
        for input in inputs { node.text(1, input) }
        node.text(2, output)
        node.text(3, "/node_\(count)")
        node.text(4, kind)
        for (name, value) in attributes {
            node.message(5) { attribute in
                attribute.text(1, name)
                value.write(to: &attribute)
            }
        }
        if !domain.isEmpty { node.text(7, domain) }
        nodes.append(node.bytes)
        return output
    }

    /// A constant tensor of single precision.
    mutating func tensor(_ values: [Float], shape: [Int]) -> String {
        tensor(.float, shape: shape, bytes: values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    }

    /// A constant tensor of double precision.
    mutating func tensor(_ values: [Double], shape: [Int]) -> String {
        tensor(.double, shape: shape, bytes: values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    }

    /// A constant tensor of whole numbers.
    mutating func tensor(_ values: [Int], shape: [Int]) -> String {
        tensor(.integer, shape: shape, bytes: values.flatMap { withUnsafeBytes(of: Int64($0).littleEndian, Array.init) })
    }

    private mutating func tensor(_ type: ElementType, shape: [Int], bytes: [UInt8]) -> String {
        count += 1
        let name = "/tensor_\(count)"
        var tensor = ProtobufWriter()
        for length in shape { tensor.integer(1, length) }
        tensor.integer(2, type.rawValue)
        tensor.text(8, name)
        tensor.bytes(9, bytes)
        tensorBytes += bytes.count
        tensors.append(tensor.bytes)
        return name
    }

    /// The same numbers under another shape.
    mutating func reshape(_ value: ONNXValue, to shape: [Int]) -> ONNXValue {
        ONNXValue(name: node("Reshape", [value.name, tensor([-1] + shape, shape: [shape.count + 1])]), shape: shape)
    }

    // MARK: - As a file

    /// The whole model: what made it, which versions of the operators it uses, the graph and facts by name.
    func model(
        name: String, note: String, version: String, irVersion: Int, opsets: KeyValuePairs<String, Int>,
        facts: KeyValuePairs<String, String>
    ) -> [UInt8] {
        var model = ProtobufWriter()
        model.integer(1, irVersion)
        model.text(2, "ablate")
        model.text(3, version)
        model.text(6, note)
        model.message(7) { graph in
            for node in nodes { graph.bytes(1, node) }
            graph.text(2, name)
            for tensor in tensors { graph.bytes(5, tensor) }
            for input in inputs { graph.message(11, input.write) }
            for output in outputs { graph.message(12, output.write) }
        }
        for (domain, version) in opsets {
            model.message(8) { opset in
                opset.text(1, domain)
                opset.integer(2, version)
            }
        }
        for (key, value) in facts {
            model.message(14) { fact in
                fact.text(1, key)
                fact.text(2, value)
            }
        }
        return model.bytes
    }
}

extension ONNXGraph.Port {
    /// A `ValueInfoProto`.
    func write(to info: inout ProtobufWriter) {
        info.text(1, name)
        info.message(2) { type in
            type.message(1) { tensor in
                tensor.integer(1, self.type.rawValue)
                tensor.message(2) { shape in
                    shape.message(1) { $0.text(2, "rows") }
                    for length in lengths { shape.message(1) { $0.integer(1, length) } }
                }
            }
        }
    }
}

extension ONNXGraph.Attribute {
    /// The value and its type, in an `AttributeProto`.
    func write(to attribute: inout ProtobufWriter) {
        switch self {
        case .float(let value):
            attribute.float(2, value)
            attribute.integer(20, 1)
        case .integer(let value):
            attribute.integer(3, value)
            attribute.integer(20, 2)
        case .text(let value):
            attribute.text(4, value)
            attribute.integer(20, 3)
        case .floats(let values):
            for value in values { attribute.float(7, value) }
            attribute.integer(20, 6)
        case .integers(let values):
            for value in values { attribute.integer(8, value) }
            attribute.integer(20, 7)
        case .texts(let values):
            for value in values { attribute.text(9, value) }
            attribute.integer(20, 8)
        }
    }
}
