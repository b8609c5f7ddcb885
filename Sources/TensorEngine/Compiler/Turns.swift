extension Fusion {
    /// Lets groups that follow each other and run image by image take turns. Updates between them wait until all are through; what is to follow updates begins
    /// anew.
    func takingTurns(_ groups: [FusedGroup]) -> [FusedGroup] {
        var result: [FusedGroup] = []
        var turns: [FusedGroup] = []
        var waiting: [FusedGroup] = []
        func finish() {
            if turns.count > 1, let last = turns.last, let images = images(of: last) {
                result.append(
                    FusedGroup(
                        body: .turns(turns, images: images, byImage: leftByImage(turns)), reads: turns.flatMap(\.reads),
                        results: turns.flatMap(\.results),
                        order: last.order))
            } else {
                result += turns
            }
            result += waiting
            (turns, waiting) = ([], [])
        }
        var stage = 0
        for group in groups {
            if self.stage(of: group) != stage {
                finish()
                stage = self.stage(of: group)
            }
            if group.results.isEmpty, !turns.isEmpty {
                waiting.append(group)
                continue
            }
            if !turns.isEmpty, !canFollow(turns, group) { finish() }
            if images(of: group) == nil { result.append(group) } else { turns.append(group) }
        }
        finish()
        return result
    }

    /// The node of a group that runs image by image.
    private func imageNode(of group: FusedGroup) -> Graph.Node? {
        let index: Int? =
            switch group.body {
            case .single(let index): index
            case .elementwise(_, let anchor, _): anchor
            case .update, .fusedUpdate, .turns: nil
            }
        guard let index, graph.nodes[index].operation is any ImageOperation else { return nil }
        return graph.nodes[index]
    }

    /// How many images a group takes one after the other; nil for one that does not.
    private func images(of group: FusedGroup) -> Int? {
        imageNode(of: group)?.inputs.first?.shape.dimensions.first
    }

    /// The values that groups leave image by image.
    private func leftByImage(_ turns: [FusedGroup]) -> Set<Int> {
        Set(
            turns.compactMap { turn in
                (imageNode(of: turn)?.operation as? any ImageOperation)?.addsUp == false ? turn.results.first : nil
            })
    }

    /// Whether a group finds of each image what it reads when those before it are through with that image.
    private func canFollow(_ turns: [FusedGroup], _ group: FusedGroup) -> Bool {
        guard let node = imageNode(of: group), let operation = node.operation as? any ImageOperation,
            images(of: group) == turns.first.flatMap(images)
        else { return false }
        let left = Set(turns.flatMap(\.results))
        let leftByImage = leftByImage(turns)
        let byImage = Set(operation.imageInputs.map { node.inputs[$0].index })
        return group.reads.allSatisfy { read in
            guard left.contains(read) else { return true }
            // What an epilogue reads beside its operation's inputs lies by image where it has the result's shape.
            let isByImage = byImage.contains(read) || graph.nodes[read].output.shape == node.output.shape
            let isWhole = node.inputs.indices.contains { !operation.imageInputs.contains($0) && node.inputs[$0].index == read }
            return leftByImage.contains(read) && isByImage && !isWhole
        }
    }
}
