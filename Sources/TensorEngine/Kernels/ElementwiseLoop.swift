/// One elementwise operation on a run of `count` elements, a multiple of ``lanes``: (result, first, second, count, constant).
/// A unary operation does not read the second.
typealias ElementwiseFunction =
    @convention(c) (
        UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, Int, Float
    ) -> Void

/// Applies `body` to each vector of a run. What is more than one operation belongs in a function that is always inlined: a closure of more stays a call.
@inline(__always)
func forEachVector(
    _ result: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ count: Int, _ body: (Vector) -> Vector
) {
    for i in stride(from: 0, to: count, by: lanes) {
        store(body(load(a + i)), to: result + i)
    }
}

/// Applies `body` to each pair of vectors of two runs.
@inline(__always)
func forEachVector(
    _ result: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int,
    _ body: (Vector, Vector) -> Vector
) {
    for i in stride(from: 0, to: count, by: lanes) {
        store(body(load(a + i), load(b + i)), to: result + i)
    }
}

/// The vector at `address`, which need not be aligned.
@inline(__always)
func load(_ address: UnsafePointer<Float>) -> Vector { UnsafeRawPointer(address).loadUnaligned(as: Vector.self) }

/// Writes a vector to `address`, which need not be aligned.
@inline(__always)
func store(_ value: Vector, to address: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(address).storeBytes(of: value, as: Vector.self)
}

/// A fused run of elementwise operations over a `[rows, columns]` result.
///
/// Work goes through the result in chunks that stay in the first-level cache; every operation of the loop is applied to a chunk
/// before the next chunk is begun, so that the whole costs one pass over memory.
struct ElementwiseLoop: BitwiseCopyable {
    /// Elements in a chunk.
    static let chunk = 256

    /// How an operand's elements lie under the result's.
    enum Layout: Int8, BitwiseCopyable {
        /// An element for each of the result's.
        case full
        /// One row, repeated for each row.
        case row
        /// One element for each row, repeated along it.
        case column
        /// One element for all.
        case scalar
    }

    /// Where a step finds an operand, and where it finds it repeated when it is a column or a scalar.
    struct Leaf: BitwiseCopyable {
        let pointer: UnsafePointer<Float>
        let layout: Layout
        /// Whether a full operand holds the rows alone that are being computed.
        let isOneImage: Bool
        /// A chunk's worth of room for the repeated element or row.
        let repeated: UnsafeMutablePointer<Float>
    }

    /// An operation on leaves or on earlier steps' results.
    struct Step: BitwiseCopyable {
        let function: ElementwiseFunction
        let constant: Float
        /// Place of the first operand: leaves are counted first, then steps.
        let first: Int
        let second: Int
    }

    let leaves: UnsafeBufferPointer<Leaf>
    let steps: UnsafeBufferPointer<Step>
    /// A chunk of room for each step's result.
    let registers: UnsafeMutablePointer<Float>
    /// Room for the addresses of all operands of a chunk.
    let addresses: UnsafeMutablePointer<UnsafePointer<Float>>
    let result: UnsafeMutablePointer<Float>
    /// Whether the result holds the rows alone that are being computed.
    let isOneImage: Bool
    let rows: Int
    let columns: Int
    /// Whether no operand is a row or a column, so that the result may be taken as one long row.
    let isFlat: Bool
    /// How many rows are one long row, in which operands that are rows lie repeated, where rows are short; else 1.
    let rowsAtOnce: Int

    /// Computes the whole result.
    func run() {
        fillScalars()
        if isFlat {
            run(row: 0, columns: 0..<rows * columns, overrun: true)
        } else {
            run(rows: 0..<rows)
        }
    }

    /// Computes some columns of all rows.
    func run(columns: Range<Int>) {
        fillScalars()
        for row in 0..<rows { run(row: row, columns: columns, overrun: false) }
    }

    /// Computes some rows.
    func run(rows: Range<Int>) {
        fillScalars()
        let start = rows.lowerBound * columns
        if isFlat {
            run(row: 0, columns: start..<rows.upperBound * columns, overrun: false, start: start)
        } else if rowsAtOnce > 1 {
            for leaf in leaves where leaf.layout == .row {
                for row in 0..<rowsAtOnce { (leaf.repeated + row * columns).update(from: leaf.pointer, count: columns) }
            }
            run(
                row: 0, columns: start..<rows.upperBound * columns, overrun: false, chunk: rowsAtOnce * columns, isRepeated: true,
                start: start)
        } else {
            for row in rows { run(row: row, columns: 0..<columns, overrun: false, start: start) }
        }
    }

    private func fillScalars() {
        for leaf in leaves where leaf.layout == .scalar {
            leaf.repeated.update(repeating: leaf.pointer.pointee, count: Self.chunk)
        }
    }

    /// One row, chunk by chunk. Where the result may overrun its end (into its own padding), the last vector is written whole. What holds the rows alone that are
    /// being computed begins with the element `start`.
    @inline(__always)
    private func run(
        row: Int, columns: Range<Int>, overrun: Bool, chunk: Int = Self.chunk, isRepeated: Bool = false, start: Int = 0
    ) {
        for leaf in leaves where leaf.layout == .column {
            leaf.repeated.update(repeating: leaf.pointer[row], count: Self.chunk)
        }
        let rowStart = row * self.columns
        var column = columns.lowerBound
        while column < columns.upperBound {
            let count = min(chunk, columns.upperBound - column)
            for i in 0..<leaves.count {
                let leaf = leaves[i]
                switch leaf.layout {
                case .full: addresses[i] = leaf.pointer + (rowStart + column - (leaf.isOneImage ? start : 0))
                case .row: addresses[i] = isRepeated ? UnsafePointer(leaf.repeated) : leaf.pointer + column
                case .column, .scalar: addresses[i] = UnsafePointer(leaf.repeated)
                }
            }
            let whole = padded(count)
            let last = steps.count - 1
            let target = result + (rowStart + column - (isOneImage ? start : 0))
            for i in 0...last {
                let step = steps[i]
                let room = registers + i * Self.chunk
                let destination = i == last && (overrun || whole == count) ? target : room
                step.function(destination, addresses[step.first], addresses[step.second], whole, step.constant)
                addresses[leaves.count + i] = UnsafePointer(room)
            }
            if !overrun && whole != count {
                target.update(from: registers + last * Self.chunk, count: count)
            }
            column += count
        }
    }
}

/// What is done to a product's result while it is in cache: fused elementwise operations, and sums down its columns.
struct Epilogue: BitwiseCopyable {
    let loop: ElementwiseLoop
    let sums: UnsafeBufferPointer<SumRowsKernel>

    /// Finishes the whole result.
    func run() {
        loop.run()
        for sum in sums { sum.run() }
    }

    /// Finishes some columns of all rows.
    func run(columns: Range<Int>) {
        loop.run(columns: columns)
        for sum in sums { sum.run(columns: columns) }
    }

    /// Finishes some rows, after all rows before them; the last of them finishes the sums.
    func run(rows: Range<Int>) {
        loop.run(rows: rows)
        if rows.upperBound == loop.rows { for sum in sums { sum.run() } }
    }
}

/// Runs an ``ElementwiseLoop`` over its whole result.
struct ElementwiseKernel: Kernel {
    let loop: ElementwiseLoop

    func run() { loop.run() }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
