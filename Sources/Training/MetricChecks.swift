import Datasets
import Settings

/// Refuses metrics that the target does not have.
func checkMetrics(_ settings: TrialSettings, outputs: Int, data: DatasetSummary) throws(PreparationProblem) {
    try checkPositive(settings, data: data)
    for metric in settings.training.metrics {
        switch data.target {
        case .values: try checkMetric(metric, ofValues: settings)
        case .classes(let names): try checkMetric(metric, ofClasses: names.count, settings, outputs: outputs)
        case .severalLabels: try checkMetric(metric, ofLabels: settings)
        case .inputs:
            guard metric.needs == .anything else {
                throw problem("\(metric.figure) is not of inputs that are given again", "use mse, mae or rmse")
            }
        case .sequences: break
        }
    }
}

/// Refuses a positive class that is none of two.
private func checkPositive(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    guard let positive = settings.target.positive, case .classes(let names) = data.target, names.count != 2 || !names.contains(positive)
    else { return }
    let target = settings.target.column
    let message =
        names.count == 2
        ? "\"\(positive)\" is no class of the target \"\(target)\""
        : "a positive class is one of two, the target \"\(target)\" has \(names.count)"
    throw PreparationProblem(
        path: "target.\(target).positive", message: message,
        help: names.count == 2 ? "write \(names[0]) or \(names[1])" : "leave out positive, and use figures such as f1_macro")
}

private func checkMetric(_ metric: Metric, ofValues settings: TrialSettings) throws(PreparationProblem) {
    switch metric.needs {
    case .anything, .numbers: return
    case .hits, .hitsOfThreshold:
        // Targets of 0 and 1 are hit or missed.
        if settings.training.loss.kind.demands.needsUnitTargets { return }
    case .classes, .oneClassEach, .positiveClass, .twoClasses, .moreClasses, .probabilities: break
    }
    throw problem("\(metric.figure) needs classes, the target \"\(settings.target.column)\" is numeric", "use mae, mse, rmse or r2")
}

private func checkMetric(_ metric: Metric, ofLabels settings: TrialSettings) throws(PreparationProblem) {
    let target = "the target \"\(settings.target.column)\" has several labels a row"
    switch metric.needs {
    case .anything, .hitsOfThreshold, .classes: return
    case .hits:
        throw problem("\(metric.figure) is of one class a row, \(target)", "write binary_accuracy, the share of single labels that are hit")
    case .positiveClass:
        throw problem("\(metric.figure) is of one class of two, \(target)", "write \(metric.figure)_macro or \(metric.figure)_micro")
    case .twoClasses:
        throw problem("\(metric.figure) is of one class of two, \(target)", "write \(metric.figure)_macro, the mean over the labels")
    case .oneClassEach, .moreClasses, .probabilities, .numbers:
        throw problem("\(metric.figure) does not go with several labels: \(target)", "use binary_accuracy, f1_macro or f1_micro")
    }
}

private func checkMetric(
    _ metric: Metric, ofClasses count: Int, _ settings: TrialSettings, outputs: Int
) throws(PreparationProblem) {
    let figure = metric.figure
    let target = "the target \"\(settings.target.column)\" has \(count) classes"
    switch metric.needs {
    case .anything, .hits, .classes, .oneClassEach: break
    case .hitsOfThreshold:
        if settings.training.loss.outputMeaning == .margins {
            throw problem(
                "\(figure) compares probabilities with a threshold, under \(settings.training.loss.kind.rawValue) the network gives scores",
                "write accuracy, which takes what lies above 0 for the second class")
        }
    case .numbers:
        throw problem("\(figure) needs a numeric target, \"\(settings.target.column)\" has classes", "use accuracy or log_loss")
    case .moreClasses(let least):
        if count <= least {
            throw problem("\(figure) is always 1, for \(target)", count > 2 ? "write {top_k_accuracy: {k: \(count - 1)}}" : "use accuracy")
        }
    case .positiveClass:
        if count != 2 { throw problem("\(figure) is of one class of two, \(target)", "write \(figure)_macro") }
    case .twoClasses:
        if count != 2 { throw problem("\(figure) needs two classes, \(target)", "write \(figure)_macro, each class against the rest") }
    case .probabilities:
        if !settings.givesProbabilities(outputs: outputs) {
            throw problem(
                "\(figure) needs probabilities, the network ends in none", "end it in a softmax, or in one sigmoid for two classes")
        }
    }
}

private func problem(_ message: String, _ help: String) -> PreparationProblem {
    PreparationProblem(path: "training.metrics", message: message, help: help)
}
