import TensorEngine
import TestSupport

/// Every operation of the engine, on every form of its inputs.
enum OperationTable {
    /// All cases, for matrices of `rows` by `columns`.
    static func cases(rows: Int, columns: Int) -> [OperationCase] {
        let matrix: Shape = [rows, columns]
        return elementwise(matrix) + pairs(matrix) + gradients(matrix) + reductions(matrix) + products(rows, columns) + losses(matrix)
            + normalization(matrix) + data(rows, columns) + windows(rows, columns) + sequences(rows, columns) + recurrences(rows, columns)
    }

    // MARK: - Element by element

    private static func elementwise(_ matrix: Shape) -> [OperationCase] {
        let x: [OperationCase.Input] = [.numbers(matrix)]
        return [
            OperationCase("Relu", x) { graph, x, _ in try graph.relu(x[0]) },
            OperationCase("Step", x) { graph, x, _ in try graph.step(x[0]) },
            OperationCase("Sigmoid", x) { graph, x, _ in try graph.sigmoid(x[0]) },
            OperationCase("Tanh", x) { graph, x, _ in try graph.tanh(x[0]) },
            OperationCase("Square", x) { graph, x, _ in try graph.square(x[0]) },
            OperationCase("Absolute", x) { graph, x, _ in try graph.absolute(x[0]) },
            OperationCase("Sign", x) { graph, x, _ in try graph.add(Sign(), x) },
            OperationCase("Exponential", x) { graph, x, _ in try graph.exponential(x[0]) },
            OperationCase("Logarithm", [.positive(matrix)]) { graph, x, _ in try graph.logarithm(x[0]) },
            OperationCase("SquareRoot", [.positive(matrix)]) { graph, x, _ in try graph.squareRoot(x[0]) },
            OperationCase("Softplus", x) { graph, x, _ in try graph.softplus(x[0]) },
            OperationCase("NormalShare", x) { graph, x, _ in try graph.add(NormalShare(), x) },
            OperationCase("NormalShare", "far from 0", x) { graph, x, _ in try graph.add(NormalShare(), [graph.scale(x[0], by: 2.5)]) },
            OperationCase("LeakyRelu", x) { graph, x, _ in try graph.leakyRelu(x[0], slope: 0.2) },
            OperationCase("Elu", x) { graph, x, _ in try graph.elu(x[0]) },
            OperationCase("Elu", "as in selu", x) { graph, x, _ in try graph.selu(x[0]) },
            OperationCase("ClipMagnitude", x) { graph, x, _ in try graph.clipMagnitude(x[0], limit: 0.75) },
            OperationCase("Huber", x) { graph, x, _ in try graph.huber(x[0], delta: 0.75) },
            OperationCase("Scale", x) { graph, x, _ in try graph.scale(x[0], by: -1.75) },
            OperationCase("ClipProbability", [.aroundUnit(matrix)]) { graph, x, _ in try graph.clipProbability(x[0], low: 0.125) },
        ]
    }

    /// How two operands may lie: alike, or one of them repeated.
    private static func forms(_ matrix: Shape) -> [(name: String, first: Shape, second: Shape)] {
        let row: Shape = [matrix.columns]
        let column: Shape = [matrix.rows, 1]
        return [
            ("alike", matrix, matrix), ("rows alike", row, row), ("scalars", [], []),
            ("second a scalar", matrix, []), ("first a scalar", [], matrix),
            ("second a row", matrix, row), ("first a row", row, matrix),
            ("second a column", matrix, column), ("first a column", column, matrix),
            ("second one number", column, [1]), ("second a row under one row", [1, matrix.columns], row),
        ]
    }

    private static func pairs(_ matrix: Shape) -> [OperationCase] {
        forms(matrix).flatMap { (form: String, first: Shape, second: Shape) -> [OperationCase] in
            let x: [OperationCase.Input] = [.numbers(first), .numbers(second)]
            return [
                OperationCase("Add", form, x) { graph, x, _ in try graph.add(x[0], x[1]) },
                OperationCase("Subtract", form, x) { graph, x, _ in try graph.subtract(x[0], x[1]) },
                OperationCase("Multiply", form, x) { graph, x, _ in try graph.multiply(x[0], x[1]) },
                OperationCase("Divide", form, x) { graph, x, _ in try graph.divide(x[0], x[1]) },
                OperationCase("Maximum", form, x) { graph, x, _ in try graph.maximum(x[0], x[1]) },
                OperationCase("Less", form, x) { graph, x, _ in try graph.add(Less(), x) },
                OperationCase("SigmoidCrossEntropy", form, [.numbers(first), .aroundUnit(second)]) { graph, x, _ in
                    try graph.sigmoidCrossEntropy(logits: x[0], targets: x[1])
                },
            ]
        }
    }

    private static func gradients(_ matrix: Shape) -> [OperationCase] {
        let x: [OperationCase.Input] = [.numbers(matrix), .aroundUnit(matrix)]
        return [
            OperationCase("ReluGradient", x) { graph, x, _ in try graph.add(ReluGradient(), x) },
            OperationCase("SigmoidGradient", x) { graph, x, _ in try graph.add(SigmoidGradient(), x) },
            OperationCase("TanhGradient", x) { graph, x, _ in try graph.add(TanhGradient(), x) },
            OperationCase("LeakyReluGradient", x) { graph, x, _ in try graph.add(LeakyReluGradient(slope: 0.2), x) },
            OperationCase("EluGradient", x) { graph, x, _ in try graph.add(EluGradient(alpha: 1.5), x) },
            OperationCase("ClipProbabilityGradient", x) { graph, x, _ in try graph.add(ClipProbabilityGradient(low: 0.125), x) },
        ]
    }

    // MARK: - Shapes

    private static func reductions(_ matrix: Shape) -> [OperationCase] {
        let x: [OperationCase.Input] = [.numbers(matrix)]
        let targets: [(String, Shape)] = [
            ("of a scalar", []), ("of a row", [matrix.columns]), ("of a column", [matrix.rows, 1]), ("of one number", [1]),
        ]
        let cases: [OperationCase] = [
            OperationCase("SumAll", x) { graph, x, _ in try graph.sum(x[0]) },
            OperationCase("SumAll", "of a row", [.numbers([matrix.columns])]) { graph, x, _ in try graph.sum(x[0]) },
            OperationCase("SumColumns", x) { graph, x, _ in try graph.sumOfColumns(x[0]) },
            OperationCase("SumRows", x) { graph, x, _ in try graph.add(SumRows(), x) },
            OperationCase("Reshape", x) { graph, x, _ in try graph.add(Reshape(target: [matrix.columns, matrix.rows]), x) },
            OperationCase("Softmax", x) { graph, x, _ in try graph.softmax(x[0]) },
            OperationCase("Softmax", "of a row", [.numbers([matrix.columns])]) { graph, x, _ in try graph.softmax(x[0]) },
            OperationCase("LogSoftmax", x) { graph, x, _ in try graph.logSoftmax(x[0]) },
        ]
        return cases
            + targets.map { form, shape in
                OperationCase("BroadcastTo", form, [.numbers(shape)]) { graph, x, _ in try graph.add(BroadcastTo(target: matrix), x) }
            }
    }

    // MARK: - Products

    private static func products(_ m: Int, _ n: Int) -> [OperationCase] {
        let dense = [1, 4, 33].flatMap { k in
            [(false, false), (true, false), (false, true), (true, true)].map { (transposeA: Bool, transposeB: Bool) -> OperationCase in
                OperationCase(
                    "Product", "\(transposeA ? "first" : "nothing")\(transposeB ? ", second" : "") transposed, \(k) inside",
                    [.numbers(transposeA ? [k, m] : [m, k]), .numbers(transposeB ? [n, k] : [k, n])]
                ) { graph, x, _ in try graph.product(x[0], x[1], transposeA: transposeA, transposeB: transposeB) }
            }
        }
        return dense
            + [("ones", sparseTable(ofOnes: true)), ("numbers", sparseTable(ofOnes: false))].flatMap { form, table in
                [
                    OperationCase("SparseProduct", form, [.numbers([table.columns, n])], batch: m) { graph, x, rows in
                        try graph.sparseProduct(table, rows ?? x[0], x[0])
                    },
                    OperationCase("SparseProductGradient", form, [.numbers([m, n])], batch: m) { graph, x, rows in
                        try graph.add(SparseProductGradient(table: table), [rows ?? x[0], x[0]])
                    },
                ]
            }
    }

    // MARK: - Normalization

    private static func normalization(_ matrix: Shape) -> [OperationCase] {
        let row: Shape = [matrix.columns]
        let x: [OperationCase.Input] = [.numbers(matrix)]
        return [
            OperationCase("ColumnVariance", x) { graph, x, _ in try graph.varianceOfRows(x[0], mean: graph.meanOfRows(x[0])) },
            OperationCase("BatchNormalize", x + [.numbers(row), .numbers(row)]) { graph, x, _ in
                let mean = try graph.meanOfRows(x[0])
                return try graph.batchNormalize(
                    x[0], mean: mean, variance: graph.varianceOfRows(x[0], mean: mean), gamma: x[1], beta: x[2], epsilon: 0.125)
            },
            OperationCase("DropoutMask", x) { graph, x, _ in
                try graph.multiply(x[0], graph.dropoutMask(matrix, rate: 0.3, seed: 7, path: "dropout"))
            },
            OperationCase("DropoutMask", "not scaled", x) { graph, x, _ in
                try graph.multiply(x[0], graph.dropoutMask(matrix, rate: 0.3, kept: 1, seed: 7, path: "dropout"))
            },
            OperationCase("NormalNumbers", x) { graph, x, _ in
                try graph.multiply(x[0], graph.normalNumbers(matrix, seed: 7, path: "noise"))
            },
            OperationCase("UniformDraw", x) { graph, x, _ in
                try graph.multiply(x[0], graph.add(UniformDraw(seed: 7, path: "draw", target: matrix)))
            },
        ]
    }

    /// Operations that only appear in gradients and have none of their own.
    static func withoutGradients(rows: Int, columns: Int) -> [OperationCase] {
        let (matrix, row): (Shape, Shape) = ([rows, columns], [columns])
        return recurrencesWithoutGradients(rows, columns) + [
            OperationCase("NormalizedColumnSums", [.numbers(matrix), .numbers(row), .positive(row), .numbers(matrix)]) { graph, x, _ in
                try graph.add(NormalizedColumnSums(epsilon: 0.125), x)
            },
            OperationCase(
                "BatchNormalizeGradient",
                [.numbers(matrix), .numbers(row), .positive(row), .numbers(row), .numbers(matrix), .numbers(row), .numbers(row)]
            ) { graph, x, _ in try graph.add(BatchNormalizeGradient(epsilon: 0.125), x) },
            OperationCase(
                "FlipGains", "", [.numbers([rows, 12]), .numbers(matrix), .numbers([12, columns]), .numbers([12])], batch: rows
            ) { graph, x, batch in
                try graph.flipGains(of: x[0], sums: x[1], kernel: x[2], visibleBias: x[3], bits: graph.gather(tokens, batch ?? x[0]))
            },
            OperationCase("MaxPooling2DGradient", [.numbers([rows, 5, 4, columns]), .numbers([rows, 2, 1, columns])]) { graph, x, _ in
                let window = Window(size: [2, 3], strides: [2, 2])
                let largest = try graph.maxPooling2D(x[0], window: window)
                return try graph.add(MaxPooling2DGradient(window: window), [x[0], largest, x[1]])
            },
        ]
    }

    // MARK: - Losses and data

    private static func losses(_ matrix: Shape) -> [OperationCase] {
        let labels = labels(classes: matrix.columns)
        let x: [OperationCase.Input] = [.numbers(matrix)]
        return [
            OperationCase("SoftmaxCrossEntropy", "", x, batch: matrix.rows) { graph, x, rows in
                try graph.softmaxCrossEntropy(logits: x[0], labels: graph.gather(labels, rows ?? x[0]))
            },
            OperationCase("SoftmaxCrossEntropyGradient", "", x + [.numbers([matrix.rows])], batch: matrix.rows) { graph, x, rows in
                try graph.add(SoftmaxCrossEntropyGradient(), [x[0], graph.gather(labels, rows ?? x[0]), x[1]])
            },
        ]
    }

    private static func data(_ batch: Int, _ columns: Int) -> [OperationCase] {
        var numbers = SeededNumbers(seed: 5)
        let table = FloatTable.holding(
            numbers.signedNumbers(OperationCase.tableRows * columns, magnitude: 0.1...2).map(Float.init), columns: columns)
        let labels = labels(classes: columns)
        return [
            OperationCase("GatherRows", "", [], batch: batch) { graph, x, rows in try graph.gather(table, rows ?? x[0]) },
            OperationCase("GatherSparseRows", "ones", [], batch: batch) { graph, x, rows in
                try graph.gather(sparseTable(ofOnes: true), rows ?? x[0])
            },
            OperationCase("GatherSparseRows", "numbers", [], batch: batch) { graph, x, rows in
                try graph.gather(sparseTable(ofOnes: false), rows ?? x[0])
            },
            OperationCase("GatherLabels", "", [], batch: batch) { graph, x, rows in
                try graph.oneHot(graph.gather(labels, rows ?? x[0]), classes: columns)
            },
            OperationCase("GatherTokens", "", [.numbers([12, columns])], batch: batch) { graph, x, rows in
                try graph.embed(graph.gather(tokens, rows ?? x[0]), x[0])
            },
            OperationCase("Embedding", "", [.numbers([12, columns])], batch: batch) { graph, x, rows in
                try graph.embed(graph.gather(tokens, rows ?? x[0]), x[0])
            },
            OperationCase("EmbeddingGradient", "", [.numbers([batch, 4, columns])], batch: batch) { graph, x, rows in
                try graph.add(EmbeddingGradient(vocabulary: 12), [graph.gather(tokens, rows ?? x[0]), x[0]])
            },
            OperationCase("TokenMask", "", [], batch: batch) { graph, x, rows in
                try graph.maskOfWords(graph.gather(tokens, rows ?? x[0]))
            },
            OperationCase("SwapSteps", "of whole numbers", [.numbers([12, columns])], batch: batch) { graph, x, rows in
                try graph.embed(graph.swapSteps(graph.gather(tokens, rows ?? x[0])), x[0])
            },
            OperationCase("OneHot", "", [], batch: batch) { graph, x, rows in
                try graph.oneHot(graph.gather(labels, rows ?? x[0]), classes: columns)
            },
            OperationCase("OneHot", "of sequences", [], batch: batch) { graph, x, rows in
                try graph.oneHot(graph.swapSteps(graph.gather(tokens, rows ?? x[0])), classes: 12)
            },
            OperationCase("OneHot", "times a matrix", [.numbers([12, columns])], batch: batch) { graph, x, rows in
                let hot = try graph.swapSteps(graph.oneHot(graph.gather(tokens, rows ?? x[0]), classes: 12))
                return try graph.product(graph.reshape(hot, to: [hot.shape.rows, 12]), x[0])
            },
        ]
    }

    /// Images of 5 rows and 4 columns.
    private static func windows(_ batch: Int, _ columns: Int) -> [OperationCase] {
        let (channels, filters) = (min(columns, 17), min(columns, 3))
        let images: Shape = [batch, 5, 4, channels]
        let windows = [
            ("inside", Window(size: [3, 2])), ("padded", Window(size: [3, 3], padding: .around)),
            ("padded, even", Window(size: [2, 4], padding: .around)),
            ("steps of 2 and 3", Window(size: [2, 2], strides: [2, 3])),
            ("padded, steps of 2", Window(size: [3, 2], strides: [2, 2], padding: .around)),
            ("dilated", Window(size: [2, 2], dilation: [2, 3])),
            ("padded, dilated", Window(size: [3, 2], dilation: [2, 2], padding: .around)),
            ("larger steps than the window", Window(size: [1, 1], strides: [3, 2])),
            ("all padding before", Window(size: [2, 3], dilation: [1, 2], padding: .before)),
            ("a tiling", Window(size: [5, 2], strides: [5, 2])),
        ]
        return windows.flatMap { (form: String, window: Window) -> [OperationCase] in
            let kernel = Shape(window.size + [channels, filters])
            // The shape rules say how many places there are.
            let places = (try? AveragePooling2D(window: window).shape(of: [images])) ?? []
            let gradient = Shape(Array(places.dimensions.dropLast()) + [filters])
            return [
                OperationCase("Convolution2D", form, [.numbers(images), .numbers(kernel)]) { graph, x, _ in
                    try graph.convolution2D(x[0], x[1], window: window)
                },
                OperationCase("Convolution2D", form + ", finished", [.numbers(images), .numbers(kernel), .numbers([filters])]) {
                    graph, x, _ in
                    try graph.tanh(graph.add(graph.convolution2D(x[0], x[1], window: window), x[2]))
                },
                OperationCase("Convolution2DInputGradient", form, [.numbers(gradient), .numbers(kernel)]) { graph, x, _ in
                    try graph.add(Convolution2DInputGradient(window: window, images: images), x)
                },
                OperationCase("Convolution2DKernelGradient", form, [.numbers(images), .numbers(gradient)]) { graph, x, _ in
                    try graph.add(Convolution2DKernelGradient(window: window), x)
                },
                OperationCase("AveragePooling2D", form, [.numbers(images)]) { graph, x, _ in
                    try graph.averagePooling2D(x[0], window: window)
                },
                OperationCase("AveragePooling2DGradient", form, [.numbers(places)]) { graph, x, _ in
                    try graph.add(AveragePooling2DGradient(window: window, images: images), x)
                },
                OperationCase("MaxPooling2D", form, [.distinct(images)]) { graph, x, _ in try graph.maxPooling2D(x[0], window: window) },
            ] + grouped(window, form, batch, channels: channels, places: places)
        } + [
            OperationCase(
                "Convolution2D", "behind others, in turns",
                [.numbers(images), .numbers([2, 2, channels, filters]), .numbers([2, 2, filters, 2])]
            ) {
                graph, x, _ in
                let first = try graph.tanh(graph.convolution2D(x[0], x[1], window: Window(size: [2, 2])))
                let means = try graph.averagePooling2D(first, window: Window(size: [2, 2], strides: [1, 1]))
                return try graph.tanh(graph.convolution2D(means, x[2], window: Window(size: [2, 2], padding: .around)))
            }
        ] + enlargements(images)
    }

    /// Convolutions in two groups, and in one for each channel.
    private static func grouped(_ window: Window, _ form: String, _ batch: Int, channels: Int, places: Shape) -> [OperationCase] {
        [(groups: 2, filters: 4), (groups: 2 * channels, filters: 2 * channels)].flatMap { groups, filters -> [OperationCase] in
            let images: Shape = [batch, 5, 4, 2 * channels]
            let kernel = Shape(window.size + [2 * channels / groups, filters])
            let gradient = Shape(Array(places.dimensions.dropLast()) + [filters])
            let form = "\(form), \(groups) groups"
            return [
                OperationCase("Convolution2D", form, [.numbers(images), .numbers(kernel)]) { graph, x, _ in
                    try graph.convolution2D(x[0], x[1], window: window, groups: groups)
                },
                OperationCase("Convolution2DInputGradient", form, [.numbers(gradient), .numbers(kernel)]) { graph, x, _ in
                    try graph.add(Convolution2DInputGradient(window: window, images: images, groups: groups), x)
                },
                OperationCase("Convolution2DKernelGradient", form, [.numbers(images), .numbers(gradient)]) { graph, x, _ in
                    try graph.add(Convolution2DKernelGradient(window: window, groups: groups), x)
                },
            ]
        }
    }

    /// Cells that are repeated, margins, and the ways back.
    private static func enlargements(_ images: Shape) -> [OperationCase] {
        let margins = Margins(top: 1, bottom: 2, left: 0, right: 1)
        return [
            OperationCase("RepeatCells2D", "", [.numbers(images)]) { graph, x, _ in try graph.repeatCells2D(x[0], down: 2, right: 3) },
            OperationCase("SumCells2D", "", [.numbers(images)]) { graph, x, _ in try graph.add(SumCells2D(down: 5, right: 2), x) },
            OperationCase("StretchCells2D", "", [.numbers(images)]) { graph, x, _ in try graph.stretchCells2D(x[0], down: 2, right: 3) },
            OperationCase("GatherCells2D", "", [.numbers(images)]) { graph, x, _ in try graph.add(GatherCells2D(down: 5, right: 2), x) },
            OperationCase("Padding2D", "", [.numbers(images)]) { graph, x, _ in try graph.padding2D(x[0], margins: margins) },
            OperationCase("Cropping2D", "", [.numbers(images)]) { graph, x, _ in try graph.add(Cropping2D(margins: margins), x) },
        ]
    }

    private static func sparseTable(ofOnes: Bool) -> SparseTable {
        var numbers = SeededNumbers(seed: 3)
        // The first row names no column at all.
        let rows = [[]] + numbers.sparseRows(OperationCase.tableRows - 1, columns: 12, longest: 7)
        return .holding(rows, values: ofOnes ? nil : numbers.values(for: rows), columns: 12)
    }

    /// Four of twelve words a row.
    private static let tokens: TokenTable = {
        var numbers = SeededNumbers(seed: 6)
        return .holding((0..<OperationCase.tableRows * 4).map { _ in Int32.random(in: 0..<12, using: &numbers) }, length: 4)
    }()

    private static func labels(classes: Int) -> LabelTable {
        var numbers = SeededNumbers(seed: 4)
        return .holding((0..<OperationCase.tableRows).map { _ in Int32.random(in: 0..<Int32(classes), using: &numbers) })
    }
}
