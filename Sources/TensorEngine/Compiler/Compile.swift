extension Program {
    /// Compiles a graph: drops what neither an output nor an update needs, fuses, places values in an arena, and lays out the kernels.
    ///
    /// - Parameters:
    ///   - outputs: values that are read after each run.
    ///   - parameters: where parameters and the optimizer's state live; entries that are missing are made, of zeros.
    ///   - fusing: whether kernels are fused; without, every node has its own, which is slower and gives the same numbers to rounding.
    /// - Throws: ``ShapeError`` when a parameter has another shape in the store.
    public static func compile(
        _ graph: Graph, outputs: [Value], parameters: ParameterStore, fusing: Bool = true
    ) throws(ShapeError) -> Program {
        setUpLibrary()
        return try Compilation(graph, outputs: outputs, parameters: parameters, fusing: fusing).program()
    }
}

/// The state of a compilation.
private struct Compilation {
    let graph: Graph
    let outputs: [Value]
    let groups: [FusedGroup]
    let emitter: Emitter
    let store: ParameterStore

    init(_ graph: Graph, outputs: [Value], parameters: ParameterStore, fusing: Bool) throws(ShapeError) {
        self.graph = graph
        self.outputs = outputs
        groups = Fusion(graph, kept: Set(outputs.map(\.index))).groups(fusing: fusing)
        store = parameters
        emitter = Emitter(step: parameters.step, parameters: parameters)
    }

    func program() throws(ShapeError) -> Program {
        let plan = MemoryPlan(claims())
        let arena = AlignedMemory(byteCount: max(plan.byteCount, 64))
        var operands: [Int: Operand] = [:]
        var rows: Operand?
        var owners: [AnyObject] = []
        for node in graph.nodes {
            let value = node.output
            switch node.operation {
            case let source as Parameter:
                operands[value.index] = Operand(pointer: try store.memory(source.path, value.shape), shape: value.shape)
            case let source as Constant:
                operands[value.index] = Operand(pointer: UnsafeMutableRawPointer(emitter.keep([source.value])), shape: [])
            case is BatchRows:
                let operand = Operand(
                    pointer: UnsafeMutableRawPointer(emitter.room(for: Int32.self, count: value.shape.count)), shape: value.shape)
                operands[value.index] = operand
                rows = operand
            case let gather as GatherRows: owners.append(gather.table.owner)
            case let gather as GatherLabels: owners.append(gather.table.owner)
            case let product as SparseProduct: owners.append(product.table.owner)
            case let gradient as SparseProductGradient: owners.append(gradient.table.owner)
            default: break
            }
            if let offset = plan.offsets[value.index] {
                operands[value.index] = Operand(pointer: arena.pointer + offset, shape: value.shape)
            }
        }
        for group in groups { try emit(group, operands: operands) }
        let results = outputs.compactMap { operands[$0.index] }
        return Program(
            emitter: emitter, arena: arena, outputs: results, rows: rows, owners: owners, updates: !graph.updates.isEmpty)
    }

    private func claims() -> [MemoryPlan.Claim] {
        var claims: [Int: MemoryPlan.Claim] = [:]
        for (place, group) in groups.enumerated() {
            for value in group.reads { claims[value]?.last = place }
            if let value = group.result {
                claims[value] = .init(value: value, bytes: graph.nodes[value].output.shape.count * 4, first: place, last: place)
            }
        }
        for output in outputs { claims[output.index]?.last = groups.count }
        return Array(claims.values)
    }

    private func emit(_ group: FusedGroup, operands: [Int: Operand]) throws(ShapeError) {
        func operand(_ value: Int) -> Operand {
            guard let operand = operands[value] else { preconditionFailure("a group reads a value that nobody has written") }
            return operand
        }
        func inputs(_ node: Int) -> [Operand] { graph.nodes[node].inputs.map { operand($0.index) } }

        switch group.body {
        case .single(let index):
            (graph.nodes[index].operation as? any KernelOperation)?.emit(emitter, inputs: inputs(index), output: operand(index))
        case .elementwise(let members, let anchor):
            let result = operand(members[members.count - 1])
            let loop = elementwiseLoop(members, anchor: anchor, result: result, operand: operand)
            if let anchor, let product = graph.nodes[anchor].operation as? any EpilogueOperation {
                product.emit(emitter, inputs: inputs(anchor), output: result, epilogue: loop)
            } else {
                emitter.add(ElementwiseKernel(loop: loop))
            }
        case .update(let place):
            let update = graph.updates[place]
            emitter.add(
                UpdateKernel(
                    update: try bind(update), gradient: operand(update.gradient.index).floats, count: update.parameter.shape.count))
        case .fusedUpdate(let place, let gradient):
            try emitFusedUpdate(graph.updates[place], gradient: graph.nodes[gradient], inputs: inputs(gradient))
        }
    }

    private func emitFusedUpdate(_ update: Graph.ParameterUpdate, gradient: Graph.Node, inputs: [Operand]) throws(ShapeError) {
        let bound = try bind(update)
        if let product = gradient.operation as? Product {
            let geometry = ProductGeometry(product, inputs: inputs, result: gradient.output.shape, emitter: emitter)
            emitter.add(ProductUpdateKernel(geometry: geometry, update: bound, emitter: emitter))
        } else if let sparse = gradient.operation as? SparseProductGradient {
            var lastTouched: UnsafeMutablePointer<Int32>?
            if case .decays = update.rule.idle {
                lastTouched = try store.memory(path(of: update.parameter) + "/last_touched", [sparse.table.columns])
                    .bindMemory(to: Int32.self, capacity: sparse.table.columns)
            }
            emitter.add(
                SparseUpdateKernel(
                    table: sparse.table, rows: inputs[0].integers, upstream: inputs[1], update: bound, idle: update.rule.idle,
                    lastTouched: lastTouched, emitter: emitter))
        }
    }

    private func path(of parameter: Value) -> String { (graph.node(of: parameter).operation as? Parameter)?.path ?? "" }

    private func bind(_ update: Graph.ParameterUpdate) throws(ShapeError) -> BoundUpdate {
        let shape = update.parameter.shape
        let parameter = try store.elements(path(of: update.parameter), shape)
        guard let start = parameter.baseAddress else {
            throw ShapeError(operation: "update", shapes: [shape], expected: "a parameter with elements")
        }
        var slots = [start, start, start]
        for (place, name) in update.rule.slots.enumerated() {
            let slot = path(of: update.parameter) + "/" + name
            slots[place] = try store.slot(slot, shape, initial: update.rule.initialSlotValue).baseAddress ?? start
        }
        return BoundUpdate(
            function: update.rule.function, parameter: start, slots: (slots[0], slots[1], slots[2]), settings: update.rule.settings,
            step: UnsafePointer(emitter.step))
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
                let repeated = emitter.room(for: Float.self, count: layout == .full || layout == .row ? 1 : ElementwiseLoop.chunk)
                leaves.append(.init(pointer: UnsafePointer(source.floats), layout: layout, repeated: repeated))
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
        return ElementwiseLoop(
            leaves: UnsafeBufferPointer(start: emitter.keep(leaves), count: leaves.count),
            steps: UnsafeBufferPointer(start: emitter.keep(steps), count: steps.count),
            registers: emitter.room(for: Float.self, count: steps.count * ElementwiseLoop.chunk),
            addresses: emitter.keep([UnsafePointer<Float>](repeating: UnsafePointer(result.floats), count: leaves.count + steps.count)),
            result: result.floats, rows: result.shape.rows, columns: result.shape.columns, isFlat: isFlat)
    }
}
