import CVector

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The gradient of a ``SparseProduct`` or an ``Embedding`` and the update of its weights in one pass over the rows that the batch touches.
///
/// The batch is turned from columns by example into examples by column; each touched row's gradient is summed in registers and
/// applied at once, while the next row is fetched. Rows without gradient are left alone: what n steps owe them (see
/// ``IdleUpdate``) is applied when they are touched again, as factor^n, rounded once where a dense update rounds n times.
struct SparseUpdateKernel: Kernel {
    let table: BatchOfSparseRows
    let upstream: UnsafePointer<Float>
    let units: Int
    let update: BoundUpdate
    /// For each column, how many examples of the batch name it; zeros between steps.
    let counts: UnsafeMutablePointer<Int32>
    /// For each column, where its examples begin.
    let starts: UnsafeMutablePointer<Int32>
    /// The columns that the batch names.
    let touched: UnsafeMutablePointer<Int32>
    /// The places of examples in the batch, by column.
    let examples: UnsafeMutablePointer<Int32>
    /// The number of each of these examples in its column; nil where all are ones.
    let numbers: UnsafeMutablePointer<Float>?
    /// A row's gradient.
    let gradient: UnsafeMutablePointer<Float>
    /// For each column, the step that last touched it, when steps are owed; else nil.
    let lastTouched: UnsafeMutablePointer<Int32>?
    /// What the first slot is multiplied by for each idle step; 1 where nothing is owed.
    let factor: Double
    /// factor^n for the first ``owedTableSize`` numbers of steps; longer gaps are rare, and computed when they end.
    let owedFactors: UnsafeMutablePointer<Float>
    static let owedTableSize = 4096

    /// What puts off steps keeps the step of each column as state of the parameter, `last_touched`.
    ///
    /// - Parameter longestRow: the most columns that an example names.
    init(
        _ table: BatchOfSparseRows, columns: Int, longestRow: Int, upstream: Operand, update: ParameterChange, emitter: Emitter
    ) throws(ShapeError) {
        self.table = table
        self.upstream = UnsafePointer(upstream.floats)
        units = upstream.shape.columns
        self.update = update.bound
        counts = emitter.room(for: Int32.self, count: columns)
        starts = emitter.room(for: Int32.self, count: columns)
        touched = emitter.room(for: Int32.self, count: columns)
        examples = emitter.room(for: Int32.self, count: table.count * longestRow)
        numbers = table.values.map { _ in emitter.room(for: Float.self, count: table.count * longestRow) }
        gradient = emitter.room(for: Float.self, count: units)
        owedFactors = emitter.room(for: Float.self, count: Self.owedTableSize)
        if case .decays(let factor) = update.rule.idle {
            self.factor = Double(factor)
            let steps = try emitter.state(update.optimizer.path(of: "last_touched", for: update.path), [columns])
            lastTouched = UnsafeMutableRawPointer(steps).bindMemory(to: Int32.self, capacity: columns)
        } else {
            factor = 1
            lastTouched = nil
        }
        for n in 0..<Self.owedTableSize { owedFactors[n] = Float(pow(factor, Double(n))) }
    }

    /// factor^n.
    @inline(__always)
    private func owed(_ n: Int) -> Float {
        n < Self.owedTableSize ? owedFactors[max(n, 0)] : Float(pow(factor, Double(n)))
    }

    func run() {
        let touchedCount = listExamplesByColumn()
        let step = Int32(truncatingIfNeeded: update.step.pointee.iteration)
        for i in 0..<touchedCount {
            let column = Int(touched[i])
            if i + 1 < touchedCount { prefetchRow(Int(touched[i + 1])) }
            let end = Int(starts[column])
            let count = Int(counts[column])
            counts[column] = 0
            let named = UnsafeBufferPointer(start: UnsafePointer(examples + (end - count)), count: count)
            if let numbers {
                sumOfRows(named, times: NumberPerRow(numbers + (end - count)), of: upstream, units: units, into: gradient)
            } else {
                sumOfRows(named, times: OneEach(), of: upstream, units: units, into: gradient)
            }
            var owed: Float = 1
            if let lastTouched {
                owed = self.owed(Int(step - lastTouched[column]) - 1)
                lastTouched[column] = step
            }
            update.apply(offset: column * units, count: units, gradient: gradient, owed: owed)
        }
    }

    /// A counting sort. Afterwards `starts` holds where each touched column's examples end, and examples are ascending.
    private func listExamplesByColumn() -> Int {
        var touchedCount = 0
        for example in 0..<table.count {
            for column in table[example] {
                let column = Int(column)
                if counts[column] == 0 {
                    touched[touchedCount] = Int32(truncatingIfNeeded: column)
                    touchedCount += 1
                }
                counts[column] &+= 1
            }
        }
        var start: Int32 = 0
        for i in 0..<touchedCount {
            let column = Int(touched[i])
            starts[column] = start
            start &+= counts[column]
        }
        for example in 0..<table.count {
            let columns = table[example]
            for place in columns.indices {
                let column = Int(columns[place])
                let target = Int(starts[column])
                examples[target] = Int32(truncatingIfNeeded: example)
                if let numbers, let values = table.values { numbers[target] = values[table.start(of: example) + place] }
                starts[column] &+= 1
            }
        }
        return touchedCount
    }

    @inline(__always)
    private func prefetchRow(_ column: Int) {
        for unit in stride(from: 0, to: units, by: lanes) {
            cvector_prefetch(update.parameter + (column * units + unit))
            cvector_prefetch(update.slots.0 + (column * units + unit))
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
