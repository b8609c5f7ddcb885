import Documents

/// What is wrong with variants, each thing told once: where it comes from, and in which of them, where others that have the same values are right.
///
/// Numbers in messages do not make two findings of one: "found 0.93" and "found 0.97" at one place are one finding in two points.
public struct VariantFindings {
    private var groups: [Group] = []
    private var places: [Key: Int] = [:]
    private var known: Set<Diagnostic>
    /// How many variants have a value, by where it stands.
    private var holders: [Place: Int] = [:]
    private var total: [Variant.Origin: Int] = [:]

    private struct Key: Hashable {
        let origin: Variant.Origin
        let file: String
        let line: Int?
        let column: Int?
        let message: String
    }

    private struct Group {
        let finding: Diagnostic
        let origin: Variant.Origin
        let first: String
        /// What the variants of the group have in common.
        var common: [Setting]
        /// What the first of them changes.
        let settings: [Setting]
        var count = 1
    }

    /// - `known`: what is wrong with the baseline, which is told already.
    public init(known: [Diagnostic] = []) {
        self.known = Set(known)
    }

    /// Counts a variant, whether something is wrong with it or not.
    public mutating func look(at variant: Variant) { look(at: variant.settings, origin: variant.origin) }

    mutating func look(at settings: [Setting], origin: Variant.Origin) {
        total[origin, default: 0] += 1
        for setting in settings { holders[setting.value.place, default: 0] += 1 }
    }

    /// Adds what is wrong with a variant.
    public mutating func add(_ finding: Diagnostic, of variant: Variant) {
        add(finding, of: variant.name, variant.settings, origin: variant.origin)
    }

    mutating func add(_ finding: Diagnostic, of name: String, _ settings: [Setting], origin: Variant.Origin) {
        if known.contains(finding) { return }
        // What the baseline has, all others have as well.
        if settings.isEmpty { known.insert(finding) }
        let message = String(finding.message.unicodeScalars.filter { !("0"..."9").contains($0) && $0 != "." && $0 != "-" })
        let key = Key(
            origin: origin, file: finding.file, line: finding.line, column: finding.columns?.lowerBound, message: message)
        guard let place = places[key] else {
            places[key] = groups.count
            groups.append(Group(finding: finding, origin: origin, first: name, common: settings, settings: settings))
            return
        }
        groups[place].count += 1
        groups[place].common.removeAll { one in
            !settings.contains {
                $0.path == one.path && $0.value.place == one.value.place && PlainValue($0.value) == PlainValue(one.value)
            }
        }
    }

    /// Moves what was found since there were `count` findings here.
    mutating func take(_ findings: inout Diagnostics, since count: Int, of name: String, _ settings: [Setting], origin: Variant.Origin) {
        guard findings.all.count > count else { return }
        for finding in findings.all[count...] { add(finding, of: name, settings, origin: origin) }
        findings.all.removeSubrange(count...)
    }

    /// All of it.
    public var told: [Diagnostic] { groups.map(told) }

    private func told(_ group: Group) -> Diagnostic {
        var finding = group.finding
        guard finding.line != nil, !group.settings.isEmpty else { return finding }
        let own = group.settings.first { finding.lies(in: $0.value.place) || finding.lies(in: $0.place) }
        let source = own ?? group.common.first ?? group.settings.first
        let whole = total[group.origin, default: 0]
        // How many variants would have it if its source alone were to blame.
        let isOneValue = source.map { one in group.common.contains { $0.path == one.path } } ?? false
        let holders = isOneValue ? source.map { self.holders[$0.value.place, default: 0] } ?? 0 : whole
        if own == nil, let source {
            let values = (group.common.isEmpty ? group.settings : group.common)
                .map { "\($0.path) = \(PlainValue($0.value).flowText)" }.joined(separator: ", ")
            let line = finding.line.map { " (line \($0))" } ?? ""
            finding = Diagnostic("with \(values): \(finding.message)\(line)", at: source.value.place, help: finding.help)
        }
        let isPlain = own == nil ? group.count == 1 || (group.common.count == 1 && group.count == holders) : group.count >= holders
        if isPlain { return finding }
        finding.message += " (in \(group.count.grouped) of \(whole.grouped) \(group.origin == .sweep ? "points" : "variants")"
        finding.message += ", \(group.count == 1 ? "" : "first: ")\(group.first))"
        return finding
    }
}

extension Diagnostic {
    /// Whether the finding starts within a place.
    fileprivate func lies(in place: Place) -> Bool {
        guard let line, file == place.source.name, line >= place.start.line, line <= place.end.line else { return false }
        guard place.start.line == place.end.line, let columns else { return true }
        return columns.lowerBound >= place.column && columns.lowerBound < place.endColumn
    }
}
