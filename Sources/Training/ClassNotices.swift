import Datasets
import Settings

/// What is to be known of classes that look like measured numbers: each different number is a class of its own.
func classNotices(_ settings: TrialSettings, data: DatasetSummary) -> [String] {
    switch data.target {
    case .inputs(let names?) where ColumnProfile.areRatherNumbers(names):
        [
            "the labels \"\(settings.labels ?? data.targetColumn)\" are \(names.count) different numbers, and each is taken for a class of its own: "
                + "name a column of classes, or leave labels out."
        ]
    case .classes(let names) where ColumnProfile.areRatherNumbers(names):
        [
            "the target \"\(data.targetColumn)\" has \(names.count) different numbers, and each is taken for a class of its own: "
                + "encode: numeric predicts numbers."
        ]
    case .inputs, .classes, .severalLabels, .values, .sequences: []
    }
}
