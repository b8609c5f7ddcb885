import Datasets
import Settings

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
                columns: settings.inputs.columns.filter { !settings.inputs.drop.contains($0.column) }.map {
                    .init(name: $0.column, encoding: .init($0.encoding), missing: .init($0.missing), fit: .init($0.fit))
                }, drop: settings.inputs.drop),
            target: TargetEncoding(
                column: settings.target.column, encoding: .init(settings.target.encoding), missing: .init(settings.target.missing),
                fit: .init(settings.target.fit)),
            split: SplitRequest(
                test: settings.split.test.map(PartRequest.init), validation: settings.split.validation.map(ValidationRequest.init)),
            fold: fold.map { $0 - 1 })
    }
}

extension CSVFormat {
    /// How the settings say that a table is written.
    public init(_ settings: CSVSettings) {
        self.init(
            delimiter: settings.delimiter?.utf8.first, header: settings.header, columns: settings.columns, quotes: settings.quotes ?? true,
            empty: settings.empty ?? [],
            numbers: NumberFormat(
                decimal: settings.decimal?.utf8.first ?? UInt8(ascii: "."), thousands: settings.thousands?.utf8.first))
    }
}

extension LineFormat {
    /// How the settings say that lines carry their labels.
    public init(_ settings: LineSettings) {
        self.init(label: settings.label == .last ? .last : .first, separator: settings.separator)
    }
}

extension Datasets.ColumnEncoding {
    fileprivate init(_ encoding: Settings.Encoding) {
        switch encoding {
        case .label: self = .label
        case .oneHot(let dropFirst, let unknown): self = .oneHot(dropFirst: dropFirst, unknown: unknown == .ignore ? .ignore : .error)
        case .parts(let separator): self = .parts(separator: separator)
        case .multiHot(let vocabulary, let words): self = .multiHot(vocabulary: vocabulary, words: WordOptions(words))
        case .numeric(let scale): self = .numeric(scale: .init(scale))
        case .auto(let scale): self = .automatic(scale: .init(scale))
        }
    }
}

extension WordOptions {
    fileprivate init(_ words: WordSettings) {
        let tokens: Datasets.Tokens? =
            switch words.tokens {
            case nil: nil
            case .keras: .keras
            case .words: .words
            case .characters: .characters
            }
        self.init(
            tokens: tokens, minimumCount: words.minimumCount, skipTop: words.skipTop, coding: words.coding == .keras ? .keras : .plain)
    }
}

extension Datasets.Scale {
    fileprivate init(_ scale: Settings.Scale) {
        switch scale {
        case .none: self = .none
        case .standard: self = .standard
        case .minMax: self = .minMax
        case .divided(let divisor): self = .divided(by: divisor)
        }
    }
}

extension MissingCells {
    fileprivate init(_ missing: MissingSettings) {
        switch missing {
        case .error: self = .error
        case .drop: self = .drop
        case .mean: self = .mean
        case .mostFrequent: self = .mostFrequent
        case .value(let text): self = .value(text)
        }
    }
}

extension Datasets.FittedRows {
    fileprivate init(_ fit: Settings.FittedRows) {
        switch fit {
        case .train: self = .train
        case .folds: self = .folds
        case .all: self = .all
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
            case .rows(let column, let values): .rows(column: column, values: values)
            }
        self.init(shuffle: shuffle, seed: part.seed, size: size, stratified: part.stratified)
    }
}

extension ValidationRequest {
    fileprivate init(_ validation: ValidationSettings) {
        switch validation {
        case .part(let part): self = .part(PartRequest(part))
        case .folds(let count, .contiguous, _): self = .folds(count: count, kind: .contiguous)
        case .folds(let count, .shuffled, let seed): self = .folds(count: count, kind: .shuffled, seed: seed)
        case .folds(let count, .stratified, let seed): self = .folds(count: count, kind: .stratified, seed: seed)
        }
    }
}
