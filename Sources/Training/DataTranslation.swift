import Datasets
import Experiments

extension EncodingRequest {
    /// What a trial's data settings ask of the data sets.
    ///
    /// - Parameters:
    ///   - source: where the trial's `dataset` was found.
    ///   - fold: the fold that validates, counted from 1; nil without folds.
    public init(_ settings: TrialSettings, source: RawSource, fold: Int?) {
        self.init(
            source: source,
            inputs: InputEncodings(
                columns: settings.inputs.columns.map { .init(name: $0.column, encoding: .init($0.encoding)) }, drop: settings.inputs.drop),
            target: TargetEncoding(column: settings.target.column, encoding: .init(settings.target.encoding)),
            split: SplitRequest(
                test: settings.split.test.map(PartRequest.init), validation: settings.split.validation.map(ValidationRequest.init)),
            fold: fold.map { $0 - 1 })
    }
}

extension Datasets.ColumnEncoding {
    fileprivate init(_ encoding: Experiments.Encoding) {
        switch encoding {
        case .label: self = .label
        case .oneHot: self = .oneHot
        case .multiHot(let vocabulary): self = .multiHot(vocabulary: vocabulary)
        case .numeric(.none): self = .numeric(scale: .none)
        case .numeric(.standard): self = .numeric(scale: .standard)
        case .numeric(.minMax): self = .numeric(scale: .minMax)
        }
    }
}

extension PartRequest {
    fileprivate init(_ part: PartSettings) {
        let shuffle: RowShuffle =
            switch part.shuffle {
            case .none: .none
            case .numpy: .numpy
            case .pandas: .pandas
            case .scikitLearn: .scikitLearn
            case .philox: .philox
            }
        let size: Datasets.PartSize =
            switch part.size {
            case .fraction(let share): .fraction(share)
            case .first(let count): .first(count)
            }
        self.init(shuffle: shuffle, seed: part.seed, size: size)
    }
}

extension ValidationRequest {
    fileprivate init(_ validation: ValidationSettings) {
        switch validation {
        case .part(let part): self = .part(PartRequest(part))
        case .folds(let count, .contiguous): self = .folds(count: count, kind: .contiguous)
        case .folds(let count, .shuffled): self = .folds(count: count, kind: .shuffled)
        case .folds(let count, .stratified): self = .folds(count: count, kind: .stratified)
        }
    }
}
