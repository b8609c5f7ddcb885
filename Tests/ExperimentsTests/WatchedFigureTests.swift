import Experiments
import Settings
import Testing

/// Figures that training watches and that choose a winner: one rule, whatever trains.
@Suite struct WatchedFigureTests {
    private static func text(_ training: String, _ model: String, metric: String) -> String {
        """
        dataset: wine
        inputs: {"*": {encode: numeric, scale: min-max}, drop: [quality]}
        target: inputs
        split: {validation: {first: 10}}
        model: \(model)
        training: {\(training)}
        select: {metric: \(metric)}
        seeds: 1

        """
    }

    private static let machine = "{layers: [{rbm: {units: 8}}]}"
    private static let pair =
        "{generator: {noise: 2, layers: [{dense: {units: 11}}]}, discriminator: {layers: [{dense: {units: 1}}]}}"
    private static let autoencoder = "{layers: [{dense: {units: 2, name: code}}, {dense: {units: 11}}]}"

    static let kinds: [(loss: String, model: String, known: [String], atTheEnd: [String])] = [
        (
            "loss: contrastive_divergence, epochs: 2", machine,
            ["loss", "val_loss", "pseudo_likelihood", "val_pseudo_likelihood", "log_likelihood", "val_log_likelihood"], []
        ),
        ("loss: non_saturating, epochs: 2", pair, ["loss"], []),
        (
            "loss: mse, epochs: 2, metrics: [mae], clusters: {count: 2}", autoencoder, ["loss", "mae", "val_loss", "val_mae"],
            ["val_silhouette"]
        ),
    ]

    @Test(arguments: kinds.indices) func whatIsWatchedMayChooseToo(kind: Int) throws {
        let (loss, model, known, atTheEnd) = Self.kinds[kind]
        for figure in known {
            for key in ["early_stopping", "reduce_on_plateau"] {
                #expect(errors(Self.text("\(loss), \(key): {monitor: \(figure)}", model, metric: figure)) == [], "\(figure)")
            }
        }
        for figure in atTheEnd { #expect(errors(Self.text(loss, model, metric: figure)) == []) }
        let list = known.joined(separator: ", ")
        for key in ["early_stopping", "reduce_on_plateau"] {
            let column = loss.count + key.count + 26
            func found(_ figure: String) -> [String] { errors(Self.text("\(loss), \(key): {monitor: \(figure)}", model, metric: "loss")) }
            #expect(found("zzzzzzzzzz") == ["6:\(column) unknown figure \"zzzzzzzzzz\" | known figures: \(list)"])
            for figure in atTheEnd {
                #expect(found(figure) == ["6:\(column) \(figure) comes once, at the end, and cannot be watched | known figures: \(list)"])
            }
        }
        #expect(
            errors(Self.text(loss, model, metric: "zzzzzzzzzz")) == [
                "7:18 unknown figure \"zzzzzzzzzz\" | known figures: \((known + atTheEnd).joined(separator: ", "))"
            ])
    }

    @Test func figuresOfAJudgeAskForOne() {
        let (loss, model, _, _) = Self.kinds[1]
        #expect(
            errors(Self.text(loss, model, metric: "class_score")) == [
                "7:18 class_score is what a judge finds, and there is none | write training.judge: {experiment: …}"
            ])
    }

    @Test(arguments: [(0, "val_free_energy"), (0, "val_free_energy_gap"), (1, "discriminator_loss"), (1, "val_real_output")])
    func whatIsNeitherGoodNorBadChoosesNothing(kind: Int, figure: String) {
        let (loss, model, known, _) = Self.kinds[kind]
        let expected = "\(figure) does not tell good from bad, so it chooses nothing | known figures: \(known.joined(separator: ", "))"
        #expect(errors(Self.text(loss, model, metric: figure)) == ["7:18 " + expected])
        let watched = errors(Self.text("\(loss), early_stopping: {monitor: \(figure)}", model, metric: "loss"))
        #expect(watched.count == 1 && watched[0].hasSuffix(" " + expected), "\(watched)")
    }
}
