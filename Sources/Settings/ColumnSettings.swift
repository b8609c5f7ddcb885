import Documents

/// How the columns of a table become features.
public struct InputSettings: Hashable, Sendable {
    /// Columns and their encodings, in the order of the file. The column `*` stands for all that are neither named, nor dropped, nor the target, nor
    /// the split's.
    public var columns: [ColumnSettings]
    /// Columns that are left out, though they may be among `columns`.
    public var drop: [String]

    /// The columns that are used and those that are not.
    public init(columns: [ColumnSettings], drop: [String] = []) {
        self.columns = columns
        self.drop = drop
    }

    /// Rows and columns of zeros around images, on each side.
    public var pad: Int { columns.compactMap(\.image?.pad).max() ?? 0 }

    /// Puts the columns in the order of these names; columns that are not among them come last.
    public mutating func order(like names: [String]) {
        let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let placed = columns.enumerated().map { (place: places[$1.column] ?? names.count, offset: $0, column: $1) }
        columns = placed.sorted { ($0.place, $0.offset) < ($1.place, $1.offset) }.map(\.column)
    }
}

/// One column and its encoding: an input, where `*` stands for all others, or the target.
public struct ColumnSettings: Hashable, Sendable {
    /// The column's name, or `*`.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding
    /// What stands for an empty cell; of a target `error` or `drop`, because a target that was made up is none.
    public var missing: MissingSettings
    /// Which rows its figures, categories, classes or words come from.
    public var fit: FittedRows
    /// Of a target of two classes, the one that precision, recall, F1 and ROC AUC are of; nil: the second.
    public var positive: String?
    /// Of numeric inputs, the image that they are together; nil: numbers in a row.
    public var image: ImageShape?
    /// Of numeric inputs, the windows of a time series that they are together; nil: each row by itself.
    public var window: WindowSettings?
    /// Of a target that follows running text, whether every step of a window has one: what follows that step.
    public var each: Bool

    /// A column and its encoding.
    public init(
        column: String, encoding: Encoding, missing: MissingSettings = .error, fit: FittedRows = .train, positive: String? = nil,
        image: ImageShape? = nil, window: WindowSettings? = nil, each: Bool = false
    ) {
        self.column = column
        self.encoding = encoding
        self.missing = missing
        self.fit = fit
        self.positive = positive
        self.image = image
        self.window = window
        self.each = each
    }
}

extension ColumnSettings {
    /// The number among its classes of the one that precision, recall, F1 and ROC AUC are of: the one that is named, else the second.
    public func positiveNumber(among classes: [String]) -> Int { positive.flatMap { classes.firstIndex(of: $0) } ?? 1 }
}

// MARK: - In the file

extension InputSettings {
    package static let schema = Schema<([String], [Keyed<ColumnSettings>])>.map(
        of: "column", to: ColumnSettings.schema,
        beside: Record<[String]>(
            "inputs",
            Field(
                "drop", { $0 }, .list(of: .text("column's name")), default: InputSettings(columns: []).drop,
                doc: "Columns that are left out, also those that are named: {inputs.drop: [age]} is a variant without one."),
            build: { $0 })
    ).mapped(
        to: { drop, columns in InputSettings(columns: columns.map(ColumnSettings.init), drop: drop) },
        from: { inputs in (inputs.drop, inputs.columns.map { Keyed(key: $0.column, value: $0) }) }
    ).checked { inputs in
        inputs.columns.isEmpty ? Problem("% name no column", help: "\"*\" stands for all but the target") : nil
    }.checked { inputs in
        inputs.columns.first { $0.encoding == .next }.map {
            Problem("next is for a target, \"\($0.column)\" is an input", help: "write encode: tokens", at: $0.column)
        }
    }.checked { inputs in
        inputs.columns.first { $0.positive != nil }.map {
            Problem("only a target has a positive class, \"\($0.column)\" is an input", help: "leave out positive", at: $0.column)
        }
    }
}

extension ColumnSettings {
    /// What stands for the inputs as the target.
    static let inputsName = "inputs"

    /// The target that is the inputs themselves.
    public static let inputsAsTarget = ColumnSettings(column: inputsName, encoding: .inputs)

    /// The target: one column, or the inputs themselves.
    package static let targetSchema = Schema<ColumnSettings>.either(
        targetColumnSchema,
        .enumeration(
            "target",
            Choosable(
                inputsName, inputsAsTarget,
                doc: "The inputs themselves, which the network is to give again: an autoencoder, or a model of what the rows are like.")),
        writing: { $0.encoding == .inputs ? 1 : 0 })

    private static let targetColumnSchema = Schema<Keyed<ColumnSettings>>.single("column", to: schema).mapped(
        to: ColumnSettings.init, from: { Keyed(key: $0.column, value: $0) }
    ).checked { target in
        target.missing == .error || target.missing == .drop
            ? nil : Problem("an empty cell of a target can only be an error or drop its row", help: "write missing: drop")
    }.checked { target in
        if case .multiHot(_, let words) = target.encoding {
            guard words.weights == .binary else {
                return Problem("\(target.encoding.name) is for a text among the inputs", help: "a target can be label, one-hot or numeric")
            }
            return Problem(
                "a target has labels, of which a cell has any number", help: "write separator, what stands between them, such as |")
        }
        if target.window != nil {
            return Problem(
                "a window is for inputs", help: "the target of a series is numeric: horizon, among the inputs, says how far ahead it lies")
        }
        if target.image != nil { return Problem("an image is for inputs", help: "a target can be label, one-hot or numeric") }
        if target.encoding.minimumCount > 1 { return Problem("a target keeps every class", help: "leave out min_count") }
        if target.encoding.dropsFirst { return Problem("a target keeps every class", help: "leave out drop_first") }
        return target.encoding.unknown == .error
            ? nil : Problem("a row with an unknown class has no target", help: "leave out unknown")
    }

    fileprivate init(_ keyed: Keyed<ColumnSettings>) {
        self = keyed.value
        column = keyed.key
    }

    /// The column's keys; its name is the key that they stand under.
    package static let schema = Schema<ColumnSettings>.choice(
        "encoding", by: "encode",
        Case(
            "label", label.schema, doc: "One number a class: 0, 1, 2, …", make: { $0 },
            get: { if case .label = $0.encoding { $0 } else { nil } }),
        Case(
            "one-hot", oneHot.schema.checked(\.unknownProblem),
            doc: "As many numbers as there are classes: 1 at the value's own, 0 elsewhere.", make: { $0 },
            get: { if case .oneHot = $0.encoding { $0 } else { nil } }),
        Case(
            "multi-hot", WrittenWords.multiHot.schema.checked(\.problem), family: WrittenWords.family,
            doc:
                "As many numbers as there are words, or with separator categories: 1 at each that occurs. A target of several labels has a separator.",
            make: \.column, get: WrittenWords.reading("multi-hot")),
        Case(
            "counts", WrittenWords.counts.schema, family: WrittenWords.family,
            doc: "As many numbers as there are words: how often each occurs in the text.",
            make: \.column, get: WrittenWords.reading("counts")),
        Case(
            "tf-idf", WrittenWords.tfidf.schema, family: WrittenWords.family,
            doc:
                "As many numbers as there are words: how often each occurs in the text, times how rare it is among those that the column is fitted on, as scikit-learn's TfidfVectorizer has it.",
            make: \.column, get: WrittenWords.reading("tf-idf")),
        Case(
            "tokens", WrittenWords.sequences.schema.checked(\.problem), family: WrittenWords.family,
            doc: "A row of whole numbers, one a word or character, for an embedding: of the only input column.",
            make: \.column, get: WrittenWords.reading("tokens")),
        Case(
            "next", next.schema, doc: "Of running text as the target: the word or character that follows, as a class.", make: { $0 },
            get: { if case .next = $0.encoding { $0 } else { nil } }),
        Case(
            "numeric", numeric.schema, doc: "The number itself.", make: { $0 },
            get: { if case .numeric = $0.encoding, $0.image == nil, $0.window == nil { $0 } else { nil } }),
        Case(
            "image", image.schema,
            doc: "Numbers that are an image together, row by row, the channels of a pixel beside each other: of all inputs, or of none.",
            make: { $0 }, get: { $0.image == nil ? nil : $0 }),
        Case(
            "window", window.schema.checked(\.windowProblem),
            doc: "Numbers of a time series, of which so many rows that follow each other are one example: of all inputs, or of none.",
            make: { $0 }, get: { $0.window == nil ? nil : $0 }),
        Case(
            "ordinal", ordinal.schema.checked(\.orderProblem), doc: "The category's place in order, from 0.", make: { $0 },
            get: { if case .ordinal = $0.encoding { $0 } else { nil } }),
        Case(
            "yes-no", yesNo.schema,
            doc: "1 for yes, true, y, t and 1, 0 for no, false, n, f and 0, in any letter case; anything else is refused.", make: { $0 },
            get: { if case .yesNo = $0.encoding { $0 } else { nil } }),
        Case(
            "date", date.schema.checked(\.encoding.dates.problem),
            doc: "Dates with or without times, of which parts and days since a day are features; a time zone is turned into UTC.",
            make: { $0 }, get: { if case .date = $0.encoding { $0 } else { nil } }),
        Case(
            "auto", auto.schema,
            doc:
                "Numeric where cells are numbers, else one-hot; numbers with something else among them, and many dates, are refused, and 00501 is no number.",
            make: { $0 },
            get: { if case .auto = $0.encoding { $0 } else { nil } }))

    // MARK: - Cases

    private static let label = Record<ColumnSettings>(
        "label", missingField, fitField, positiveField,
        build: { ColumnSettings(column: "", encoding: .label, missing: $0, fit: $1, positive: $2) })

    private static let oneHot = Record<ColumnSettings>(
        "one-hot",
        Field(
            "drop_first", \.encoding.dropsFirst, .boolean, unlessWritten: Encoding.oneHot().dropsFirst,
            doc: "Whether the first category has no number of its own"),
        Field(
            "unknown", \.encoding.unknown, UnknownCategories.schema, unlessWritten: Encoding.oneHot().unknown,
            doc: "What to do with a category that no train row has"),
        Field(
            "min_count", \.encoding.minimumCount, .integer(.atLeast(1)), unlessWritten: Encoding.oneHot().minimumCount,
            misnomers: ["min_frequency", "minimum_count"],
            doc: "Categories that fewer of the rows have on which the column is fitted share a number, the last, named rare"),
        missingField, fitField, positiveField,
        build: {
            ColumnSettings(
                column: "", encoding: .oneHot(dropFirst: $0, unknown: $1, minimumCount: $2), missing: $3, fit: $4, positive: $5)
        })

    private var unknownProblem: Problem? {
        encoding.unknown == .rare && encoding.minimumCount == 1
            ? Problem("without min_count there are no rare categories", help: "write min_count, or unknown: ignore", at: "unknown") : nil
    }

    private static let ordinal = Record<ColumnSettings>(
        "ordinal",
        Field(
            "order", \.encoding.order, .list(of: .text("category"), atLeast: 2), misnomers: ["categories"],
            doc: "The categories from the lowest to the highest, such as [S, M, L]."),
        Field(
            "scale", \.encoding.scale, Scale.linearSchema, unlessWritten: plain.encoding.scale,
            doc: "How the places are scaled, by figures of the rows that the column is fitted on"),
        missingField, fitField,
        build: { ColumnSettings(column: "", encoding: .ordinal(order: $0, scale: $1), missing: $2, fit: $3) })

    private var orderProblem: Problem? {
        var seen: Set<String> = []
        let order = encoding.order
        return order.first { !seen.insert($0).inserted }.map {
            Problem("order has \"\($0)\" twice", help: "name each category once", at: "order")
        }
    }

    private static let next = Record<ColumnSettings>(
        "next", positiveField,
        Field(
            "each", \.each, .boolean, unlessWritten: plain.each,
            doc:
                "Whether every step of a window has a target, what follows it: the network ends in a sequence then, such as return_sequences gives"
        ),
        build: { ColumnSettings(column: "", encoding: .next, positive: $0, each: $1) })

    private static let yesNo = Record<ColumnSettings>(
        "yes-no", missingField, fitField, build: { ColumnSettings(column: "", encoding: .yesNo, missing: $0, fit: $1) })

    private static let numeric = Record<ColumnSettings>(
        "numeric", scaleField, missingField, fitField,
        build: { ColumnSettings(column: "", encoding: .numeric(scale: $0), missing: $1, fit: $2) })

    private static let image = Record<ColumnSettings>(
        "image",
        Field("height", { $0.image?.height ?? 0 }, .integer(ImageShape.size), misnomers: ["rows"], doc: "Rows of pixels."),
        Field("width", { $0.image?.width ?? 0 }, .integer(ImageShape.size), misnomers: ["columns"], doc: "Columns of pixels."),
        Field(
            "channels", { $0.image?.channels ?? 0 }, .integer(ImageShape.size), default: ImageShape(height: 1, width: 1).channels,
            doc: "Numbers a pixel: 1 for grey values, 3 for colours."),
        Field(
            "pad", { $0.image?.pad ?? 0 }, .integer(.atLeast(0, upTo: 10_000)), unlessWritten: ImageShape(height: 1, width: 1).pad,
            misnomers: ["padding"],
            doc: "Rows, and columns, of zeros around the image on each side, after scaling: room for what moves"),
        Field(
            optional: "resize", { $0.image?.resize }, ImageShape.Resizing.schema,
            doc:
                "How PNG and JPEG files of other sizes are brought to this one, each side stretched by itself; without it they are refused."
        ),
        scaleField, missingField, fitField,
        build: { height, width, channels, pad, resize, scale, missing, fit in
            ColumnSettings(
                column: "", encoding: .numeric(scale: scale), missing: missing, fit: fit,
                image: ImageShape(height: height, width: width, channels: channels, pad: pad, resize: resize))
        })

    private static let window = Record<ColumnSettings>(
        "window",
        Field(
            "length", { $0.window?.length ?? 0 }, .integer(WindowSettings.size), misnomers: ["sequence_length", "lags", "size"],
            doc: "How many rows an example sees."),
        Field(
            "horizon", { $0.window?.horizon ?? 0 }, .integer(WindowSettings.size), default: WindowSettings(length: 1).horizon,
            doc: "How many rows behind the last of them the target stands: 1 is the next row."),
        Field(
            "step", { $0.window?.step ?? 0 }, .integer(WindowSettings.size), default: WindowSettings(length: 1).step,
            misnomers: ["stride", "sequence_stride"], doc: "How many rows a window begins behind the one before."),
        scaleField, missingField, fitField,
        build: { length, horizon, step, scale, missing, fit in
            ColumnSettings(
                column: "", encoding: .numeric(scale: scale), missing: missing, fit: fit,
                window: WindowSettings(length: length, horizon: horizon, step: step))
        })

    private var windowProblem: Problem? {
        missing == .drop
            ? Problem(
                "rows of a series cannot be left out: those around them would follow each other", help: "write missing: mean, or a value",
                at: "missing")
            : nil
    }

    private static let date = Record<ColumnSettings>(
        "date", DateSettings.formatField.of(\.encoding.dates), DateSettings.partsField.of(\.encoding.dates),
        DateSettings.cyclicField.of(\.encoding.dates), DateSettings.sinceField.of(\.encoding.dates),
        DateSettings.scaleField.of(\.encoding.dates), missingField, fitField,
        build: { format, parts, cyclic, since, scale, missing, fit in
            ColumnSettings(
                column: "",
                encoding: .date(DateSettings(format: format, parts: parts, cyclic: cyclic, since: since, scale: scale)),
                missing: missing, fit: fit)
        })

    private static let auto = Record<ColumnSettings>(
        "auto", scaleField, missingField, fitField,
        build: { ColumnSettings(column: "", encoding: .auto(scale: $0), missing: $1, fit: $2) })

    // MARK: - Keys

    private static let plain = ColumnSettings(column: "", encoding: .label)

    private static let scaleField = Field<ColumnSettings, Scale>(
        "scale", \.encoding.scale, Scale.schema, default: plain.encoding.scale,
        doc: "How the numbers are scaled, by figures of the rows that the column is fitted on.")

    static let missingField = Field<ColumnSettings, MissingSettings>(
        "missing", \.missing, MissingSettings.schema, unlessWritten: plain.missing,
        doc: "What stands for an empty cell, \(MissingSettings.Fill.words), or {fill: median, indicator: true}")

    private static let positiveField = Field<ColumnSettings, String?>(
        optional: "positive", \.positive, .text("class's name"), misnomers: ["pos_label", "positive_class"],
        doc: "Of a target of two classes, the one that precision, recall, f1 and roc_auc are of: the second unless written.")

    static let fitField = Field<ColumnSettings, FittedRows>(
        "fit", \.fit, FittedRows.schema, unlessWritten: plain.fit, doc: "Which rows its figures and categories come from")
}
