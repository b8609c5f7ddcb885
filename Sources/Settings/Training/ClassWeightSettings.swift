import Documents

/// How much an example of a class counts in training.
public enum ClassWeightSettings: Hashable, Sendable {
    /// Rows / (classes · rows of the class): every class counts as much in all.
    case balanced
    /// A weight for each class by its name; classes without one count once.
    case given([String: Double])
}

// MARK: - In the file

extension ClassWeightSettings {
    package static let schema = Schema<ClassWeightSettings>.either(
        .enumeration("class weighting", Choosable("balanced", .balanced, doc: "Every class counts as much in all.")),
        Schema<[Keyed<Double>]>.map(of: "class", to: .number(.atLeast(0).inSinglePrecision)).mapped(
            to: { entries in .given(Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })) },
            from: { weights in
                guard case .given(let weights) = weights else { return [] }
                return weights.sorted { $0.key < $1.key }.map { Keyed(key: $0.key, value: $0.value) }
            }), writing: { if case .balanced = $0 { 0 } else { 1 } })
}
