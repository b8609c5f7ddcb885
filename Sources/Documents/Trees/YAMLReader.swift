import CLibYAML

extension Node {
    /// How deep lists and maps may lie in each other.
    public static let depthLimit = 64
    /// How many values a document may have once its aliases are written out.
    public static let countLimit = 100_000

    /// Reads one YAML document from libyaml's events.
    ///
    /// What is wrong goes to `findings`. Duplicate keys leave a tree, the first of them counts; where the text is not YAML there is none.
    public static func parse(_ source: Source, into findings: inout Diagnostics) -> Node? {
        let scalars = source.text.unicodeScalars
        if let culprit = scalars.firstIndex(where: { !$0.isAllowedInYAML }) {
            findings.all.append(controlCharacter(at: culprit, in: source))
            return nil
        }
        var text = source.text
        return text.withUTF8 { bytes in
            var reader = YAMLReader(source: source)
            defer { reader.close() }
            do throws(Diagnostic) {
                let node = try reader.document(bytes)
                findings.all += reader.findings
                return node
            } catch {
                findings.all += reader.findings + [error]
                return nil
            }
        }
    }

    private static func controlCharacter(at index: String.Index, in source: Source) -> Diagnostic {
        let scalars = source.text.unicodeScalars
        let scalar = scalars[index]
        let before = Source(name: source.name, text: String(scalars[..<index]))
        let mark = Place.Mark(line: before.lines.count, scalars: before.line(before.lines.count).unicodeScalars.count)
        let place = Place(source: source, start: mark, end: Place.Mark(line: mark.line, scalars: mark.scalars + 1))
        let code = String(scalar.value, radix: 16, uppercase: true)
        return Diagnostic(
            "control character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)", at: place,
            help: "remove it; inside \"…\" it may be written as an escape")
    }
}

extension Unicode.Scalar {
    /// YAML's printable characters.
    fileprivate var isAllowedInYAML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

// MARK: - Events to nodes

/// Builds nodes from libyaml's events.
private struct YAMLReader {
    let source: Source
    var findings: [Diagnostic] = []
    /// On the heap, because libyaml keeps pointers to it in itself.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private var anchors: [String: Anchored] = [:]
    private var unfinished: Set<String> = []
    private var count = 0

    /// A node that an alias may repeat, with what it costs to do so.
    struct Anchored {
        var node: Node
        var count: Int
        var height: Int
    }

    init(source: Source) {
        self.source = source
        parser.initialize(to: yaml_parser_t())
    }

    func close() {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    mutating func document(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Node {
        guard yaml_parser_initialize(parser) == 1 else {
            throw Diagnostic(file: source.name, message: "not enough memory to read the file")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        _ = try next()
        guard try next().type == YAML_DOCUMENT_START_EVENT else {
            let isBlank = source.text.allSatisfy(\.isWhitespace)
            throw Diagnostic(file: source.name, message: isBlank ? "the file is empty" : "the file holds nothing but comments")
        }
        let root = try node(from: next(), depth: 0).node
        _ = try next()
        let after = try next()
        guard after.type == YAML_STREAM_END_EVENT else {
            throw Diagnostic("a second document starts here", at: after.place, help: "one file holds one document; remove this line")
        }
        return root
    }

    private mutating func node(from event: Event, depth: Int) throws(Diagnostic) -> Anchored {
        count += 1
        guard depth <= Node.depthLimit else {
            throw Diagnostic("lists and maps lie more than \(Node.depthLimit) deep in each other", at: event.place)
        }
        try checkCount(at: event.place)
        if let tag = event.tag {
            let tag = tag.replacing("tag:yaml.org,2002:", with: "!!")
            throw Diagnostic("the tag \"\(tag)\" is not understood", at: event.place, help: "leave it out; quotes make text of a number")
        }
        if let anchor = event.anchor, event.type != YAML_ALIAS_EVENT { unfinished.insert(anchor) }
        let result: Anchored
        switch event.type {
        case YAML_SCALAR_EVENT:
            result = Anchored(node: Node(.scalar(event.scalar), at: event.place), count: 1, height: 0)
        case YAML_SEQUENCE_START_EVENT:
            result = try list(from: event, depth: depth)
        case YAML_MAPPING_START_EVENT:
            result = try map(from: event, depth: depth)
        default:
            return try alias(event, depth: depth)
        }
        if let anchor = event.anchor {
            unfinished.remove(anchor)
            anchors[anchor] = result
        }
        return result
    }

    private mutating func list(from start: Event, depth: Int) throws(Diagnostic) -> Anchored {
        var items: [Node] = []
        var result = Anchored(node: Node(.list([]), at: start.place), count: 1, height: 1)
        while true {
            let event = try next()
            if event.type == YAML_SEQUENCE_END_EVENT {
                let place = start.isFlow ? start.place.through(event.place) : items.last.map { start.place.through($0.place) }
                result.node = Node(.list(items), at: place ?? start.place)
                return result
            }
            let item = try node(from: event, depth: depth + 1)
            result.add(item)
            items.append(item.node)
        }
    }

    private mutating func map(from start: Event, depth: Int) throws(Diagnostic) -> Anchored {
        var entries: [Node.Entry] = []
        var lines: [String: Int] = [:]
        var result = Anchored(node: Node(.map([]), at: start.place), count: 1, height: 1)
        while true {
            let event = try next()
            if event.type == YAML_MAPPING_END_EVENT {
                let place = start.isFlow ? start.place.through(event.place) : entries.last.map { start.place.through($0.value.place) }
                result.node = Node(.map(entries), at: place ?? start.place)
                return result
            }
            let keyNode = try node(from: event, depth: depth + 1)
            guard case .scalar(let scalar) = keyNode.node.content else {
                throw Diagnostic("a list or map cannot be a key", at: event.place, help: "a key is plain text")
            }
            if scalar.text == "<<", !scalar.isQuoted {
                throw Diagnostic(
                    "merge keys (<<) are not understood", at: event.place,
                    help: "write the keys out; an alias such as *name can stand for a whole value")
            }
            let value = try node(from: next(), depth: depth + 1)
            result.add(keyNode)
            result.add(value)
            let key = scalar.text
            if let line = lines[key] {
                findings.append(Diagnostic("duplicate key \"\(key)\"", at: event.place, help: "it stands on line \(line) already"))
            } else {
                lines[key] = event.place.line
                entries.append(Node.Entry(key: key, keyPlace: event.place, value: value.node))
            }
        }
    }

    private mutating func alias(_ event: Event, depth: Int) throws(Diagnostic) -> Anchored {
        let name = event.anchor ?? ""
        if unfinished.contains(name) { throw Diagnostic("the alias \"*\(name)\" stands inside what it repeats", at: event.place) }
        guard let known = anchors[name] else {
            let near = Suggestion.nearest(to: name, among: anchors.keys.sorted())
            throw Diagnostic(
                "unknown alias \"*\(name)\"", at: event.place,
                help: near.map { "did you mean \"*\($0)\"?" } ?? "text that starts with * needs quotes")
        }
        count += known.count - 1
        try checkCount(at: event.place)
        guard depth + known.height <= Node.depthLimit else {
            throw Diagnostic("with this alias lists and maps lie more than \(Node.depthLimit) deep in each other", at: event.place)
        }
        return known
    }

    private func checkCount(at place: Place) throws(Diagnostic) {
        guard count > Node.countLimit else { return }
        throw Diagnostic(
            "more than \(Node.countLimit.grouped) values, aliases written out", at: place, help: "is it the right file?")
    }
}

extension YAMLReader.Anchored {
    fileprivate mutating func add(_ child: YAMLReader.Anchored) {
        count += child.count
        height = max(height, child.height + 1)
    }
}

// MARK: - libyaml's events and errors

/// What is used of one of libyaml's events.
private struct Event {
    var type: yaml_event_type_t
    var place: Place
    var anchor: String?
    var tag: String?
    var scalar = Scalar(text: "")
    var isFlow = false
}

extension YAMLReader {
    private func next() throws(Diagnostic) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw syntaxProblem() }
        defer { yaml_event_delete(&raw) }
        let place = Place(source: source, start: Place.Mark(raw.start_mark), end: Place.Mark(raw.end_mark))
        var event = Event(type: raw.type, place: place)
        switch raw.type {
        case YAML_SCALAR_EVENT:
            let data = raw.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
            event.scalar = Scalar(text: text, isQuoted: data.style != YAML_PLAIN_SCALAR_STYLE)
            event.anchor = string(data.anchor)
            event.tag = string(data.tag)
        case YAML_SEQUENCE_START_EVENT:
            event.anchor = string(raw.data.sequence_start.anchor)
            event.tag = string(raw.data.sequence_start.tag)
            event.isFlow = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        case YAML_MAPPING_START_EVENT:
            event.anchor = string(raw.data.mapping_start.anchor)
            event.tag = string(raw.data.mapping_start.tag)
            event.isFlow = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
        case YAML_ALIAS_EVENT:
            event.anchor = string(raw.data.alias.anchor)
        default:
            break
        }
        return event
    }

    private func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func syntaxProblem() -> Diagnostic {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text is not YAML"
        let context = parser.pointee.context.map { String(cString: $0) } ?? ""
        return SyntaxProblem(
            problem: problem, context: context, mark: Place.Mark(parser.pointee.problem_mark),
            contextMark: Place.Mark(parser.pointee.context_mark)
        ).diagnostic(in: source)
    }
}

extension Place.Mark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, scalars: Int(mark.column))
    }
}
