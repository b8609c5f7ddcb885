import Datasets
import Metrics
import RunStore
import Statistics
import Training

extension Exhibits.Rows {
    /// So many rows are shown of each kind.
    private static let mostRows = 8
    /// So many columns are shown.
    private static let mostColumns = 12

    /// What a run made, beside the rows that train: numbers of columns that were scaled as they were before, others as a network sees them. Nil where there are no
    /// rows of named numbers.
    init?(_ made: MadePictures, on dataset: EncodedDataset) {
        guard case .dense(let numbers) = dataset.inputs, dataset.summary.inputShape.count == 1 else { return nil }
        let width = dataset.featureCount
        let names = dataset.summary.featureNames
        guard names.count == width, width > 0, !dataset.train.isEmpty, made.numbers.count >= width else { return nil }
        let units = FittedEncoder(dataset.summary).namedFeatures?.map(\.unit)
        let columns = names.indices.prefix(Self.mostColumns).compactMap { column -> Column? in
            let unit = units?[column] ?? .training
            let ofMade = stride(from: column, to: made.numbers.count, by: width).map { unit.original(Double(made.numbers[$0])) }
            let ofReal = dataset.train.map { unit.original(Double(numbers[Int($0) * width + column])) }
            guard let madeSpread = Spread(ofMade), let realSpread = Spread(ofReal) else { return nil }
            return Column(
                name: names[column], made: Array(ofMade.prefix(Self.mostRows)), real: Array(ofReal.prefix(Self.mostRows)),
                madeSpread: madeSpread, realSpread: realSpread)
        }
        self.init(
            name: made.name, captions: Array(made.captions.prefix(Self.mostRows)),
            realCaptions: made.captions.isEmpty ? nil : dataset.train.prefix(Self.mostRows).map { dataset.className(of: $0) ?? "" },
            part: "train", madeCount: made.numbers.count / width, realCount: dataset.train.count, columns: columns,
            omitted: width - columns.count)
    }
}

extension Exhibits.Rows.Spread {
    /// Nil of no numbers.
    fileprivate init?(_ numbers: [Double]) {
        guard let sample = Sample(numbers) else { return nil }
        self.init(mean: sample.mean, deviation: sample.standardDeviation)
    }
}
