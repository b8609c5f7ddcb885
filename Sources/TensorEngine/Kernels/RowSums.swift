import CVector

/// What the rows of a sum are multiplied by.
protocol RowFactors {
    associatedtype Factor
    /// The factor of the row at a place of the list.
    subscript(place: Int) -> Factor { get }
    /// Adds a piece of that row to a sum.
    static func add(_ source: Vector, times factor: Factor, to sum: inout Vector)
}

/// No factors: rows are added as they are.
struct OneEach: RowFactors {
    @inline(__always)
    subscript(place: Int) -> Void { () }

    @inline(__always)
    static func add(_ source: Vector, times factor: Void, to sum: inout Vector) { sum += source }
}

/// A number for each row.
struct NumberPerRow: RowFactors {
    private let numbers: UnsafePointer<Float>

    /// The numbers, in the order of the list.
    @inline(__always)
    init(_ numbers: UnsafePointer<Float>) { self.numbers = numbers }

    @inline(__always)
    subscript(place: Int) -> Vector { Vector(repeating: numbers[place]) }

    @inline(__always)
    static func add(_ source: Vector, times factor: Vector, to sum: inout Vector) { sum = multiplyAdd(source, factor, sum) }
}

/// Writes the sum of the numbered rows of a `[…, units]` matrix, each times its factor, to `result`, `units` floats.
///
/// Columns are taken in strips whose sums stay in registers: 256, then 64, then 16 wide, and a last strip whose surplus lanes are dropped.
/// In wide strips the row that is `fetching` rows ahead is asked for, unless that is 0: for a matrix that is larger than the cache.
@inline(__always)
func sumOfRows<Factors: RowFactors>(
    _ rows: UnsafeBufferPointer<Int32>, times factors: Factors, of matrix: UnsafePointer<Float>, units: Int, fetching: Int = 0,
    into result: UnsafeMutablePointer<Float>
) {
    var unit = 0
    while unit + 256 <= units {
        sumOfWideStrips(rows, times: factors, of: matrix + unit, units: units, fetching: fetching, into: result + unit)
        unit += 256
    }
    while unit + 64 <= units {
        var sum = Strip<Factors>()
        for place in rows.indices { sum.add(matrix + (Int(rows[place]) * units + unit), times: factors[place]) }
        sum.store(to: result + unit)
        unit += 64
    }
    while unit < units {
        var sum = Vector(repeating: 0)
        for place in rows.indices { Factors.add(load(matrix + (Int(rows[place]) * units + unit)), times: factors[place], to: &sum) }
        if unit + lanes <= units {
            store(sum, to: result + unit)
        } else {
            for lane in 0..<units - unit { result[unit + lane] = sum[lane] }
        }
        unit += lanes
    }
}

/// The first 256 columns of ``sumOfRows(_:times:of:units:fetching:into:)``, in sixteen registers.
@inline(__always)
private func sumOfWideStrips<Factors: RowFactors>(
    _ rows: UnsafeBufferPointer<Int32>, times factors: Factors, of matrix: UnsafePointer<Float>, units: Int, fetching: Int,
    into result: UnsafeMutablePointer<Float>
) {
    var (a, b, c, d) = (Strip<Factors>(), Strip<Factors>(), Strip<Factors>(), Strip<Factors>())
    for place in rows.indices {
        if fetching > 0, place + fetching < rows.count {
            let ahead = matrix + Int(rows[place + fetching]) * units
            for line in stride(from: 0, to: 256, by: 16) { cvector_prefetch_to_read(ahead + line) }
        }
        let source = matrix + Int(rows[place]) * units
        let factor = factors[place]
        a.add(source, times: factor)
        b.add(source + 64, times: factor)
        c.add(source + 128, times: factor)
        d.add(source + 192, times: factor)
    }
    a.store(to: result)
    b.store(to: result + 64)
    c.store(to: result + 128)
    d.store(to: result + 192)
}

/// Sixty-four running sums in four registers.
private struct Strip<Factors: RowFactors> {
    var (a, b, c, d) = (Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0))

    @inline(__always)
    mutating func add(_ source: UnsafePointer<Float>, times factor: Factors.Factor) {
        Factors.add(load(source), times: factor, to: &a)
        Factors.add(load(source + lanes), times: factor, to: &b)
        Factors.add(load(source + 2 * lanes), times: factor, to: &c)
        Factors.add(load(source + 3 * lanes), times: factor, to: &d)
    }

    @inline(__always)
    func store(to target: UnsafeMutablePointer<Float>) {
        TensorEngine.store(a, to: target)
        TensorEngine.store(b, to: target + lanes)
        TensorEngine.store(c, to: target + 2 * lanes)
        TensorEngine.store(d, to: target + 3 * lanes)
    }
}
