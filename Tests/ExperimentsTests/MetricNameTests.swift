import Documents
import Settings
import Testing

/// What is known of a metric by the name of its figure.
@Suite struct MetricNameTests {
    /// Every metric that a file may name, as its settings write it.
    private static let written: [String] = {
        guard case .choice(let choice) = Metric.schema.shape else { return [] }
        return choice.cases.map(\.word.text)
    }()

    @Test func theSchemaOffersThem() { #expect(Self.written.count >= 17) }

    @Test(arguments: written)
    func aFigureNamesItsMetric(tag: String) throws {
        var findings = Diagnostics()
        let node = try #require(Node.parse(Source(name: "metric", text: tag), into: &findings))
        var decoding = Decoding("the metric")
        let metric = try #require(Metric.schema.decode(node, &decoding))
        #expect(Metric(figure: metric.figure) == metric)
        #expect(Goal(of: "val_" + metric.figure) == metric.goal)
    }

    @Test(arguments: [
        ("top_3_accuracy", Metric.topKAccuracy(k: 3)), ("f1_macro", .f1(.macro)), ("top_x_accuracy", nil), ("loss", nil),
        ("chance_accuracy", nil), ("accuracy_", nil), ("top_3", nil), ("top_03_accuracy", nil),
    ])
    func otherNamesAreOfNone(figure: String, expected: Metric?) { #expect(Metric(figure: figure) == expected) }

    @Test(arguments: [
        (Metric.accuracy, "accuracy"), (.binaryAccuracy(), "binary accuracy"), (.topKAccuracy(), "top 5 accuracy"),
        (.precision(), "precision"),
        (.recall(.macro), "macro-recall"), (.f1(.micro), "micro-F1"), (.f1(), "F1"), (.rocAUC, "ROC AUC"), (.logLoss, "log loss"),
        (.rmse, "RMSE"), (.r2, "R²"), (.prAUC, "PR AUC"), (.rocAUCMacro, "macro-ROC AUC"), (.cohenKappa, "Cohen's kappa"),
        (.balancedAccuracy, "balanced accuracy"), (.mape, "MAPE"),
    ])
    func words(metric: Metric, expected: String) { #expect(metric.words == expected) }
}
