import Documents

/// The node of a text, or the errors.
func parse(_ text: String, name: String = "file.yaml") -> (node: Node?, findings: Diagnostics) {
    var findings = Diagnostics()
    let node = Node.parse(Source(name: name, text: text), into: &findings)
    return (node, findings)
}

extension Diagnostics {
    /// A line for each finding: `line:column message | help`.
    var brief: [String] {
        sorted.map { finding in
            let place = finding.line.map { "\($0):\(finding.columns.map { String($0.lowerBound) } ?? "") " } ?? ""
            return place + finding.message + (finding.help.map { " | \($0)" } ?? "")
        }
    }
}
