import Datasets
import Settings

/// How much the examples of each class count, in the order of the classes.
enum ClassWeights {
    /// Rows / (classes · rows of the class), by the train rows.
    case balanced(classes: Int)
    /// As given; 1 where nothing is.
    case given([Float])

    /// The weight of each class.
    func resolved(on dataset: EncodedDataset, labels: UnsafeBufferPointer<Int32>) -> [Float] {
        switch self {
        case .given(let weights): return weights
        case .balanced(let classes):
            var counts = [Int](repeating: 0, count: classes)
            for row in dataset.train { counts[Int(labels[Int(row)])] += 1 }
            return counts.map { $0 == 0 ? 0 : Float(dataset.train.count) / Float(classes * $0) }
        }
    }
}

/// The class weights of a trial; nil when all classes count the same.
///
/// - Throws: ``PreparationProblem`` for a class that the target does not have, and for a numeric target.
func classWeights(of settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) -> ClassWeights? {
    guard let wanted = settings.training.classWeight else { return nil }
    guard case .classes(let names) = data.target else {
        let found = if case .severalLabels = data.target { "has several labels a row" } else { "is numeric" }
        throw PreparationProblem(
            path: "training.class_weight", message: "class weights need classes, the target \"\(settings.target.column)\" \(found)",
            help: "leave class_weight out")
    }
    switch wanted {
    case .balanced: return .balanced(classes: names.count)
    case .given(let weights):
        if let unknown = weights.keys.sorted().first(where: { !names.contains($0) }) {
            throw PreparationProblem(
                path: "training.class_weight.\(unknown)", message: "the target \"\(settings.target.column)\" has no class \"\(unknown)\"",
                help: "classes: \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")")
        }
        return .given(names.map { Float(weights[$0] ?? 1) })
    }
}
