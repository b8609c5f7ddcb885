import RandomNumbers
import Settings

extension PartSettings {
    /// How many of `count` rows the part takes, rounded as the model of its order rounds; 0 for rows of some values and folds, which are found otherwise.
    func rowCount(of count: Int) -> Int {
        switch size {
        case .first(let size), .last(let size): size
        case .rows, .fold: 0
        case .fraction(let fraction): shuffle.rowCount(of: count, share: fraction, isStratified: stratified)
        }
    }

    /// What the keys of cached data say of its size.
    var sizeKeyText: String {
        switch size {
        case .fraction(let fraction): "fraction \(fraction)\(shuffle.isRoundedToNearest(isStratified: stratified) ? " nearest" : "")"
        case .first(let count): "first \(count)"
        case .last(let count): "last \(count)"
        case .fold(_, let count, let kind): "folds \(count) \(kind.rawValue) \(kind.isShuffled ? seed : 0)"
        case .rows(let column, let values): "rows \(EncodingKey.quoted(column)) \(values.map(EncodingKey.quoted).joined(separator: " "))"
        }
    }

    private var isFromStart: Bool { if case .first = size { true } else { false } }

    /// Takes `size` rows: puts `rows` in the part's order and gives the places, in that order, of the part and of the rest.
    func take(_ size: Int, named name: String, from rows: inout [Int32]) throws(DatasetError) -> (part: [Int32], rest: [Int32]) {
        let count = rows.count
        let places = (0..<Int32(count)).map { $0 }
        switch shuffle {
        case .pandas:
            var state = try numPyState()
            let chosen = state.choice(count, size: isFromStart ? size : count - size)
            let others = Self.others(than: chosen, of: count)
            return isFromStart ? (chosen, others) : (others, chosen)
        case .scikitLearn:
            var state = try numPyState()
            let order = state.permutation(count)
            return (Array(order.prefix(size)), Array(order.dropFirst(size)))
        case .none: break
        case .numpy:
            var state = try numPyState()
            state.shuffle(&rows)
        case .philox: shuffleByStream(&rows, named: name)
        }
        return isFromStart
            ? (Array(places.prefix(size)), Array(places.dropFirst(size)))
            : (Array(places.suffix(size)), Array(places.dropLast(size)))
    }

    /// The same, where every class has its share.
    func takeStratified(
        _ size: Int, named name: String, from rows: inout [Int32], labels: [Int32]
    ) throws(DatasetError) -> (part: [Int32], rest: [Int32]) {
        switch shuffle {
        case .scikitLearn:
            var state = try numPyState()
            let classes = Dictionary(grouping: rows) { labels[Int($0)] }.values.map(\.count)
            if classes.contains(1) { throw .classOfOneRow(part: name) }
            let smaller = min(size, rows.count - size)
            if smaller < classes.count { throw .fewerRowsThanClasses(part: name, rows: smaller, classes: classes.count) }
            return StratifiedPart.likeScikitLearn(rows.map { labels[Int($0)] }, size: size, state: &state)
        case .philox, .none:
            if shuffle == .philox { shuffleByStream(&rows, named: name) }
            return StratifiedPart.inOrder(rows.map { labels[Int($0)] }, size: size, fromStart: isFromStart)
        case .numpy, .pandas:
            throw .stratifiedOrder(part: name)
        }
    }

    /// The same for rows with several labels each; nil in an order that does not know them.
    func takeStratified(
        _ size: Int, named name: String, from rows: inout [Int32], labelSets: [[Int32]]
    ) -> (part: [Int32], rest: [Int32])? {
        guard shuffle == .philox || shuffle == .none else { return nil }
        if shuffle == .philox { shuffleByStream(&rows, named: name) }
        let places = rows.indices.map { Int32($0) }
        let folds = IterativeStratification.folds(
            of: rows.map { labelSets[Int($0)] }, order: isFromStart ? places : places.reversed(), sizes: [size, rows.count - size])
        return (places.filter { folds[Int($0)] == 0 }, places.filter { folds[Int($0)] == 1 })
    }

    // MARK: - Details

    private func shuffleByStream(_ rows: inout [Int32], named name: String) {
        var stream = RandomStream(seed: seed, stream: .resplit, path: name)
        stream.shuffle(&rows)
    }

    /// NumPy's generator with the part's seed.
    func numPyState() throws(DatasetError) -> NumPyRandomState {
        guard let seed = UInt32(exactly: seed) else { throw .seedOutOfRange(seed: seed) }
        return NumPyRandomState(seed: seed)
    }

    private static func others(than chosen: [Int32], of count: Int) -> [Int32] {
        var isChosen = [Bool](repeating: false, count: count)
        for place in chosen { isChosen[Int(place)] = true }
        return (0..<Int32(count)).filter { !isChosen[Int($0)] }
    }
}

extension Shuffle {
    /// What the keys of cached data say of it.
    var keyText: String { self == .scikitLearn ? "scikitLearn" : rawValue }

    /// Whether a share is rounded to the nearest number of rows: in our own order, which has no model, and where classes have their shares.
    func isRoundedToNearest(isStratified: Bool) -> Bool {
        switch self {
        case .none, .numpy: isStratified
        case .philox: true
        case .pandas, .scikitLearn: false
        }
    }

    /// How many rows a share of `count` rows is.
    fileprivate func rowCount(of count: Int, share: Double, isStratified: Bool) -> Int {
        if isRoundedToNearest(isStratified: isStratified) { return Int((Double(count) * share).rounded()) }
        return switch self {
        case .none, .philox, .numpy: count - Int(Double(count) * (1 - share))
        case .pandas: count - Int((Double(count) * (1 - share)).rounded(.toNearestOrEven))
        case .scikitLearn: Int((Double(count) * share).rounded(.up))
        }
    }
}
