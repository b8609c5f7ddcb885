import Documents
import Experiments
import Foundation
import Reports
import RunStore
import Testing

/// The facts of a report for programs.
@Suite struct FactsTests {
    private func facts(_ experiment: Experiment, _ outcome: (RunSpecification) -> RunOutcome?) throws -> JSONValue {
        let sample = SampleStore(experiment)
        try sample.finish(outcome)
        let report = try Report(experiment: experiment, survey: sample.survey(), command: "make", as: .json)
        return try JSONValue(parsing: try #require(report.facts))
    }

    @Test func aSmallExperimentHasTheFactsThatWereLookedAt() throws {
        let facts = try facts(MadeUp.small()) { run in
            let outcome = MadeUp.classification(run)
            return MadeUp.answering(
                outcome, run, accuracy: (outcome.figures["val_accuracy"] ?? 0) + 0.01 * MadeUp.wobble(run.seed, run.variant.count))
        }
        try expectGolden(rounded(facts).prettyText + "\n", "small.json")
    }

    /// To nine digits: the last ones of a logarithm are the machine's.
    private func rounded(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): .number(Double(String(format: "%.9g", number)) ?? number)
        case .array(let elements): .array(elements.map(rounded))
        case .object(let members): .object(members.mapValues(rounded))
        default: value
        }
    }

    @Test func everyFigureLeadsToItsRuns() throws {
        let facts = try facts(MadeUp.small()) { $0.seed == 3 && $0.variant != "baseline" ? nil : MadeUp.classification($0) }
        let variants = try #require(facts["variants"]?.array)
        #expect(variants.count == MadeUp.small().variants.count)
        for variant in variants {
            let runs = try #require(variant["runs"]?.array)
            let bySeed = Dictionary(uniqueKeysWithValues: runs.compactMap { run in run["seed"]?.integer.map { (String($0), run) } })
            let figures = try #require(variant["figures"]?.object)
            #expect(!figures.isEmpty)
            for (name, figure) in figures {
                let byUnit = try #require(figure["by_unit"]?.object)
                #expect(byUnit.count == figure["count"]?.integer)
                for (seed, value) in byUnit {
                    #expect(bySeed[seed]?["run"]?.string?.count == 24)
                    if let own = bySeed[seed]?["figures"]?[name] { #expect(own.double == value.double) }
                }
            }
            let isBaseline = variant["name"]?.string == "baseline"
            #expect(variant["missing"]?.array?.count == (isBaseline ? 0 : 1))
            #expect((variant["against_baseline"] == nil) == isBaseline)
        }
    }

    @Test func designsAndPrintedFiguresAreTold() throws {
        let small = MadeUp.small()
        let names = small.variants.map(\.name)
        func experiment(_ printed: [Double]) -> Experiment {
            Experiment(
                name: small.name, file: small.file, title: small.title, baseline: small.baseline, others: Array(small.variants.dropFirst()),
                seeds: small.seeds, selection: small.selection,
                references: printed.map { Reference(variant: "baseline", figure: "val_accuracy", value: $0) },
                designs: [
                    .grid(Design.Grid(factors: [.change("wide")], cells: ["baseline", "wide"])),
                    .leaveOneOut([Design.Component(name: "width", without: "narrow")]),
                ])
        }
        func made(_ printed: [Double]) throws -> JSONValue {
            try facts(experiment(printed)) { run in
                MadeUp.answering(MadeUp.classification(run), run, accuracy: 0.7 + 0.01 * MadeUp.wobble(run.seed, run.variant.count))
            }
        }
        let ours = try #require(made([])["variants"]?.array?.first?["figures"]?["val_accuracy"]?["mean"]?.double)
        let told = try made([ours, 0.1])
        #expect(names.contains("wide") && names.contains("narrow"))
        let references = try #require(told["references"]?.array)
        #expect(references.map { $0["value"]?.double } == [ours, 0.1])
        #expect(references.map { $0["agrees"] } == [.bool(true), .bool(false)])
        let effects = try #require(told["effects"]?.array)
        #expect(effects.map { $0["kind"]?.string } == ["grid", "leave_one_out"])
        let effect = try #require(effects[0]["effects"]?.array?.first)
        #expect(effect["setting"]?.string == "wide" && effect["from"] == .bool(false) && effect["to"] == .bool(true))
        #expect(effect["difference"]?.double != nil && effect["interval"]?["lower"]?.double != nil)
        let component = try #require(effects[1]["components"]?.array?.first)
        let narrow = try #require(told["variants"]?.array?.first { $0["name"]?.string == "narrow" }?["against_baseline"])
        #expect(component["component"]?.string == "width")
        #expect(try #require(component["difference"]?.double) == -(try #require(narrow["difference"]?.double)))
    }

    @Test func otherReportsHaveNoFacts() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        #expect(try Report(experiment: MadeUp.small(), survey: sample.survey(), command: "make").facts == nil)
    }
}
