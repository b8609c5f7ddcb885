import Documents
import Experiments
import Foundation
import Testing

/// The format describes itself.
struct FormatTests {
    @Test func theSchemaIsJSONAndNamesEveryKey() throws {
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(ExperimentFormat.jsonSchema.utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: Any])
        #expect(
            Set(properties.keys) == [
                "title", "notes", "extends", "dataset", "inputs", "target", "split", "model", "training", "seeds", "ablate", "sweep",
                "select", "predict", "expect", "reference", "baselines", "curves", "disagreements", "keep",
            ])
        #expect(schema["required"] == nil)
    }

    @Test func everyKeyIsDocumented() {
        for key in ExperimentFormat.keyReference {
            #expect(key.doc.hasSuffix(".") || key.doc.hasSuffix("…"), "\(key.path)")
            #expect(!key.type.isEmpty, "\(key.path)")
        }
    }

    @Test(arguments: [
        ("training.optimizer.rmsprop.epsilon", "1e-07"), ("training.optimizer.adam.beta_2", "0.999"), ("training.batch_size", "32"),
        ("model.layers[].dense.kernel_initializer", "glorot_uniform"), ("seeds", "1"), ("training.optimizer", "rmsprop"),
    ])
    func defaultsStandInTheReference(path: String, expected: String) {
        #expect(ExperimentFormat.keyReference.first { $0.path == path }?.fallback == expected)
    }
}
