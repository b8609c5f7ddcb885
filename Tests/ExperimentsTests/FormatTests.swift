import Documents
import Experiments
import Foundation
import Settings
import Testing

/// The format describes itself.
struct FormatTests {
    @Test func theSchemaIsJSONAndNamesEveryKey() throws {
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(ExperimentFormat.jsonSchema.utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: Any])
        #expect(
            Set(properties.keys) == [
                "title", "notes", "extends", "dataset", "inputs", "target", "labels", "split", "model", "training", "seeds", "ablate",
                "sweep",
                "select", "predict", "expect", "reference", "baselines", "curves", "disagreements", "keep",
            ])
        #expect(schema["required"] == nil)
    }

    /// What readers of YAML make of `shuffle: true`, and keys of which one may stand.
    @Test(arguments: [
        #""enum":["none","false",false,"philox","true",true,"#, #""not":{"anyOf":[{"required":["fraction","first"],"#,
        #"{"required":["experiment","run"],"properties":{"experiment":{"not":{"type":"null"}}"#,
    ])
    func theSchemaKnowsPlainTruthAndExclusion(part: String) {
        #expect(ExperimentFormat.jsonSchema.filter { !$0.isWhitespace }.contains(part))
    }

    /// Paths of settings and what may stand there, as editors find them: `nil` where the path is none.
    @Test(arguments: [
        ("training.epochs", #""type":"integer""#), ("training.epohcs", nil), ("training.optimizer.sgd.learning_rate", ""),
        ("training.optimizer.adam.rho", nil), ("model.layers[1].units", #""type":"integer""#), ("model.layers.middle.activation", ""),
        ("inputs.fixed acidity.scale", ""), ("training.early_stopping.monitor", #""pattern":"^(val_)?(loss|accuracy|"#),
        ("split.validation.fraction", #""type":"number""#), ("epochs", nil),
    ])
    func theSchemaKnowsThePathsOfSettings(path: String, part: String?) throws {
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(ExperimentFormat.jsonSchema.utf8)) as? [String: Any])
        let definitions = try #require(whole["$defs"] as? [String: [String: Any]])
        let changes = try #require(definitions["changes"])
        #expect(changes["additionalProperties"] as? Bool == false)
        #expect((changes["properties"] as? [String: Any])?["match"] != nil)
        let patterns = try #require(changes["patternProperties"] as? [String: Any])
        let found = patterns.filter { path.range(of: $0.key, options: .regularExpression) != nil }
        let text = try found.values.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }.joined()
        #expect(found.isEmpty == (part == nil), "\(found.keys)")
        #expect(part.map { $0.isEmpty || text.contains($0) } ?? true, "\(text)")
    }

    @Test func everyKeyIsDocumented() {
        for key in ExperimentFormat.keyReference {
            #expect(key.doc.hasSuffix(".") || key.doc.hasSuffix("…"), "\(key.path)")
            #expect(!key.type.isEmpty, "\(key.path)")
        }
    }

    /// What is said of the settings of one case, such as `adamax`, never names another.
    @Test func recordsOfChoicesHaveTheNamesOfTheirCases() {
        var count = 0
        func look(at shape: Shape) {
            switch shape {
            case .any, .boolean, .integer, .number, .text, .enumeration: break
            case .list(let list): look(at: list.items)
            case .map(let map):
                if let fixed = map.fixed { look(at: .record(fixed)) }
                look(at: map.values)
            case .record(let record): record.fields.forEach { look(at: $0.shape) }
            case .either(let forms): forms.forEach(look)
            case .optional(let inner): look(at: inner)
            case .choice(let choice):
                let tags = choice.cases.map(\.word.text)
                for one in choice.cases {
                    guard let payload = one.payload else { continue }
                    look(at: payload)
                    guard case .record(let record) = payload else { continue }
                    count += 1
                    #expect(record.name == one.word.text || !tags.contains(record.name), "\(one.word.text) says \(record.name)")
                }
            }
        }
        look(at: .record(TrialSettings.record.shape))
        #expect(count > 20)
    }

    @Test(arguments: [
        ("training.optimizer.rmsprop.epsilon", "1e-07"), ("training.optimizer.adam.beta_2", "0.999"), ("training.batch_size", "32"),
        ("model.layers[].dense.kernel_initializer", "glorot_uniform"), ("seeds", "1"), ("training.optimizer", "rmsprop"),
    ])
    func defaultsStandInTheReference(path: String, expected: String) {
        #expect(ExperimentFormat.keyReference.first { $0.path == path }?.fallback == expected)
    }
}
