import Datasets
import Metrics
import Settings

/// Refuses a threshold where there are no probabilities of two classes, or nothing to choose it by.
func checkThreshold(_ settings: TrialSettings, outputs: Int, data: DatasetSummary) throws(PreparationProblem) {
    guard let threshold = settings.training.threshold else { return }
    func problem(_ message: String, _ help: String) -> PreparationProblem {
        PreparationProblem(path: "training.threshold", message: message, help: help)
    }
    let target = "the target \"\(settings.target.column)\""
    switch data.target {
    case .classes(let names):
        guard names.count == 2 else {
            throw problem("a threshold lies between two classes, \(target) has \(names.count)", "leave threshold out")
        }
    case .severalLabels:
        throw problem(
            "a threshold lies between two classes, \(target) has several labels a row",
            "leave threshold out; binary_accuracy has one of its own")
    case .values, .sequences, .inputs:
        throw problem("a threshold lies between two classes, \(target) is numeric", "leave threshold out, or encode the target as label")
    }
    guard settings.givesProbabilities(outputs: outputs) else {
        throw problem(
            "a threshold is one of probabilities, the network ends in none", "end it in a softmax, or in one sigmoid for two classes")
    }
    guard case .chosen(let criterion) = threshold else { return }
    guard settings.hasValidation else {
        throw problem(
            "a threshold is chosen by \(criterion.rawValue) on validation rows, and there are none",
            "add split.validation, or write a number such as 0.5")
    }
    if let narrow = data.targetFacts.narrow.first(where: { $0.part == .validation && $0.className != nil }) {
        throw problem(
            "no threshold can be chosen: \(narrow.reason)", "give the validation rows both classes, or write a number such as 0.5")
    }
}
