import Documents
import Experiments
import Settings
import Testing

struct IdentityTests {
    @Test func aPerceptronAndEqualLayersAreTheSameTrial() throws {
        #expect(try load(base).baseline.trial.canonical == load(perceptron).baseline.trial.canonical)
    }

    @Test(arguments: [
        ("epochs: 5", "epochs: 5.0"), ("epochs: 5", "epochs: 5e0"), ("learning_rate: 0.01", "learning_rate: 1e-2"),
        ("learning_rate: 0.01", "learning_rate: 0.01, rho: 0.9"), ("name: middle", "use_bias: true"), ("title: Base?", "title: Other?"),
        ("title: Base?", "seeds: 9"), ("loss: categorical_crossentropy", "loss: {categorical_crossentropy: {from_logits: false}}"),
        ("  epochs: 5\n  metrics: [accuracy]", "  metrics: [accuracy]\n  epochs: 5"), ("first: 10", "first: 10, shuffle: none"),
        ("epochs: 5", "epochs: 5\n  batch_size: 32"), ("epochs: 5", "epochs: 5\n  early_stopping: ~"),
        ("epochs: 5", "epochs: 5\n  tensorboard: logs"), ("epochs: 5", "epochs: 5\n  tensorboard: {folder: logs, histograms: 5}"),
    ])
    func whatDoesNotDecideTheResultDoesNotCount(one: String, other: String) throws {
        #expect(base.contains(one))
        #expect(try load(base).baseline.trial.canonical == load(base.replacing(one, with: other)).baseline.trial.canonical)
    }

    @Test(arguments: [
        ("epochs: 5", "epochs: 6"), ("learning_rate: 0.01", "learning_rate: 0.011"), ("units: 64", "units: 65"), ("first: 10", "first: 11"),
        ("vocabulary: 100", "vocabulary: 101"), ("dataset: reuters", "dataset: imdb"), ("relu", "tanh"),
        ("epochs: 5", "epochs: 5\n  early_stopping: {}"), ("metrics: [accuracy]", "metrics: []"),
    ])
    func whatDecidesTheResultCounts(one: String, other: String) throws {
        #expect(try load(base).baseline.trial.canonical != load(base.replacing(one, with: other)).baseline.trial.canonical)
    }

    /// The identity of stored runs hangs on this text: a change here makes every run stale.
    @Test func theCanonicalText() throws {
        let dense = "\"bias_initializer\":\"zeros\",\"kernel_initializer\":\"glorot_uniform\""
        #expect(
            try load(base).baseline.trial.canonical == "{\"dataset\":\"reuters\","
                + "\"inputs\":{\"drop\":[],\"text\":{\"encode\":\"multi-hot\",\"vocabulary\":100}},"
                + "\"model\":{\"layers\":[{\"dense\":{\"activation\":\"relu\",\(dense),\"units\":64,\"use_bias\":true}},"
                + "{\"dense\":{\"activation\":\"softmax\",\(dense),\"units\":\"classes\",\"use_bias\":true}}]},"
                + "\"split\":{\"validation\":{\"first\":10,\"seed\":0,\"shuffle\":\"none\"}},\"target\":{\"topic\":{\"encode\":\"one-hot\"}},"
                + "\"training\":{\"batch_size\":32,\"epochs\":5,\"loss\":{\"categorical_crossentropy\":{\"from_logits\":false}},"
                + "\"metrics\":[\"accuracy\"],\"optimizer\":{\"rmsprop\":{\"centered\":false,\"epsilon\":1e-07,\"learning_rate\":0.01,"
                + "\"momentum\":0,\"rho\":0.9}}}}")
    }

    @Test func everySettingSurvivesItsCanonicalText() throws {
        let text = base.replacing(
            "name: middle", with: "kernel_initializer: {normal: {standard_deviation: 0.1}}, bias_initializer: uniform"
        )
        .replacing("    - dense: {units: classes, activation: softmax}", with: "    - activation: tanh\n    - dense: {units: classes}")
        .replacing("dataset: reuters", with: "dataset: {csv: {path: a.csv, delimiter: ;}}")
        .replacing("{first: 10}", with: "{folds: 4, kind: stratified}").replacing("split: {", with: "split: {test: {fraction: 0.2}, ")
        .replacing("epochs: 5", with: "epochs: 5\n  early_stopping: {patience: 2}")
        let trial = try load(text).baseline.trial
        #expect(try load(trial.canonical).baseline.trial.canonical == trial.canonical)
        #expect(try load(trial.canonical).baseline.trial.settings == trial.settings)
        #expect(Trial(trial.settings) == trial)
        #expect(
            Trial.flattened(canonical: trial.canonical).sorted { $0.path < $1.path }
                == trial.settings.flattened.sorted { $0.path < $1.path })
    }

    @Test func textsThatAreNoTrialsHaveNoSettings() {
        #expect(Trial.flattened(canonical: "").isEmpty)
        #expect(Trial.flattened(canonical: "[1").isEmpty)
        #expect(Trial.flattened(canonical: "{\"later\":{\"x\":1}}") == [FlatSetting(path: "later.x", text: "1")])
    }
}
