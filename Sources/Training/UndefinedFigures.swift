import Datasets
import Settings

/// A figure that some rows cannot have, whatever the network answers for them.
struct UndefinedFigure: Hashable {
    /// The figure, such as `val_roc_auc`.
    let figure: String
    /// What the rows have too little of.
    let rows: NarrowRows
    /// The fold, from 1, in which it is not defined; nil without folds.
    let fold: Int?
    /// Why, such as `all 10 validation rows of fold 3 are of the class "a"`.
    let reason: String

    /// All of them, by what the parts have of the target.
    static func all(_ settings: TrialSettings, data: DatasetSummary) -> [UndefinedFigure] {
        data.targetFacts.narrow.flatMap { part in
            let rows: NarrowRows = part.className == nil ? .oneRow : .oneClass
            return settings.training.metrics.filter { $0.isUndefinedFor == rows }.map { metric in
                UndefinedFigure(figure: part.part.prefix + metric.figure, rows: rows, fold: part.fold, reason: part.reason)
            }
        }
    }
}

extension TargetFacts.NarrowPart.Part {
    fileprivate var prefix: String {
        switch self {
        case .train: ""
        case .validation: "val_"
        case .test: "test_"
        }
    }
}

extension TargetFacts.NarrowPart {
    /// What they have too little of, such as `all 10 validation rows of fold 3 are of the class "a"`.
    var reason: String {
        let fold = fold.map { part == .train ? " while fold \($0) validates" : " of fold \($0)" } ?? ""
        let noun = "\(part.rawValue) \(rows == 1 ? "row" : "rows")\(fold)"
        guard let className else { return "the \(noun) is the only one" }
        return rows == 1 ? "the only \(noun) is of the class \"\(className)\"" : "all \(rows) \(noun) are of the class \"\(className)\""
    }
}

/// Refuses to watch a figure that is not defined.
func checkMonitors(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    let undefined = UndefinedFigure.all(settings, data: data)
    for (path, monitor) in [
        ("training.early_stopping.monitor", settings.training.earlyStopping?.monitor),
        ("training.reduce_on_plateau.monitor", settings.training.reduceOnPlateau?.monitor),
    ] {
        guard let found = undefined.first(where: { $0.figure == monitor }) else { continue }
        throw PreparationProblem(
            path: path, message: "\(found.figure) is not defined: \(found.reason)", help: undefinedHelp(found, settings))
    }
}

/// What to do about a figure that is not defined.
private func undefinedHelp(_ figure: UndefinedFigure, _ settings: TrialSettings) -> String {
    if figure.rows == .oneRow { return "use val_loss, or give the part two rows at least" }
    return switch settings.split.validation {
    case .folds(_, .stratified, _, _): "use val_loss, or fewer folds"
    case .folds: "use val_loss, or write kind: stratified, which gives every fold its share of each class"
    case .part, nil: "use val_loss, or give the rows both classes: stratify: true takes a share of each"
    }
}

/// Why the figure that chooses a winner is defined in no part of the data, and what to do; nil where it is in one.
public func undefinedSelection(_ figure: String, _ settings: TrialSettings, data: DatasetSummary) -> (message: String, help: String)? {
    let found = UndefinedFigure.all(settings, data: data).filter { $0.figure == figure }
    guard let first = found.first, found.count == data.foldCount ?? 1 || first.fold == nil else { return nil }
    let others = found.count == 1 ? "" : ", and so it is in the other \(found.count == 2 ? "fold" : "\(found.count - 1) folds")"
    return ("\(figure) is not defined: \(first.reason)\(others)", undefinedHelp(first, settings))
}

/// What is to be known of figures that some rows cannot have, in sentences.
func undefinedNotices(_ settings: TrialSettings, data: DatasetSummary) -> [String] {
    let found = Dictionary(grouping: UndefinedFigure.all(settings, data: data), by: \.figure).sorted { $0.key < $1.key }
    return found.map { figure, places in
        let first = "\(figure) is not defined: \(places[0].reason)"
        guard places[0].fold != nil, let folds = data.foldCount else { return first + "." }
        let more = places.count - 1
        let others = more == 0 ? "" : "; nor is it in \(more) more \(more == 1 ? "fold" : "folds")"
        let left = folds - places.count
        return first + others + (left == 0 ? "." : ". Its means are over the \(left) of \(folds) folds that have it.")
    }
}
