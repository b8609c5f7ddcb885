import Documents
import Experiments

/// A setting in which variants differ, with its value in each of them.
struct SweptSetting {
    /// In words, such as `learning rate` or `units of hidden layer 2`.
    let label: String
    /// By the variant's index, the baseline first; nil where the value is not known or the setting does not apply.
    let values: [SettingValue?]

    /// Whether all that is known are numbers.
    var isNumeric: Bool { values.allSatisfy { $0.map { $0.number != nil } ?? true } }

    /// Each value once: numbers in their order, others in the order of the variants.
    var distinct: [SettingValue] {
        var known: Set<SettingValue> = []
        let found = values.compactMap(\.self).filter { known.insert($0).inserted }
        return isNumeric ? found.sorted { ($0.number ?? 0) < ($1.number ?? 0) } : found
    }

    /// Few values are ticks of their own.
    static let fewValues = 6

    /// The numbers of some variants.
    func numbers(_ indices: some Sequence<Int>) -> [Double] { indices.compactMap { values[$0]?.number } }
}

/// A setting's value.
struct SettingValue: Hashable {
    /// Short enough for a tick.
    let text: String
    let number: Double?

    init(_ text: String) {
        let number = Double(text.replacing("_", with: "")).flatMap { $0.isFinite ? $0 : nil }
        self.number = number
        self.text = number.map(Self.text) ?? text.filter { !"{}".contains($0) }
    }

    init(_ number: Int) {
        self.number = Double(number)
        text = grouped(number)
    }

    /// For example `4,096`, `0.001`, `0.387`.
    static func text(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e7 { return grouped(Int(number)) }
        guard abs(number) >= 1e-4, abs(number) < 1e7 else { return significant(number, digits: 2) }
        let plain = "\(number)"
        let text = plain.count <= 6 ? plain : Digits(decimals: 2 - Digits.exponent(of: number)).text(abs(number))
        return number < 0 ? "−" + text.filter { $0 != "-" } : text
    }
}

extension Comparison {
    /// The settings in which variants differ, in the order in which they are changed.
    var sweptSettings: [SweptSetting] {
        let changes = results.map { Dictionary($0.variant.changes.map { ($0.path, $0.text) }) { _, last in last } }
        var known: Set<String> = []
        let paths = results.lazy.flatMap(\.variant.changes).map(\.path).filter { known.insert($0).inserted }
        return Array(paths).flatMap { path -> [SweptSetting] in
            let texts = changes.map { $0[path] }
            if path == "model.mlp.hidden", let found = hiddenSettings(texts) { return found }
            // Thousands of points have a handful of values.
            var known: [String: SettingValue] = [:]
            let own = texts.map { text -> SettingValue? in
                guard let text else { return nil }
                if let value = known[text] { return value }
                let value = SettingValue(text)
                known[text] = value
                return value
            }
            return [setting(Self.label(path), own, baseline: baselineValue(of: own))]
        }
        .filter(Self.varies)
    }

    private static func varies(_ setting: SweptSetting) -> Bool {
        Set(setting.values.dropFirst()).count > 1 || setting.values[0] != nil && setting.distinct.count > 1
    }

    /// What a named change leaves alone is as in the baseline; to a point of a sweep it may not apply.
    private func setting(_ label: String, _ own: [SettingValue?], baseline: SettingValue?) -> SweptSetting {
        SweptSetting(
            label: label,
            values: results.indices.map { $0 == 0 ? baseline : own[$0] ?? (results[$0].variant.origin == .ablate ? baseline : nil) })
    }

    /// For example `learning rate` for `training.optimizer.learning_rate`.
    private static func label(_ path: String) -> String {
        let prefix = ["training.optimizer.", "training.", "model.mlp.", "model.autoencoder.", "model."].first { path.hasPrefix($0) } ?? ""
        return String(path.dropFirst(prefix.count)).replacing("_", with: " ")
    }

    // MARK: - Hidden layers

    /// Widths of hidden layers as number and width where all layers of a network are alike, else by layer. Nil where there is neither.
    private func hiddenSettings(_ texts: [String?]) -> [SweptSetting]? {
        let units = NetworkDescription(baseline.variant.trial).layers.filter(\.setsWidth).compactMap { $0.settings["units"] }.dropLast()
        guard let standing = Self.widths(units.joined(separator: ",")) else { return nil }
        let found = texts.map { $0.map { Self.widths(String($0.filter { !"[]".contains($0) })) } }
        guard found.allSatisfy({ $0 == nil || $0 != .some(nil) }) else { return nil }
        let all = found.map { $0.flatMap(\.self) ?? standing }
        if all.allSatisfy({ Set($0).count <= 1 }) {
            let usual = standing.first.map { SettingValue($0) }
            return [
                SweptSetting(label: "number of hidden layers", values: all.map { SettingValue($0.count) }),
                SweptSetting(label: "width of the hidden layers", values: all.map { $0.first.map { SettingValue($0) } ?? usual }),
            ]
        }
        guard Set(all.map(\.count)).count == 1 else { return nil }
        return standing.indices.map { layer in
            let label = standing.count == 1 ? "units of the hidden layer" : "units of hidden layer \(layer + 1)"
            return SweptSetting(label: label, values: all.map { SettingValue($0[layer]) })
        }
    }

    private static func widths(_ text: String) -> [Int]? {
        let parts = text.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        let widths = parts.compactMap(\.self)
        return widths.count == parts.count ? widths : nil
    }

    // MARK: - The baseline's value

    /// So many variants are enough to find which setting follows a change.
    private static let followedCount = 40

    /// What the baseline has where variants have `own`: the resolved settings that follow the change in every variant tell it. Nil where none does, or they differ.
    private func baselineValue(of own: [SettingValue?]) -> SettingValue? {
        let indices = own.indices.filter { $0 > 0 && own[$0] != nil }.prefix(Self.followedCount)
        let standing = Self.leaves(baseline.variant)
        var following = Set(standing.keys)
        for index in indices {
            let leaves = Self.leaves(results[index].variant)
            following = following.filter { leaves[$0] == own[index] }
        }
        let values = Set(following.compactMap { standing[$0] })
        // Settings that happen to have the same value everywhere follow nothing.
        let moved = values.filter { value in !indices.allSatisfy { own[$0] == value } }
        return moved.count == 1 ? moved.first : moved.isEmpty && values.count == 1 ? values.first : nil
    }

    /// Every resolved setting by its path.
    private static func leaves(_ variant: Variant) -> [String: SettingValue] {
        var found: [String: SettingValue] = [:]
        func add(_ value: JSONValue, _ path: String) {
            if let members = value.object {
                for (key, member) in members { add(member, path + "." + key) }
            } else if let elements = value.array {
                for (index, element) in elements.enumerated() { add(element, "\(path)[\(index)]") }
            } else {
                found[path] = SettingValue(value.plainText)
            }
        }
        if let tree = try? JSONValue(parsing: variant.trial.canonical) { add(tree, "") }
        return found
    }
}
