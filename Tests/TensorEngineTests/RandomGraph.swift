import TensorEngine
import TestSupport

/// A graph of random operations on random shapes, with a scalar loss.
struct RandomGraph {
    private(set) var graph = Graph()
    private(set) var point = Interpreter()
    /// The parameters that the loss is differentiated by.
    private(set) var parameters: [Value] = []
    private(set) var loss: Value
    private var numbers: SeededNumbers
    private var pool: [Value] = []
    private let isSmooth: Bool
    private let batch: Int

    static let columns = [1, 3, 15, 16, 17, 46, 64, 65, 255, 257, 300]
    static let tableRows = 9

    /// - Parameter isSmooth: whether operations without a derivative somewhere are left out.
    init(seed: Int, batch: Int, isSmooth: Bool = false) throws {
        self.batch = batch
        self.isSmooth = isSmooth
        numbers = SeededNumbers(seed: seed)
        loss = try graph.constant(0)
        point.rows = (0..<batch).map { _ in Int.random(in: 0..<Self.tableRows, using: &numbers) }
        let rows = try graph.batchRows(batch)

        let width = randomWidth()
        let table = FloatTable.holding(numbers.numbers(Self.tableRows * width, in: -1...1).map(Float.init), columns: width)
        pool.append(try graph.gather(table, rows))
        let sparseRows = [[]] + numbers.sparseRows(Self.tableRows - 1, columns: 12, longest: 6)
        let sparse = SparseTable.holding(sparseRows, columns: 12)
        pool.append(try graph.tanh(graph.sparseProduct(sparse, rows, parameter([12, randomWidth()]))))
        let weighted = SparseTable.holding(sparseRows, values: numbers.values(for: sparseRows), columns: 12)
        pool.append(try graph.tanh(graph.sparseProduct(weighted, rows, parameter([12, randomWidth()]))))
        for _ in 0..<10 { pool.append(try grown()) }

        for x in pool.suffix(4) { loss = try graph.add(loss, graph.mean(graph.square(x))) }
        let logits = try dense(pool[pool.count - 1], units: 5)
        let labels = LabelTable.holding((0..<Self.tableRows).map { _ in Int32.random(in: 0..<5, using: &numbers) })
        loss = try graph.add(loss, graph.mean(graph.softmaxCrossEntropy(logits: logits, labels: graph.gather(labels, rows))))
        let targets = FloatTable.holding(numbers.numbers(Self.tableRows * 3, in: 0...1).map(Float.init), columns: 3)
        let second = try dense(pool[pool.count - 2], units: 3)
        loss = try graph.add(loss, graph.mean(graph.sigmoidCrossEntropy(logits: second, targets: graph.gather(targets, rows))))
    }

    /// Declares an update of every parameter.
    mutating func update(by rule: any UpdateRule) throws -> [Value] {
        let gradients = try graph.gradients(of: loss, for: parameters)
        for (parameter, gradient) in try paired(parameters, gradients) { try graph.update(parameter, with: gradient, by: rule) }
        return gradients
    }

    /// Adds the gradients of all parameters.
    mutating func differentiate() throws -> [Value] { try graph.gradients(of: loss, for: parameters) }

    // MARK: - Growing

    private mutating func randomWidth() -> Int { Self.columns.randomElement(using: &numbers) ?? 3 }

    private mutating func parameter(_ shape: Shape) throws -> Value {
        let path = "parameter \(parameters.count)"
        let size = 1 / Double(max(shape.rows, 2)).squareRoot()
        point.parameters[path] = numbers.numbers(shape.count, in: -size...size)
        let value = try graph.parameter(path, shape)
        parameters.append(value)
        return value
    }

    private mutating func dense(_ x: Value, units: Int) throws -> Value {
        let product = try graph.product(x, parameter([x.shape.columns, units]))
        return try graph.add(product, parameter([units]))
    }

    private mutating func grown() throws -> Value {
        let x = pool[Int.random(in: max(0, pool.count - 3)..<pool.count, using: &numbers)]
        switch Int.random(in: 0..<(isSmooth ? 16 : 22), using: &numbers) {
        case 0: return try graph.tanh(dense(x, units: randomWidth()))
        case 1: return try graph.sigmoid(dense(x, units: randomWidth()))
        case 2: return try graph.softmax(dense(x, units: randomWidth()))
        case 3: return try graph.scale(graph.logSoftmax(dense(x, units: randomWidth())), by: 0.25)
        case 4: return try graph.multiply(x, graph.exponential(graph.tanh(x)))
        case 5: return try graph.logarithm(graph.add(graph.square(x), graph.constant(0.5)))
        case 6: return try graph.divide(x, graph.add(graph.square(alike(x)), graph.constant(1)))
        case 7: return try graph.subtract(x, graph.mean(x))
        case 8: return try graph.multiply(x, parameter([x.shape.columns]))
        case 9: return try graph.add(graph.scale(graph.sumOfColumns(x), by: 1 / Float(x.shape.columns)), x)
        case 10: return try graph.subtract(graph.tanh(graph.multiply(alike(x), x)), alike(x))
        case 11: return try graph.product(x, parameter([randomWidth(), x.shape.columns]), transposeB: true)
        case 12: return try graph.tanh(graph.product(graph.scale(graph.product(x, x, transposeB: true), by: 1 / Float(x.shape.columns)), x))
        case 13: return try graph.multiply(graph.softplus(x), graph.add(NormalShare(), [x]))
        case 14: return try normalized(x)
        case 15: return try graph.multiply(x, graph.dropoutMask(x.shape, rate: 0.25, seed: 1, path: "mask \(pool.count)"))
        case 16: return try graph.relu(dense(x, units: randomWidth()))
        case 17: return try graph.maximum(x, graph.scale(alike(x), by: 0.5))
        case 18: return try graph.absolute(dense(x, units: randomWidth()))
        case 19: return try graph.leakyRelu(dense(x, units: randomWidth()), slope: 0.2)
        case 20: return try graph.selu(dense(x, units: randomWidth()))
        default: return try graph.clipProbability(graph.sigmoid(x), low: 0.25)
        }
    }

    private mutating func normalized(_ x: Value) throws -> Value {
        let mean = try graph.meanOfRows(x)
        let variance = try graph.varianceOfRows(x, mean: mean)
        let (gamma, beta) = (try parameter([x.shape.columns]), try parameter([x.shape.columns]))
        return try graph.batchNormalize(x, mean: mean, variance: variance, gamma: gamma, beta: beta, epsilon: 0.25)
    }

    /// A value of the shape of `x`, which may be `x` itself.
    private mutating func alike(_ x: Value) -> Value {
        pool.filter { $0.shape == x.shape }.randomElement(using: &numbers) ?? x
    }
}
