import TensorEngine
import TestSupport

// Sequences and recurrent cells.

extension OperationTable {
    static func sequences(_ rows: Int, _ columns: Int) -> [OperationCase] {
        [
            OperationCase("SwapSteps", [.numbers([rows, 3, columns])]) { graph, x, _ in try graph.swapSteps(x[0]) },
            OperationCase("SwapSteps", "of a matrix", [.numbers([rows, columns])]) { graph, x, _ in try graph.swapSteps(x[0]) },
            OperationCase("ReverseSteps", [.numbers([rows, 2, columns])]) { graph, x, _ in try graph.reverseSteps(x[0]) },
            OperationCase("Part", [.numbers([rows + 2, columns + 3])]) { graph, x, _ in
                try graph.add(Part(rows: 1..<rows + 1, columns: 2..<columns + 2), x)
            },
            OperationCase("Placed", [.numbers([rows, columns])]) { graph, x, _ in
                try graph.add(Placed(row: 1, column: 2, target: [rows + 2, columns + 3]), x)
            },
            OperationCase("Placed", "side by side", [.numbers([rows, columns]), .numbers([rows, 2])]) { graph, x, _ in
                try graph.joinColumns(x[0], x[1])
            },
            OperationCase("StackRows", [.numbers([rows, columns]), .numbers([2, columns])]) { graph, x, _ in
                try graph.stackRows(x[0], x[1])
            },
        ]
    }

    private static let cells: [(name: String, cell: RecurrentCell)] = [
        ("simple", .simple(.tanh)), ("simple, sigmoid", .simple(.sigmoid)), ("simple, linear", .simple(.linear)),
        ("lstm", .lstm(.tanh, gates: .sigmoid)), ("lstm of other functions", .lstm(.sigmoid, gates: .linear)),
        ("gru", .gru(.tanh, gates: .sigmoid, resetsAfter: true)),
        ("gru of other functions", .gru(.linear, gates: .sigmoid, resetsAfter: true)),
        ("gru that resets before", .gru(.tanh, gates: .sigmoid, resetsAfter: false)),
    ]

    static func recurrences(_ batch: Int, _ columns: Int) -> [OperationCase] {
        // Wide ones cost the interpreter much.
        let units = min(columns, 17)
        return cells.flatMap { (name: String, cell: RecurrentCell) -> [OperationCase] in
            forms(cell).flatMap { (form: String, hasBias: Bool, hasDropout: Bool, mask: TokenTable?, isReversed: Bool, isSequence: Bool) in
                let (steps, width) = (4, cell.gates * units)
                let inputs: [OperationCase.Input] =
                    [.numbers([steps * batch, width]), .numbers([units, width])] + (hasBias ? [.numbers([width])] : [])
                    + (hasDropout ? [.numbers([cell.gates * batch, units])] : [])
                return [
                    OperationCase("Recurrence", "\(name), \(form)", inputs, batch: mask == nil ? 0 : batch) { graph, x, rows in
                        let kernel = try graph.scale(x[1], by: 1 / Float(units))
                        return try graph.recurrence(
                            cell, x[0], kernel: kernel, bias: hasBias ? x[2] : nil,
                            // No gradient flows into a mask.
                            dropout: hasDropout ? graph.scale(graph.add(Sign(), [x[x.count - 1]]), by: 0.5) : nil,
                            mask: mask.map { try graph.swapSteps(graph.maskOfWords(graph.gather($0, rows ?? x[0]))) }, steps: steps,
                            isReversed: isReversed, givesSequence: isSequence, isTrained: true)
                    }
                ]
            }
        }
    }

    private static func forms(
        _ cell: RecurrentCell
    ) -> [(form: String, hasBias: Bool, hasDropout: Bool, mask: TokenTable?, isReversed: Bool, isSequence: Bool)] {
        let hasBias = if case .gru(_, _, true) = cell { true } else { false }
        return [
            ("last", hasBias, false, nil, false, false), ("sequence", false, false, nil, false, true),
            ("reversed", hasBias, false, nil, true, false), ("reversed sequence", hasBias, true, nil, true, true),
            ("dropout and mask", hasBias, true, steps, false, false), ("mask, sequence", hasBias, false, steps, true, true),
        ]
    }

    /// Four steps a row, of which some are left out: in front, behind, between, all.
    private static let steps: TokenTable = .holding(
        [1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1], length: 4)

    static func recurrencesWithoutGradients(_ batch: Int, _ columns: Int) -> [OperationCase] {
        let units = min(columns, 17)
        return cells.filter { $0.cell.gates > 0 }.flatMap { (name: String, cell: RecurrentCell) -> [OperationCase] in
            let width = cell.gates * units
            let hasBias = if case .gru(_, _, true) = cell { true } else { false }
            let form = RecurrenceForm(cell: cell, steps: 3, hasBias: hasBias)
            let bias: [OperationCase.Input] = hasBias ? [.numbers([width])] : []
            return [
                OperationCase(
                    "RecurrenceGradient", name,
                    [.numbers([3 * batch, width]), .numbers([units, width]), .numbers([batch, units])] + bias
                ) { graph, x, _ in
                    let kernel = try graph.scale(x[1], by: 1 / Float(units))
                    let trace = try graph.add(Recurrence(form: form), [x[0], kernel] + x.dropFirst(3))
                    return try graph.add(RecurrenceGradient(form: form, batch: batch), [kernel, trace, x[2]])
                },
                OperationCase(
                    "RecurrentKernelGradient", name,
                    [.numbers([3 * batch, width]), .numbers([units, width]), .numbers([3 * batch, width])] + bias
                ) { graph, x, _ in
                    let kernel = try graph.scale(x[1], by: 1 / Float(units))
                    let trace = try graph.add(Recurrence(form: form), [x[0], kernel] + x.dropFirst(3))
                    return try graph.add(RecurrentKernelGradient(form: form, units: units), [trace, x[2]])
                },
                // What is not kept for the way back is the same.
                OperationCase("RecurrentOutput", "\(name), of the last", [.numbers([3 * batch, width]), .numbers([units, width])]) {
                    graph, x, _ in
                    try graph.recurrence(
                        cell, x[0], kernel: graph.scale(x[1], by: 1 / Float(units)), steps: 3, givesSequence: false, isTrained: false)
                },
                OperationCase(
                    "RecurrentOutput", "\(name), of all, masked", [.numbers([4 * batch, width]), .numbers([units, width])], batch: batch
                ) { graph, x, rows in
                    try graph.recurrence(
                        cell, x[0], kernel: graph.scale(x[1], by: 1 / Float(units)),
                        mask: graph.swapSteps(graph.maskOfWords(graph.gather(Self.steps, rows ?? x[0]))), steps: 4, isReversed: true,
                        givesSequence: true, isTrained: false)
                },
            ]
        }
    }
}
