import RandomNumbers

/// Takes a part of the rows in which every class has its share.
enum StratifiedPart {
    /// The places of the part and of the rest, as `train_test_split(…, stratify: labels, random_state: seed)` gives them.
    static func likeScikitLearn(
        _ labels: [Int32], size: Int, state: inout NumPyRandomState
    ) -> (part: [Int32], rest: [Int32]) {
        let byClass = places(of: labels)
        let counts = byClass.map(\.count)
        let restCounts = shares(of: counts, drawing: labels.count - size) { ties, count in
            state.choice(ties.count, size: count).map { ties[Int($0)] }
        }
        let remaining = zip(counts, restCounts).map { $0 - $1 }
        let partCounts = shares(of: remaining, drawing: size) { ties, count in state.choice(ties.count, size: count).map { ties[Int($0)] } }
        var part: [Int32] = []
        var rest: [Int32] = []
        for (index, places) in byClass.enumerated() {
            let order = state.permutation(places.count).map { places[Int($0)] }
            rest += order.prefix(restCounts[index])
            part += order.dropFirst(restCounts[index]).prefix(partCounts[index])
        }
        rest = state.permutation(rest.count).map { rest[Int($0)] }
        part = state.permutation(part.count).map { part[Int($0)] }
        return (part, rest)
    }

    /// The places of the part and of the rest, both in the order of `labels`; a class gives its rows from the end of the order, or from its start.
    static func inOrder(_ labels: [Int32], size: Int, fromStart: Bool) -> (part: [Int32], rest: [Int32]) {
        let byClass = places(of: labels)
        let counts = shares(of: byClass.map(\.count), drawing: size) { ties, count in Array(ties.prefix(count)) }
        var isTaken = [Bool](repeating: false, count: labels.count)
        for (places, count) in zip(byClass, counts) {
            for place in fromStart ? places.prefix(count) : places.suffix(count) { isTaken[Int(place)] = true }
        }
        let all = labels.indices.map { Int32($0) }
        return (all.filter { isTaken[Int($0)] }, all.filter { !isTaken[Int($0)] })
    }

    // MARK: - Details

    /// The places of each class, classes in order.
    private static func places(of labels: [Int32]) -> [[Int32]] {
        var places: [Int32: [Int32]] = [:]
        for (place, label) in labels.enumerated() { places[label, default: []].append(Int32(place)) }
        return places.sorted { $0.key < $1.key }.map(\.value)
    }

    /// How many each class gives when `total` are drawn in proportion to `counts`: rounded down, and one more where the remainder is largest; `choose`
    /// breaks ties.
    private static func shares(of counts: [Int], drawing total: Int, choose: ([Int], Int) -> [Int]) -> [Int] {
        let all = counts.reduce(0, +)
        guard all > 0 else { return counts }
        let exact = counts.map { Double($0) / Double(all) * Double(total) }
        var shares = exact.map { Int($0.rounded(.down)) }
        var open = total - shares.reduce(0, +)
        let remainders = zip(exact, shares).map { $0 - Double($1) }
        for value in Set(remainders).sorted(by: >) where open > 0 {
            let ties = remainders.indices.filter { remainders[$0] == value }
            let chosen = choose(ties, min(ties.count, open))
            for index in chosen { shares[index] += 1 }
            open -= chosen.count
        }
        return shares
    }
}
