/// What decoding has found so far, and where in the settings it stands.
public struct Decoding: Sendable {
    /// What is wrong.
    public var findings: Diagnostics
    /// The name of the setting that is being decoded, such as `epochs` or `hidden[1]`.
    public private(set) var setting: String
    /// Keys that stand misspelt, by the place of their map: they are told as such, and not as missing beside that.
    private var misspelt: [Place: Set<String>] = [:]

    /// Starts decoding something with a name, such as `the file`.
    public init(_ setting: String, findings: Diagnostics = Diagnostics()) {
        self.setting = setting
        self.findings = findings
    }

    /// Adds an error.
    public mutating func report(_ message: String, at place: Place, help: String? = nil) {
        findings.all.append(Diagnostic(message, at: place, help: help))
    }

    /// Takes a key of a map as misspelt, which has been reported.
    mutating func takeAsMisspelt(_ key: String, in node: Node) { misspelt[node.place, default: []].insert(key) }

    /// Whether a key of a map stands misspelt.
    func isMisspelt(_ key: String, in node: Node) -> Bool { misspelt[node.place]?.contains(key) ?? false }

    /// Decodes a setting of that name.
    public mutating func inside<Result>(_ name: String, _ body: (inout Decoding) -> Result) -> Result {
        let outer = setting
        setting = name
        defer { setting = outer }
        return body(&self)
    }

    /// Reports that the setting is of the wrong kind.
    package mutating func mismatch<Value>(_ node: Node, expected: String, help: String? = nil) -> Value? {
        report("\(setting) must be \(expected), found \(node.described)", at: node.place, help: help)
        return nil
    }

    /// Reports a number that lies within its range in 64 bits alone.
    mutating func mismatchInSinglePrecision<Value>(_ node: Node, _ value: Double, _ bounds: Bounds) -> Value? {
        let single = Bounds.single(value)
        let expected =
            single == 0 && bounds.holds(0) ? "0, or at least 1.2e-38 away from it" : bounds.words.isEmpty ? "a finite number" : bounds.words
        report(
            "\(setting) must be \(expected) in 32 bits, where \(node.described) is \(single.isFinite ? PlainValue.number(single).flowText : "infinite")",
            at: node.place, help: bounds.helpInSinglePrecision(single))
        return nil
    }

    /// Reports a word that is none of those known.
    package mutating func unknown(_ noun: String, _ word: String, known: [String], at place: Place, help: String? = nil) {
        let nearest = Suggestion.nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
        let list = known.isEmpty ? nil : "known \(noun.plural): \(known.joined(separator: ", "))"
        report("unknown \(noun) \"\(word.shortened)\"", at: place, help: help ?? nearest ?? list)
    }
}

extension Bounds {
    /// What to write instead of a number that is this one in 32 bits.
    fileprivate func helpInSinglePrecision(_ single: Double) -> String {
        if single == 0 { return "the smallest number of 32 bits is 1.2e-38" }
        if !single.isFinite { return "the largest number of 32 bits is 3.4e38" }
        return upper == 1 ? "the largest number below 1 in 32 bits is 0.99999994" : "write a number further away from the bound"
    }
}

extension Node {
    /// The value in a few words, for messages.
    package var described: String {
        switch content {
        case .list: "a list"
        case .map: "a map"
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: "nothing"
            case .text: "\"\(scalar.text.shortened)\""
            default: scalar.text.shortened
            }
        }
    }
}

extension String {
    /// The start of a long text, on one line.
    package var shortened: String {
        let line = replacing("\n", with: " ")
        return line.count > 40 ? line.prefix(39) + "…" : line
    }

    /// The plural of an English noun.
    package var plural: String {
        if hasSuffix("s") { return self + "es" }
        if hasSuffix("y") && !hasSuffix("ay") { return dropLast() + "ies" }
        return self + "s"
    }
}
