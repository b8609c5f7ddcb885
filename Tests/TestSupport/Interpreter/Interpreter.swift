import TensorEngine

/// Computes a graph node by node in Double, as slowly and plainly as can be: what compiled programs and gradient rules are checked against.
///
/// It shares no code with the kernels.
public struct Interpreter {
    /// The numbers of each parameter, by path.
    public var parameters: [String: [Double]]
    /// The numbers of the examples of the batch.
    public var rows: [Int]
    /// The number of the step, which chooses dropout masks.
    public var step = 0

    /// An operation that the interpreter does not know.
    public struct UnknownOperation: Error {
        /// The operation's type.
        public let type: String
    }

    /// An interpreter at a point.
    public init(parameters: [String: [Double]] = [:], rows: [Int] = []) {
        self.parameters = parameters
        self.rows = rows
    }

    /// The values of all nodes, in their order. Class and row numbers come as whole Doubles.
    public func values(of graph: Graph) throws -> [Tensor] {
        var values: [Tensor] = []
        for node in graph.nodes {
            let inputs = node.inputs.map { values[$0.index] }
            values.append(Tensor(node.output.shape, try compute(node.operation, inputs, node.output.shape)))
        }
        return values
    }

    private func compute(_ operation: any Operation, _ x: [Tensor], _ shape: Shape) throws -> [Double] {
        if let source = source(operation) { return source }
        if let function = unary(operation) { return x[0].elements.map { function($0) } }
        if let function = binary(operation) {
            return (0..<shape.count).map { function(x[0].element(under: $0, of: shape), x[1].element(under: $0, of: shape)) }
        }
        switch operation {
        case is BroadcastTo: return (0..<shape.count).map { x[0].element(under: $0, of: shape) }
        case is Reshape: return x[0].elements
        case is SumAll: return [x[0].elements.reduce(0, +)]
        case is SumColumns: return x[0].rows.map { $0.reduce(0, +) }
        case is SumRows: return sumOfRows(x[0])
        case is Softmax: return x[0].rows.flatMap { softmax($0) }
        case is LogSoftmax: return x[0].rows.flatMap { logSoftmax($0) }
        case is SoftmaxCrossEntropy: return softmaxCrossEntropy(x[0], labels: x[1])
        case is SoftmaxCrossEntropyGradient: return softmaxCrossEntropyGradient(x[0], labels: x[1], upstream: x[2])
        case let product as Product: return matrixProduct(x[0], x[1], product.transposeA, product.transposeB)
        case let gather as GatherRows: return gathered(gather.table, rows: x[0])
        case let gather as GatherSparseRows: return full(gather.table, rows: x[0]).elements
        case let gather as GatherLabels: return x[0].elements.map { Double(gather.table.labels[Int($0)]) }
        case let gather as GatherTokens: return gathered(gather.table, rows: x[0])
        case is Embedding: return x[0].elements.flatMap { x[1].rows[Int($0)] }
        case let gradient as EmbeddingGradient: return embeddingGradient(gradient.vocabulary, tokens: x[0], upstream: x[1])
        case let hot as OneHot: return oneHot(x[0], classes: hot.classes)
        case let sparse as SparseProduct: return sparseProduct(sparse.table, rows: x[0], weights: x[1])
        case is ColumnVariance: return columnVariance(x[0], mean: x[1])
        case let norm as BatchNormalize: return batchNormalized(x, epsilon: Double(norm.epsilon))
        case let sums as NormalizedColumnSums: return normalizedColumnSums(x, epsilon: Double(sums.epsilon))
        case let norm as BatchNormalizeGradient: return batchNormalizedGradient(x, epsilon: Double(norm.epsilon))
        case let mask as DropoutMask: return dropoutMask(mask)
        case let normal as NormalNumbers: return normalNumbers(normal)
        case let draw as UniformDraw: return uniformDraw(draw)
        case is StackRows: return x[0].elements + x[1].elements
        case is FlipGains: return flipGains(x)
        case let sparse as SparseProductGradient: return sparseProductGradient(sparse.table, rows: x[0], upstream: x[1])
        case let convolution as Convolution2D: return convolution2D(x[0], x[1], convolution.window, groups: convolution.groups)
        case let gradient as Convolution2DInputGradient:
            return convolution2DInputGradient(x[0], x[1], gradient.window, gradient.images, groups: gradient.groups)
        case let gradient as Convolution2DKernelGradient:
            return convolution2DKernelGradient(x[0], x[1], gradient.window, groups: gradient.groups)
        case let repeated as RepeatCells2D: return repeatedCells2D(x[0], repeated)
        case let sum as SumCells2D: return sumOfCells2D(x[0], sum)
        case let stretched as StretchCells2D: return stretchedCells2D(x[0], stretched)
        case let gathered as GatherCells2D: return gatheredCells2D(x[0], gathered)
        case let padding as Padding2D: return padded2D(x[0], padding.margins)
        case let cropping as Cropping2D: return cropped2D(x[0], cropping.margins)
        case let pooling as AveragePooling2D: return averagePooling2D(x[0], pooling.window)
        case let gradient as AveragePooling2DGradient: return averagePooling2DGradient(x[0], gradient.window, gradient.images)
        case let pooling as MaxPooling2D: return maxPooling2D(x[0], pooling.window)
        case let gradient as MaxPooling2DGradient: return maxPooling2DGradient(x[0], x[1], x[2], gradient.window)
        case let recurrence as Recurrence: return self.recurrence(recurrence.form, x)
        case let output as RecurrentOutput: return Array(x[0].elements[output.start..<output.start + shape.count])
        case let gradient as RecurrenceGradient: return recurrenceGradient(gradient.form, batch: gradient.batch, x)
        case let gradient as RecurrentKernelGradient: return recurrentKernelGradient(gradient.form, units: gradient.units, x)
        case is SwapSteps: return swappedSteps(x[0])
        case is ReverseSteps: return reversedSteps(x[0])
        case is TokenMask: return x[0].elements.map { $0 == 0 ? 0 : 1 }
        case let part as Part: return x[0].rows[part.rows].flatMap { $0[part.columns] }
        case let placed as Placed: return self.placed(x[0], row: placed.row, column: placed.column, in: placed.target)
        default: throw UnknownOperation(type: String(describing: type(of: operation)))
        }
    }

    private func source(_ operation: any Operation) -> [Double]? {
        switch operation {
        case let parameter as Parameter: parameters[parameter.path]
        case let constant as Constant: [Double(constant.value)]
        case is BatchRows: rows.map(Double.init)
        case let supplied as SuppliedNumbers: supplied.room.elements.map(Double.init)
        default: nil
        }
    }
}
