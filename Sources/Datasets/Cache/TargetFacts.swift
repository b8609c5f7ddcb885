/// What the parts of a data set have of the target, as far as it decides which losses and figures have a meaning.
public struct TargetFacts: Sendable, Hashable, Codable {
    /// The numbers of a numeric target in some rows, scaled; rows count from 1, as in their file.
    public struct Range: Sendable, Hashable, Codable {
        /// The lowest number, and the first row that has it.
        public var low: Place
        /// The highest number, and the first row that has it.
        public var high: Place
        /// The first number that is neither 0 nor 1; nil where there is none.
        public var notBinary: Place?
    }

    /// A number and its row.
    public struct Place: Sendable, Hashable, Codable {
        /// The number, scaled.
        public var value: Double
        /// The row, from 1.
        public var row: Int

        /// A number and its row.
        public init(value: Double, row: Int) {
            self.value = value
            self.row = row
        }
    }

    /// The rows of a part or fold that have a single class, or are a single row.
    public struct NarrowPart: Sendable, Hashable, Codable {
        /// Which rows they are.
        public enum Part: String, Sendable, Hashable, Codable {
            case train, validation, test
        }

        /// Which rows they are.
        public var part: Part
        /// The fold that validates meanwhile, from 1; nil without folds.
        public var fold: Int?
        /// How many they are.
        public var rows: Int
        /// Their only class; nil for a numeric target.
        public var className: String?

        /// Rows of a single class, or a single row.
        public init(part: Part, fold: Int? = nil, rows: Int, className: String? = nil) {
            self.part = part
            self.fold = fold
            self.rows = rows
            self.className = className
        }
    }

    /// The numbers of all rows that train, validate or test; nil for classes and labels.
    public var all: Range?
    /// The numbers of the rows that train, in some fold where there are folds; nil for classes and labels.
    public var train: Range?
    /// Parts and folds in which figures that compare classes, or rows, are not defined.
    public var narrow: [NarrowPart]

    /// The numbers that rows which train have among dense inputs, scaled; nil where they are not known, or there are none.
    public var trainInputs: Range?
    /// How many rows that train have no class beside the inputs; nil: each has one, or there are none.
    public var unlabelledTrainCount: Int?
    /// The classes beside the inputs that no row has which trains; nil: none.
    public var untrainedLabels: [String]?

    /// Facts; without any, nothing is known.
    public init(all: Range? = nil, train: Range? = nil, narrow: [NarrowPart] = []) {
        self.all = all
        self.train = train
        self.narrow = narrow
    }
}

extension TargetFacts {
    init(_ arrays: EncodedArrays) {
        let split = arrays.split
        self.init()
        func range(_ rows: [Int32], of numbers: [Float], width: Int) -> Range? {
            rows.sorted().reduce(into: nil) { range, row in
                let number = Int(arrays.fileRows?[Int(row)] ?? row) + 1
                for value in numbers[Int(row) * width..<(Int(row) + 1) * width] {
                    // Nearly all of them change nothing.
                    if let range, range.notBinary != nil, (range.low.value...range.high.value).contains(Double(value)) { continue }
                    let place = Place(value: Double(value), row: number)
                    var found = range ?? Range(low: place, high: place)
                    if place.value < found.low.value { found.low = place }
                    if place.value > found.high.value { found.high = place }
                    if found.notBinary == nil, value != 0, value != 1 { found.notBinary = place }
                    range = found
                }
            }
        }
        let table: (numbers: [Float], width: Int)? =
            switch (arrays.target, arrays.inputs) {
            case (.values(let values, _), _): (values, 1)
            case (.inputs, .dense(let numbers)): (numbers, arrays.featureCount)
            default: nil
            }
        if let table {
            all = range(split.train + split.validation + split.test, of: table.numbers, width: table.width)
            train = range(split.train, of: table.numbers, width: table.width)
        }
        if case .dense(let numbers) = arrays.inputs {
            trainInputs = if case .inputs = arrays.target { train } else { range(split.train, of: numbers, width: arrays.featureCount) }
        }
        if case .inputs(let labels?, let names) = arrays.target {
            untrainedLabels = Self.untrained(labels, names, split)
            let unlabelled = split.train.count { labels[Int($0)] < 0 }
            if unlabelled > 0 { unlabelledTrainCount = unlabelled }
        }
        narrow = Self.parts(of: split).compactMap { part, fold, rows in
            switch arrays.target {
            case .classes(let labels, let names):
                guard let first = rows.first, rows.allSatisfy({ labels[Int($0)] == labels[Int(first)] }) else { return nil }
                return NarrowPart(part: part, fold: fold, rows: rows.count, className: names[Int(labels[Int(first)])])
            case .severalLabels, .inputs: return nil
            case .values: return rows.count == 1 ? NarrowPart(part: part, fold: fold, rows: 1) : nil
            }
        }
    }

    /// The names of classes that no row has which trains; nil: none.
    static func untrained(_ labels: [Int32], _ names: [String], _ split: SplitRows) -> [String]? {
        let trained = Set(split.train.map { labels[Int($0)] })
        let lacking = names.indices.filter { !trained.contains(Int32($0)) }.map { names[$0] }
        return lacking.isEmpty ? nil : lacking
    }

    private static func parts(of split: SplitRows) -> [(NarrowPart.Part, fold: Int?, rows: [Int32])] {
        guard let folds = split.folds else {
            return [(.train, nil, split.train), (.validation, nil, split.validation), (.test, nil, split.test)]
        }
        return (0..<folds.count).flatMap { fold in
            [
                (NarrowPart.Part.train, Optional(fold + 1), split.training(whileValidating: fold)),
                (.validation, fold + 1, split.rows(validating: fold)),
            ]
        } + [(.test, nil, split.test)]
    }
}
