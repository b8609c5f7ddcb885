import Datasets
import NeuralNetworks
import Settings

/// The settings with the widths of the hidden layers multiplied by one factor and rounded, at least 1, so that the network trains as many numbers as
/// `count`, as nearly as whole widths allow; of two as near the smaller. The last layer that has a width keeps it.
///
/// - Throws: ``PreparationProblem`` where no hidden layer has a width, or the network cannot be built.
public func settings(
    _ settings: TrialSettings, withParameters count: Int, data: DatasetSummary
) throws(PreparationProblem) -> TrialSettings {
    let hidden = settings.model.hiddenWidths
    guard let widest = hidden.map(\.width).max() else {
        throw PreparationProblem(
            path: "model", message: "no hidden layer has a width that could give the network \(count) parameters",
            help: "leave out match, or add a hidden layer")
    }
    func scaled(to width: Int) -> TrialSettings {
        var scaled = settings
        for (place, own) in hidden {
            let layer = settings.model.layers[place]
            let share = (Double(own) * Double(width) / Double(widest)).rounded()
            scaled.model.layers[place] = LayerSettings(
                name: layer.name, kind: layer.kind.with(width: max(1, Int(share))), isFrozen: layer.isFrozen)
        }
        return scaled
    }
    func parameters(at width: Int) throws(PreparationProblem) -> Int {
        try network(for: scaled(to: width), data: data).parameterCount
    }
    // The count grows with the width: first a width that is enough, then the narrowest of these.
    var enough = 1
    while enough < LayerSettings.widest, try parameters(at: enough) < count { enough = min(2 * enough, LayerSettings.widest) }
    var tooFew = enough / 2
    while enough - tooFew > 1 {
        let middle = (enough + tooFew) / 2
        if try parameters(at: middle) < count { tooFew = middle } else { enough = middle }
    }
    guard tooFew > 0, count - (try parameters(at: tooFew)) <= (try parameters(at: enough)) - count else { return scaled(to: enough) }
    return scaled(to: tooFew)
}
