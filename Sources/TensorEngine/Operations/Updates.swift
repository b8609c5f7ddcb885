/// How an optimizer changes a parameter at the end of a step, element by element.
///
/// A rule may be applied piece by piece, in any order, as soon as a piece of the gradient is known.
public protocol UpdateRule: Sendable {
    /// The names of the tensors, of the parameter's shape, that the rule carries from step to step.
    var slots: [String] { get }
    /// What the slots hold before the first step; 0 by default.
    var initialSlotValue: Float { get }
    /// What a step owes an element whose gradient is zero.
    var idle: IdleUpdate { get }
    /// The numbers that ``function`` works with.
    var settings: UpdateSettings { get }
    /// Changes a run of elements.
    var function: UpdateFunction { get }
}

extension UpdateRule {
    /// 0.
    public var initialSlotValue: Float { 0 }
}

/// What a rule does to an element whose gradient is zero.
public enum IdleUpdate: Sendable, Hashable {
    /// Nothing at all, so that it can be left out.
    case nothing
    /// The first slot is multiplied by a factor, so that the step can be put off: n steps owe factor^n.
    case decays(Float)
    /// The element itself moves: every element must be visited at every step.
    case moves
}

/// The numbers of an update rule; which of them a rule uses is its own affair.
public struct UpdateSettings: BitwiseCopyable, Sendable {
    /// The share of a running mean that is kept: momentum, rho or beta 1.
    public var keep: Float = 0
    /// The share of a second running mean that is kept: beta 2.
    public var keepSquare: Float = 0
    /// The share of the parameter itself that a step takes away, times the learning rate.
    public var weightDecay: Float = 0
    /// Added to a denominator.
    public var epsilon: Float = 0
    /// Whether Nesterov's form is used, or the variance is centred.
    public var variant = false
}

/// Changes `count` elements: (parameter, slots, gradient, count, what the first slot is owed, settings, step).
/// The places of slots that the rule does not have are not read.
public typealias UpdateFunction =
    @convention(c) (
        UnsafeMutablePointer<Float>, UnsafePointer<UnsafeMutablePointer<Float>>, UnsafePointer<Float>, Int, Float,
        UnsafeRawPointer, UnsafeRawPointer
    ) -> Void

/// What an update changes: the parameter's name and its rule, and both bound to memory.
struct ParameterChange {
    let path: String
    let rule: any UpdateRule
    let optimizer: OptimizerState
    let bound: BoundUpdate

    /// Makes what the rule carries from step to step, where the store has none yet.
    init(_ update: Graph.ParameterUpdate, emitter: Emitter) throws(ShapeError) {
        (path, rule, optimizer) = (update.path, update.rule, try emitter.optimizer(update.optimizer))
        let shape = update.parameter.shape
        let start = try emitter.elements(path, shape)
        var slots = [start, start, start]
        for (place, name) in rule.slots.enumerated() {
            slots[place] = try emitter.state(optimizer.path(of: name, for: path), shape, initial: rule.initialSlotValue)
        }
        bound = BoundUpdate(
            function: rule.function, parameter: start, slots: (slots[0], slots[1], slots[2]), settings: rule.settings,
            step: UnsafePointer(optimizer.step))
    }
}

/// An update rule bound to a parameter's memory.
struct BoundUpdate: BitwiseCopyable {
    let function: UpdateFunction
    let parameter: UnsafeMutablePointer<Float>
    let slots: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
    let settings: UpdateSettings
    let step: UnsafePointer<StepState>

    /// Changes the elements from `offset` on.
    @inline(__always)
    func apply(offset: Int, count: Int, gradient: UnsafePointer<Float>, owed: Float = 1) {
        var moved = (slots.0 + offset, slots.1 + offset, slots.2 + offset)
        var settings = settings
        withUnsafePointer(to: &moved) { tuple in
            withUnsafePointer(to: &settings) { settings in
                tuple.withMemoryRebound(to: UnsafeMutablePointer<Float>.self, capacity: 3) { slots in
                    function(parameter + offset, slots, gradient, count, owed, UnsafeRawPointer(settings), UnsafeRawPointer(step))
                }
            }
        }
    }
}

/// Applies `body` to each vector of elements; lanes beyond the end keep what they hold, so that a piece of a row can be changed alone.
@inline(__always)
func updateVectors(
    _ parameter: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ count: Int,
    _ body: (_ parameter: inout Vector, _ gradient: Vector, _ offset: Int, _ change: (inout Vector, Vector) -> Void) -> Void
) {
    var i = 0
    while i + lanes <= count {
        var p = load(parameter + i)
        body(&p, load(gradient + i), i) { $0 = $1 }
        store(p, to: parameter + i)
        i += lanes
    }
    guard i < count else { return }
    let inside = firstLanes(count - i)
    let old = load(parameter + i)
    var p = old
    body(&p, load(gradient + i), i) { $0.replace(with: $1, where: inside) }
    store(old.replacing(with: p, where: inside), to: parameter + i)
}

/// Changes a whole parameter from a gradient that lies in memory.
struct UpdateKernel: Kernel {
    let update: BoundUpdate
    let gradient: UnsafePointer<Float>
    let count: Int

    func run() { update.apply(offset: 0, count: count, gradient: gradient) }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Computes a gradient that is a product block by block, and changes the parameter from each block while it is in cache.
struct ProductUpdateKernel: Kernel {
    let geometry: ProductGeometry
    let update: BoundUpdate
    /// Room for a block of the gradient.
    let block: UnsafeMutablePointer<Float>
    /// Rows of the gradient in a block when it is split by rows, else 0.
    let blockRows: Int
    /// Columns of the gradient in a block when it is split by columns.
    let blockColumns: Int

    /// Floats in a block. The second operand is laid out anew for each block, which costs more than a block that leaves the second-level cache.
    static let blockElements = 1_048_576
    /// Of a small product, which shares the first-level cache with the parameter and its slots.
    static let smallBlockElements = 1024

    init(geometry: ProductGeometry, update: BoundUpdate, emitter: Emitter) {
        self.geometry = geometry
        self.update = update
        let (m, n) = (geometry.m, geometry.n)
        if geometry.isSmall {
            blockRows = min(m, max(Self.smallBlockElements / n, 1))
            blockColumns = n
        } else if m * n <= Self.blockElements || n <= m {
            blockRows = min(m, max(Self.blockElements / n, 1))
            blockColumns = n
        } else {
            blockRows = 0
            blockColumns = min(n, max(Self.blockElements / m / 64 * 64, 64))
        }
        block = emitter.blockRoom(blockRows > 0 ? blockRows * n : m * blockColumns)
    }

    func run() {
        let (m, n) = (geometry.m, geometry.n)
        if blockRows > 0 {
            for row in stride(from: 0, to: m, by: blockRows) {
                let count = min(blockRows, m - row)
                geometry.multiply(row: row, count: count, into: block, leading: n)
                update.apply(offset: row * n, count: count * n, gradient: block)
            }
        } else {
            for column in stride(from: 0, to: n, by: blockColumns) {
                let count = min(blockColumns, n - column)
                geometry.multiply(column: column, count: count, into: block, leading: count)
                for row in 0..<m { update.apply(offset: row * n + column, count: count, gradient: block + row * count) }
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
