import Datasets
import Experiments

/// Refuses metrics that the target does not have.
func checkMetrics(_ settings: TrialSettings, outputs: Int, data: DatasetSummary) throws(PreparationProblem) {
    for metric in settings.training.metrics {
        switch data.target {
        case .values: try checkMetric(metric, ofValues: settings)
        case .classes(let names): try checkMetric(metric, ofClasses: names.count, settings, outputs: outputs)
        }
    }
}

private func checkMetric(_ metric: Experiments.Metric, ofValues settings: TrialSettings) throws(PreparationProblem) {
    switch metric {
    case .mae, .mse, .rmse, .r2: return
    case .accuracy, .binaryAccuracy:
        // Targets of 0 and 1 are hit or missed.
        if settings.training.loss.kind == .binaryCrossentropy { return }
    case .topKAccuracy, .precision, .recall, .f1, .rocAUC, .logLoss: break
    }
    throw problem("\(metric.figure) needs classes, the target \"\(settings.target.column)\" is numeric", "use mae, mse, rmse or r2")
}

private func checkMetric(
    _ metric: Experiments.Metric, ofClasses count: Int, _ settings: TrialSettings, outputs: Int
) throws(PreparationProblem) {
    let target = "the target \"\(settings.target.column)\" has \(count) classes"
    switch metric {
    case .accuracy, .mae, .mse, .rmse: break
    case .binaryAccuracy:
        if settings.training.loss.kind == .hinge {
            throw problem(
                "binary_accuracy compares probabilities with a threshold, under hinge the network gives scores",
                "write accuracy, which takes what lies above 0 for the second class")
        }
    case .r2:
        throw problem("r2 needs a numeric target, \"\(settings.target.column)\" has classes", "use accuracy or log_loss")
    case .topKAccuracy(let k):
        if k >= count {
            throw problem(
                "\(metric.figure) is always 1, for \(target)", count > 2 ? "write {top_k_accuracy: {k: \(count - 1)}}" : "use accuracy")
        }
    case .precision(.positive), .recall(.positive), .f1(.positive):
        if count != 2 { throw problem("\(metric.figure) is of one class of two, \(target)", "write \(metric.figure)_macro") }
    case .precision, .recall, .f1: break
    case .rocAUC:
        if count != 2 { throw problem("roc_auc needs two classes, \(target)", "use accuracy or f1_macro") }
    case .logLoss:
        if !givesProbabilities(settings, outputs: outputs) {
            throw problem(
                "log_loss needs probabilities, the network ends in none", "end it in a softmax, or in one sigmoid for two classes")
        }
    }
}

/// Whether the outputs are the probabilities of the classes, or logits of them.
func givesProbabilities(_ settings: TrialSettings, outputs: Int) -> Bool {
    let loss = settings.training.loss
    if loss.fromLogits { return loss.kind != .binaryCrossentropy || outputs == 1 }
    let last = lastActivation(settings.model.layers)?.activation
    return last == .softmax || last == .sigmoid && outputs == 1
}

private func problem(_ message: String, _ help: String) -> PreparationProblem {
    PreparationProblem(path: "training.metrics", message: message, help: help)
}
