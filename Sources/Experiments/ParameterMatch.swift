import Documents
import Settings

/// What a variant is to share with the baseline, so that they differ in shape alone: `match: parameters` beside its settings, or in a block of `sweep`.
public enum ParameterMatch: String, Hashable, Sendable {
    /// The number of trained parameters.
    case parameters

    static let key = "match"

    static let doc = """
        What is to stay as in the baseline: with parameters the widths of the hidden layers are multiplied by one factor, so that the network trains \
        as many numbers as the baseline's, as nearly as whole widths allow.
        """

    static let schema = Schema<ParameterMatch>.enumeration(
        "match", Choosable("parameters", .parameters, aliases: ["size", "parameter_count"], doc: "The number of trained parameters."))
}

extension Variant {
    /// Takes on the settings that give it its size, and tells the widths that it has by them.
    fileprivate mutating func become(_ settings: TrialSettings) {
        trial = Trial(settings)
        let widths = settings.model.hiddenWidths.map { String($0.width) }.joined(separator: ", ")
        changes = changes.map { $0.path == "model.mlp.hidden" ? Change(path: $0.path, text: "[\(widths)]") : $0 }
        changes.append(Change(path: ParameterMatch.key, text: ParameterMatch.parameters.rawValue))
    }
}

extension Experiment {
    /// Whether the size of some variant follows from the baseline's.
    public var hasMatches: Bool { variants.contains(where: \.isMatched) }

    /// The same, in which the variants that are matched have the settings that `solve` makes of theirs.
    ///
    /// - Throws: `Diagnostics` where `solve` throws them, or where two variants come to the same trial, all at once.
    public func matched(_ solve: (Variant) throws -> TrialSettings) throws -> Experiment {
        var solved = self
        var findings = Diagnostics()
        for index in variants.indices where variants[index].isMatched {
            do {
                solved.variants[index].become(try solve(variants[index]))
            } catch let found as Diagnostics {
                findings.all += found.all
            }
        }
        var first: [String: String] = [:]
        for variant in solved.variants {
            guard let other = first[variant.trial.canonical] else {
                first[variant.trial.canonical] = variant.name
                continue
            }
            findings.all.append(
                variant.diagnostic(
                    "with as many parameters as the baseline, \(variant.name) is the same as \(other)", at: "model",
                    help: "take one of them out; a width alone cannot be varied at equal size"))
        }
        guard findings.errorCount == 0 else { throw findings }
        return solved
    }
}
