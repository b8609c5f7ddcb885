import Documents

/// A setting given on the command line: `-S model.mlp.hidden=[64,4]`.
public struct Override {
    /// What stands in the place of a file's name in errors about such a setting.
    public static let source = "-S"

    let path: SettingPath
    let place: Place
    let value: Node

    /// Reads `path=value`; the value is YAML. Errors point into the argument.
    init?(_ argument: String, _ findings: inout Diagnostics) {
        let source = Source(name: Self.source, text: argument)
        let scalars = argument.unicodeScalars
        func place(_ from: Int, _ to: Int) -> Place {
            Place(source: source, start: Place.Mark(line: 1, scalars: from), end: Place.Mark(line: 1, scalars: to))
        }
        guard let equals = scalars.firstIndex(of: "=") else {
            findings.all.append(
                Diagnostic(
                    "no \"=\" in the setting", at: place(0, scalars.count), help: "write -S path=value, such as -S training.epochs=5"))
            return nil
        }
        let name = String(scalars[..<equals])
        let length = name.unicodeScalars.count
        guard let path = SettingPath(name) else {
            findings.all.append(Diagnostic("\"\(name)\" is no setting's path", at: place(0, length), help: "such as training.epochs"))
            return nil
        }
        // Spaces in the place of path and equals sign keep the columns of the value.
        let value = String(scalars[scalars.index(after: equals)...])
        let shifted = Source(name: Self.source, text: String(repeating: " ", count: length + 1) + value)
        var problems = Diagnostics()
        let isBlank = value.allSatisfy(\.isWhitespace)
        guard !isBlank, let node = Node.parse(shifted, into: &problems) else {
            if isBlank { problems = Diagnostics(Diagnostic("no value behind \"=\"", at: place(length, length + 1))) }
            findings.all += problems.all.map { $0.on(source) }
            return nil
        }
        findings.all += problems.all.map { $0.on(source) }
        self.path = path
        self.place = place(0, length)
        self.value = node.moved(to: source)
    }
}

extension Diagnostic {
    fileprivate func on(_ source: Source) -> Diagnostic {
        var moved = self
        if let line { moved.sourceLine = String(source.line(line)) }
        return moved
    }
}

extension Node {
    /// The same with its places in another text of the same layout.
    fileprivate func moved(to source: Source) -> Node {
        func there(_ place: Place) -> Place { Place(source: source, start: place.start, end: place.end) }
        switch content {
        case .scalar: return Node(content, at: there(place))
        case .list(let items): return Node(.list(items.map { $0.moved(to: source) }), at: there(place))
        case .map(let entries):
            let moved = entries.map { Entry(key: $0.key, keyPlace: there($0.keyPlace), value: $0.value.moved(to: source)) }
            return Node(.map(moved), at: there(place))
        }
    }
}
