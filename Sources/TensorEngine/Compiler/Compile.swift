extension Program {
    /// Compiles a graph: drops what neither an output nor an update needs, fuses, places values in an arena, and lays out the kernels.
    ///
    /// - Parameters:
    ///   - outputs: values that are read after each run.
    ///   - parameters: where the parameters live; what their update rules carry from step to step is made there, where it is missing.
    ///   - optimizer: whose steps the program makes; without, the program's own.
    ///   - others: further ones whose steps it makes, the places of which in ``Graph/optimizer`` begin with 1.
    ///   - fusing: whether kernels are fused; without, every node has its own, which is slower and gives the same numbers to rounding.
    /// - Throws: ``ShapeError`` when the store does not know a parameter, or knows it with another shape.
    public static func compile(
        _ graph: Graph, outputs: [Value], parameters: ParameterStore, optimizer: OptimizerState = OptimizerState(),
        others: [OptimizerState] = [], fusing: Bool = true
    ) throws(ShapeError) -> Program {
        setUpLibrary()
        return try Compilation(graph, outputs: outputs, parameters: parameters, optimizers: [optimizer] + others, fusing: fusing).program()
    }
}

/// The state of a compilation.
private struct Compilation {
    let graph: Graph
    let outputs: [Value]
    let groups: [FusedGroup]
    let emitter: Emitter

    init(_ graph: Graph, outputs: [Value], parameters: ParameterStore, optimizers: [OptimizerState], fusing: Bool) {
        self.graph = graph
        self.outputs = outputs
        groups = Fusion(graph, kept: Set(outputs.map(\.index))).groups(fusing: fusing)
        emitter = Emitter(optimizers: optimizers, parameters: parameters)
    }

    func program() throws(ShapeError) -> Program {
        let plan = MemoryPlan(groups, of: graph, outputs: outputs)
        let arena = emitter.parameters.arena(byteCount: max(plan.byteCount, 64))
        var operands: [Int: Operand] = [:]
        for node in graph.nodes {
            let (value, shape) = (node.output.index, node.output.shape)
            if let source = node.operation as? any SourceOperation {
                operands[value] = Operand(pointer: try source.place(emitter, shape: shape), shape: shape)
            } else if let offset = plan.offsets[value] {
                operands[value] = Operand(pointer: arena.pointer + offset, shape: shape, isOneImage: plan.oneImage.contains(value))
            }
        }
        for group in groups { try emit(group, operands: operands) }
        let results = outputs.compactMap { operands[$0.index] }
        var stepping: [OptimizerState] = []
        for place in Set(graph.updates.map(\.optimizer)).sorted() { stepping.append(try emitter.optimizer(place)) }
        return Program(emitter: emitter, arena: arena, outputs: results, stepping: stepping)
    }

    private func emit(_ group: FusedGroup, operands: [Int: Operand]) throws(ShapeError) {
        func operand(_ value: Int) -> Operand {
            guard let operand = operands[value] else { preconditionFailure("a group reads a value that nobody has written") }
            return operand
        }
        func inputs(_ node: Int) -> [Operand] { graph.nodes[node].inputs.map { operand($0.index) } }

        switch group.body {
        case .turns(let members, let images, _):
            try emitter.takingTurns(of: images) { () throws(ShapeError) in
                for member in members { try emit(member, operands: operands) }
            }
        case .single(let index):
            (graph.nodes[index].operation as? any KernelOperation)?.emit(emitter, inputs: inputs(index), output: operand(index))
        case .elementwise(let members, let anchor, let sums):
            let result = operand(members[members.count - 1])
            let loop = elementwiseLoop(members, anchor: anchor, result: result, operand: operand)
            if let anchor, let product = graph.nodes[anchor].operation as? any EpilogueOperation {
                let kernels = sums.compactMap {
                    (graph.nodes[$0].operation as? any ColumnSumOperation)?.kernel(input: result, output: operand($0))
                }
                let kept = UnsafeBufferPointer(start: emitter.keep(kernels), count: kernels.count)
                product.emit(emitter, inputs: inputs(anchor), output: result, epilogue: Epilogue(loop: loop, sums: kept))
            } else {
                emitter.add(ElementwiseKernel(loop: loop))
            }
        case .update(let place):
            let update = graph.updates[place]
            let change = try ParameterChange(update, emitter: emitter)
            emitter.add(
                UpdateKernel(
                    update: change.bound, gradient: operand(update.gradient.index).floats, count: update.parameter.shape.count))
        case .fusedUpdate(let place, let gradient):
            let node = graph.nodes[gradient]
            try (node.operation as? any UpdatingOperation)?.emit(
                emitter, inputs: inputs(gradient), shape: node.output.shape,
                update: ParameterChange(graph.updates[place], emitter: emitter))
        }
    }

    /// The fused loop of `members`, whose last writes `result`; an anchor's values are read where the result is written.
    private func elementwiseLoop(
        _ members: [Int], anchor: Int?, result: Operand, operand: (Int) -> Operand
    ) -> ElementwiseLoop {
        var leaves: [ElementwiseLoop.Leaf] = []
        var places: [Int: Int] = [:]
        let memberSet = Set(members)
        for member in members {
            for input in graph.nodes[member].inputs where !memberSet.contains(input.index) && places[input.index] == nil {
                places[input.index] = leaves.count
                let source = input.index == anchor ? result : operand(input.index)
                let layout = layout(of: source.shape, under: result.shape) ?? .full
                let repeated = emitter.room(for: Float.self, count: layout == .full ? 1 : ElementwiseLoop.chunk)
                leaves.append(
                    .init(pointer: UnsafePointer(source.floats), layout: layout, isOneImage: source.isOneImage, repeated: repeated))
            }
        }
        var steps: [ElementwiseLoop.Step] = []
        for member in members {
            guard let operation = graph.nodes[member].operation as? any ElementwiseOperation else { continue }
            let inputs = graph.nodes[member].inputs.map { places[$0.index] ?? 0 }
            steps.append(
                .init(
                    function: operation.function, constant: operation.constant, first: inputs[0],
                    second: inputs.count > 1 ? inputs[1] : inputs[0]))
            places[member] = leaves.count + steps.count - 1
        }
        let isFlat = leaves.allSatisfy { $0.layout == .full || $0.layout == .scalar }
        let mayRepeat = !isFlat && leaves.allSatisfy { $0.layout != .column }
        return ElementwiseLoop(
            leaves: UnsafeBufferPointer(start: emitter.keep(leaves), count: leaves.count),
            steps: UnsafeBufferPointer(start: emitter.keep(steps), count: steps.count),
            registers: emitter.room(for: Float.self, count: steps.count * ElementwiseLoop.chunk),
            addresses: emitter.keep([UnsafePointer<Float>](repeating: UnsafePointer(result.floats), count: leaves.count + steps.count)),
            result: result.floats, isOneImage: result.isOneImage, rows: result.shape.rows, columns: result.shape.columns, isFlat: isFlat,
            rowsAtOnce: mayRepeat ? max(min(ElementwiseLoop.chunk / max(result.shape.columns, 1), result.shape.rows), 1) : 1)
    }
}
