/// A part of a graph that runs as one kernel, in the place of its last node.
package struct FusedGroup {
    /// What the kernel is made from.
    package enum Body {
        /// A node with a kernel of its own.
        case single(Int)
        /// Elementwise nodes in order; the result of `anchor`, when there is one, is finished in place by them, and `sums` of its columns follow.
        case elementwise([Int], anchor: Int?, sums: [Int] = [])
        /// A parameter's update from a gradient in memory.
        case update(Int)
        /// A parameter's update from a gradient that is computed piece by piece by the node `gradient`.
        case fusedUpdate(Int, gradient: Int)
        /// Groups that take turns, image by image of a batch; the values `byImage` are whole for an image when its turn is over.
        case turns([FusedGroup], images: Int, byImage: Set<Int>)
    }

    package let body: Body
    /// Values that the group reads.
    package let reads: [Int]
    /// Values whose memory the result may take over when nobody reads them afterwards.
    package var overwritable: [Int] = []
    /// The values that the group leaves; none for an update.
    package let results: [Int]
    /// The group runs after all groups of smaller order.
    package let order: Int
}

/// Decides which nodes run as one kernel.
///
/// An elementwise node takes in the elementwise nodes of its own shape whose results nobody else reads, and at most one product: the
/// product's result is finished, and its columns are summed, while it is in cache. A gradient that can be computed piece by piece, and that only an update reads,
/// becomes part of it.
package struct Fusion {
    let graph: Graph
    let kept: Set<Int>
    let readers: [Int]
    let isLive: [Bool]
    private let updated: Set<Int>
    /// By node; nothing crosses from one to the next within a kernel.
    private let stages: [Int]

    /// - Parameter kept: values that are read after the program has run.
    package init(_ graph: Graph, kept: Set<Int>) {
        self.graph = graph
        self.kept = kept
        var live = [Bool](repeating: false, count: graph.nodes.count)
        for index in kept { live[index] = true }
        for update in graph.updates { live[update.gradient.index] = true }
        var readers = [Int](repeating: 0, count: graph.nodes.count)
        for node in graph.nodes.reversed() where live[node.output.index] {
            for input in node.inputs {
                live[input.index] = true
                readers[input.index] += 1
            }
        }
        for update in graph.updates { readers[update.gradient.index] += 1 }
        isLive = live
        self.readers = readers
        stages = graph.nodes.indices.map { graph.stage(of: $0) }
        updated = Set(graph.updates.map(\.parameter.index))
    }

    /// The groups of all live nodes and updates, in an order in which they can run.
    package func groups(fusing: Bool) -> [FusedGroup] {
        var taken = Set<Int>()
        var groups: [FusedGroup] = []
        let lastReader = positionsOfLastReaders()
        for (place, update) in graph.updates.enumerated() {
            let gradient = update.gradient.index
            let order = max(lastReader[update.parameter.index], gradient)
            if fusing, canFuse(update) {
                taken.insert(gradient)
                groups.append(
                    FusedGroup(
                        body: .fusedUpdate(place, gradient: gradient), reads: graph.nodes[gradient].inputs.map(\.index), results: [],
                        order: order))
            } else {
                groups.append(FusedGroup(body: .update(place), reads: [gradient], results: [], order: order))
            }
        }
        for node in graph.nodes.reversed() {
            let index = node.output.index
            guard isLive[index], !taken.contains(index), !(node.operation is any SourceOperation) else { continue }
            if node.operation is any ElementwiseOperation {
                groups.append(elementwiseGroup(root: index, fusing: fusing, taken: &taken))
            } else {
                let reads = node.inputs.map(\.index)
                let overwritable = (node.operation as? any KernelOperation)?.overwritable.map { reads[$0] } ?? []
                groups.append(FusedGroup(body: .single(index), reads: reads, overwritable: overwritable, results: [index], order: index))
            }
        }
        if fusing { groups = joiningSums(groups) }
        // Updates of equal order run after the node that they wait for.
        let ordered = groups.sorted { ($0.order, $0.results.isEmpty ? 1 : 0) < ($1.order, $1.results.isEmpty ? 1 : 0) }
        return fusing ? takingTurns(ordered) : ordered
    }

    /// How many boundaries lie before a group.
    func stage(of group: FusedGroup) -> Int { stages[group.order] }

    /// Sums of columns become part of the group that finishes the product whose columns they sum.
    private func joiningSums(_ groups: [FusedGroup]) -> [FusedGroup] {
        var sums: [Int: [Int]] = [:]
        let finishers = Set(
            groups.compactMap { group in if case .elementwise(_, .some, _) = group.body { group.results.first } else { nil } })
        let others = groups.filter { group in
            guard case .single(let sum) = group.body, graph.nodes[sum].operation is any ColumnSumOperation,
                let source = group.reads.first, finishers.contains(source)
            else { return true }
            sums[source, default: []].append(sum)
            return false
        }
        return others.map { group in
            guard case .elementwise(let members, let anchor?, _) = group.body, let joined = sums[group.order] else { return group }
            return FusedGroup(
                body: .elementwise(members, anchor: anchor, sums: joined), reads: group.reads, results: group.results + joined,
                order: group.order)
        }
    }

    private func canFuse(_ update: Graph.ParameterUpdate) -> Bool {
        let gradient = update.gradient.index
        guard readers[gradient] == 1, !kept.contains(gradient) else { return false }
        // The gradient would be computed among the updates: it must not read what another of them has changed already.
        guard !graph.nodes[gradient].inputs.contains(where: { updated.contains($0.index) }) else { return false }
        return (graph.nodes[gradient].operation as? any UpdatingOperation)?.suits(update.rule) ?? false
    }

    /// For each value the place after which nobody reads it: a reader that may be taken in by a later node counts as that one.
    private func positionsOfLastReaders() -> [Int] {
        var end = Array(0..<graph.nodes.count)
        var last = [Int](repeating: -1, count: graph.nodes.count)
        for node in graph.nodes.reversed() where isLive[node.output.index] {
            for input in node.inputs {
                let isTakenIn = readers[input.index] == 1 && node.operation is any ElementwiseOperation
                if isTakenIn, stages[input.index] == stages[node.output.index] {
                    end[input.index] = end[node.output.index]
                }
                last[input.index] = max(last[input.index], end[node.output.index])
            }
        }
        return last
    }

    private func elementwiseGroup(root: Int, fusing: Bool, taken: inout Set<Int>) -> FusedGroup {
        var members: [Int] = []
        var reads: [Int] = []
        var anchor: Int?
        let shape = graph.nodes[root].output.shape

        func visit(_ index: Int) {
            for input in graph.nodes[index].inputs {
                let node = graph.nodes[input.index]
                let absorbable =
                    fusing && input.shape == shape && readers[input.index] == 1 && !kept.contains(input.index)
                    && stages[input.index] == stages[root]
                if absorbable, node.operation is any ElementwiseOperation {
                    taken.insert(input.index)
                    visit(input.index)
                } else if absorbable, anchor == nil, node.operation is any EpilogueOperation {
                    taken.insert(input.index)
                    anchor = input.index
                    reads += node.inputs.map(\.index)
                } else {
                    reads.append(input.index)
                }
            }
            members.append(index)
        }
        visit(root)
        // A loop reads each element before it writes the one at its place; a product before it has written all by then.
        let overwritable = anchor == nil ? reads.filter { graph.nodes[$0].output.shape == shape } : []
        return FusedGroup(
            body: .elementwise(members, anchor: anchor), reads: reads, overwritable: overwritable, results: [root], order: root)
    }
}
