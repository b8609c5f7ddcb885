import Documents
import Experiments
import Statistics

/// What single settings do, and figures printed elsewhere, for programs.
extension Comparison {
    /// What was found by a design; nil where nothing can be told yet.
    func designFacts(_ design: Design) -> JSONValue? {
        switch design {
        case .grid(let grid): effects(of: grid).map { Self.facts(of: $0, grid.factors) }
        case .leaveOneOut(let components): Self.facts(of: worths(of: components))
        case .search(let search): importance(of: search).map { Self.facts(of: $0) }
        }
    }

    private static func facts(of effects: FactorialEffects, _ factors: [Design.Factor]) -> JSONValue {
        func members(_ step: Factorial.Step) -> [String: JSONValue] {
            switch factors[step.setting] {
            case .change(let name): ["setting": .string(name), "from": .bool(false), "to": .bool(true)]
            case .setting(let name, let levels):
                ["setting": .string(name), "from": .string(levels[step.base]), "to": .string(levels[step.level])]
            }
        }
        return .object([
            "kind": .string("grid"), "effects": .array(effects.mains.map { $0.judgement.facts(members($0.step)) }),
            "interactions": .array(
                effects.interactions.map {
                    $0.judgement.facts(["first": .object(members($0.first)), "second": .object(members($0.second))])
                }),
        ])
    }

    private static func facts(of worths: [(component: String, judgement: Judgement)]) -> JSONValue? {
        worths.isEmpty
            ? nil
            : .object([
                "kind": .string("leave_one_out"),
                "components": .array(worths.map { $0.judgement.facts(["component": .string($0.component)]) }),
            ])
    }

    private static func facts(of importance: SearchImportance) -> JSONValue {
        .object([
            "kind": .string("search"), "explained": .number(importance.explained),
            "settings": .array(
                importance.settings.map { setting in
                    var facts: [String: JSONValue] = [
                        "setting": .string(setting.name.filter { $0 != "`" }), "share": .number(setting.share.mean),
                        "share_deviation": .number(setting.share.deviation),
                    ]
                    facts["best"] = setting.best.map(JSONValue.string)
                    return .object(facts)
                }),
        ])
    }
}

extension Comparison.Finding {
    var facts: JSONValue {
        var facts: [String: JSONValue] = [
            "variant": .string(reference.variant), "figure": .string(reference.figure), "value": .number(reference.value),
            "ours": .string(ours), "verdict": .string(verdict),
        ]
        facts["epoch"] = reference.epoch.map(JSONValue.integer)
        facts["agrees"] = agrees.map(JSONValue.bool)
        return .object(facts)
    }
}
