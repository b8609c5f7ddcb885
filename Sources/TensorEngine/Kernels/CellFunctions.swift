import CVector

extension CellFunction {
    /// The function of each lane.
    @inline(__always)
    func apply(_ x: Vector) -> Vector {
        switch self {
        case .linear: x
        case .tanh: hyperbolicTangent(x)
        case .sigmoid: logistic(x)
        case .relu: larger(x, than: Vector(repeating: 0))
        }
    }

    /// The derivative in each lane, from the function's result.
    @inline(__always)
    func slope(_ y: Vector) -> Vector {
        switch self {
        case .linear: Vector(repeating: 1)
        case .tanh: multiplyAdd(-y, y, Vector(repeating: 1))
        case .sigmoid: multiplyAdd(-y, y, y)
        case .relu: wherePositive(y, Vector(repeating: 1))
        }
    }
}

/// Writes the first `count` lanes.
@inline(__always)
func storeFirst(_ count: Int, of value: Vector, to address: UnsafeMutablePointer<Float>) {
    if count >= lanes { return store(value, to: address) }
    for lane in 0..<count { address[lane] = value[lane] }
}

/// Calls `body` for each vector of `count` elements with its place and how many of its lanes count.
@inline(__always)
func forEachStrip(_ count: Int, _ body: (_ place: Int, _ lanes: Int) -> Void) {
    var place = 0
    while place < count {
        body(place, min(lanes, count - place))
        place += lanes
    }
}

/// target ← a · b, element by element.
@inline(__always)
func multiply(
    _ a: UnsafePointer<Float>, by b: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
) {
    forEachStrip(count) { place, inside in storeFirst(inside, of: load(a + place) * load(b + place), to: target + place) }
}
