import Documents
import Settings

extension ExperimentReader {
    /// Reports plain baselines that the data do not allow.
    mutating func checkBaselines(_ baselines: [PlainMethod], of settings: TrialSettings, in tree: Node) {
        for (index, baseline) in baselines.enumerated() {
            guard let place = tree["baselines"]?.items?[index].place else { continue }
            let target = "the target \"\(settings.target.column)\""
            if baseline.isForInputs != (settings.target.encoding == .inputs) {
                if baseline.isForInputs {
                    decoding.report(
                        "\(baseline.tag) gives the inputs back, \(target) is a column", at: place,
                        help: "write target: inputs, or leave it out")
                } else {
                    decoding.report(
                        "\(baseline.tag) knows one class or one number a row, the target is the inputs", at: place,
                        help: "write {pca: {components: 32}} or {kmeans: {clusters: 10}}")
                }
                continue
            }
            // Whether `auto` gives classes, only the data can tell.
            if case .auto = settings.target.encoding { continue }
            if baseline.isForInputs { continue }
            if settings.target.encoding.isOfSeveralLabels {
                decoding.report(
                    "\(baseline.tag) knows one class or one number a row, \(target) has several labels", at: place,
                    help: "leave it out")
            } else if settings.target.encoding.isOfClasses, !baseline.isForClasses {
                let instead = baseline == .mean ? "majority" : "logistic"
                decoding.report("\(baseline.tag) needs a numeric target, \(target) has classes", at: place, help: "write \(instead)")
            } else if !settings.target.encoding.isOfClasses, !baseline.isForValues {
                let instead = baseline == .majority ? "mean" : "linear"
                decoding.report("\(baseline.tag) needs classes, \(target) is numeric", at: place, help: "write \(instead)")
            } else if baseline.needsDenseInputs, let text = settings.inputs.columns.first(where: { $0.encoding.isMultiHot }) {
                let instead = settings.target.encoding.isOfClasses ? "logistic or linear_svm" : "ridge or lasso"
                decoding.report(
                    "\(baseline.tag) needs dense columns, the input \"\(text.column)\" is \(text.encoding.name)", at: place,
                    help: "write \(instead)")
            }
        }
    }
}
