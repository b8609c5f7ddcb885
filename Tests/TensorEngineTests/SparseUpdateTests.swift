import Foundation
import TensorEngine
import TestSupport
import Testing

/// Rows of a sparse first layer that no example names are updated later, to the same end.
@Suite struct SparseUpdateTests {
    static let columns = 32
    static let steps = 200
    /// A row for each column, which names that column and a common one; then one of no column, and one of all.
    static let rows: [[Int32]] = (0..<Int32(columns)).map { $0 == 0 ? [0] : [0, $0] } + [[], Array(0..<Int32(columns))]
    static let table = SparseTable.holding(rows, columns: columns)
    /// The same columns with numbers of both signs in them.
    static let weighted: SparseTable = {
        var numbers = SeededNumbers(seed: 5)
        return .holding(rows, values: numbers.values(for: rows), columns: columns)
    }()
    static let emptyRow = columns
    static let fullRow = columns + 1
    static let batch = 4

    /// A table of `units` weights a column, trained on the sum of squares of (x W - t) for a fixed t.
    private struct Training {
        let program: Program
        let store = ParameterStore()
        let optimizer = OptimizerState(learningRate: 0.01)
        let units: Int

        init(_ table: SparseTable = SparseUpdateTests.table, units: Int, rule: any UpdateRule, fusing: Bool) throws {
            self.units = units
            var numbers = SeededNumbers(seed: units)
            var graph = Graph()
            let weights = try graph.parameter("w", [columns, units])
            let wanted = try graph.parameter("t", [units])
            let sum = try graph.sparseProduct(table, graph.batchRows(batch), weights)
            let loss = try graph.mean(graph.square(graph.subtract(sum, wanted)))
            let gradient = try graph.gradients(of: loss, for: [weights])[0]
            try graph.update(weights, with: gradient, by: rule)
            for (path, shape) in [("w", weights.shape), ("t", wanted.shape)] {
                _ = try store.declare(path, shape).update(fromContentsOf: numbers.numbers(shape.count, in: -1...1).map(Float.init))
            }
            program = try Program.compile(graph, outputs: [loss], parameters: store, optimizer: optimizer, fusing: fusing)
        }

        func run(_ rows: [Int]) { program.run(rows: rows.map { Int32($0) }) }

        func elements(_ path: String) throws -> [Double] { try store.elements(path, [columns, units]).map(Double.init) }

        /// The second moments after everything that is still owed.
        func settledMoments(rho: Double) throws -> [Double] {
            var moments = try elements("w/mean_square")
            let touched = try store.elements("w/last_touched", [columns]).map { Int($0.bitPattern) }
            for column in 0..<columns {
                for _ in 0..<optimizer.iteration - touched[column] { for unit in 0..<units { moments[column * units + unit] *= rho } }
            }
            return moments
        }
    }

    /// Column c is named once in 5 c + 1 steps, so that gaps of 1 to 150 steps appear; what is left of a batch is empty, or repeats a row.
    private func rows(ofStep step: Int) -> [Int] {
        var due = (1..<Self.columns).filter { step % (5 * $0 + 1) == 0 }.suffix(Self.batch)
        if step % 3 == 0, let first = due.first, due.count < Self.batch { due.append(first) }
        if step == 170 { due = [Self.fullRow] }
        return Array(due) + Array(repeating: Self.emptyRow, count: Self.batch - due.count)
    }

    @Test(arguments: [4, 46, 64, 256, 300, 512], [false, true])
    func deferredRMSpropEqualsTheDenseUpdate(units: Int, weighted: Bool) throws {
        let table = weighted ? Self.weighted : Self.table
        let (sparse, dense) = (
            try Training(table, units: units, rule: rmsprop(), fusing: true),
            try Training(table, units: units, rule: rmsprop(), fusing: false)
        )
        for step in 1...Self.steps {
            let rows = rows(ofStep: step)
            sparse.run(rows)
            dense.run(rows)
            #expect(abs(sparse.program.output(0)[0] - dense.program.output(0)[0]) <= 1e-5 * abs(dense.program.output(0)[0]))
        }
        for (ours, theirs) in try paired(try sparse.elements("w"), try dense.elements("w")) { #expect(abs(ours - theirs) < 1e-6) }
        let (ours, theirs) = (try sparse.settledMoments(rho: 0.9), try dense.elements("w/mean_square"))
        for (one, other) in try paired(ours, theirs) where max(one, other) > 1e-30 {
            #expect(abs(one - other) <= 2e-5 * other + 1e-16, "\(one) \(other)")
        }
        #expect(ours.contains { $0 > 1e-10 })
    }

    /// One column waits for 100,000 steps. A dense update rounds in each of them, by half a unit in the last place at most.
    @Test(arguments: [0, 0.5, 0.9, 0.98, 0.998, 0.9999, 0.999_999, 0.999_999_94])
    func longGapsAreOwedExactly(rho: Float) throws {
        let (gap, units, rows) = (100_000, 3, 2)
        func trained(fusing: Bool) throws -> (moments: [Double], expected: [Double], positions: [Double], weights: [Double]) {
            var graph = Graph()
            let weights = try graph.parameter("w", [2, units])
            let sum = try graph.sparseProduct(.holding([[0], [1]], columns: 2), graph.batchRows(rows), weights)
            let loss = try graph.mean(graph.square(graph.subtract(sum, graph.constant(0.25))))
            try graph.update(weights, with: graph.gradients(of: loss, for: [weights])[0], by: rmsprop(rho: rho))
            let store = ParameterStore()
            let optimizer = OptimizerState(learningRate: 1e-3)
            _ = try store.declare("w", [2, units]).update(fromContentsOf: [1, 1, 1, 3, -2, 0.5])
            let program = try Program.compile(graph, outputs: [loss], parameters: store, optimizer: optimizer, fusing: fusing)
            func waiting(_ path: String) throws -> [Double] { try store.elements(path, [2, units]).suffix(units).map(Double.init) }
            program.run(rows: [1, 1])
            let (before, position) = (try waiting("w/mean_square"), try waiting("w"))
            for _ in 0..<gap { program.run(rows: [0, 0]) }
            program.run(rows: [1, 1])
            let expected = try paired(before, position).map { moment, weight in
                let gradient = 2 * (weight - 0.25) / Double(units)
                return pow(Double(rho), Double(gap + 1)) * moment + (1 - Double(rho)) * gradient * gradient
            }
            return (try waiting("w/mean_square"), expected, position, try waiting("w"))
        }
        let (sparse, dense) = (try trained(fusing: true), try trained(fusing: false))
        for (found, right) in try paired(sparse.moments, sparse.expected) {
            #expect(abs(found - right) <= 1e-5 * right, "\(found) \(right)")
        }
        let rounding = 1e-5 + Double(gap) * 0x1p-24
        for (found, right) in try paired(sparse.moments, dense.moments) {
            #expect(abs(found - right) <= rounding * right, "\(found) \(right)")
        }
        // The last step is as much off as its divisor.
        for place in sparse.weights.indices {
            let (found, right, step) = (sparse.weights[place], dense.weights[place], abs(dense.weights[place] - dense.positions[place]))
            #expect(abs(found - right) <= 1e-6 * abs(right) + rounding * step, "\(found) \(right)")
        }
    }

    @Test(
        arguments: [gradientDescent(), gradientDescent(momentum: 0.9), rmsprop(momentum: 0.5), rmsprop(centered: true), adam()]
            as [any UpdateRule], [false, true])
    func otherRulesEqualTheDenseUpdate(rule: any UpdateRule, weighted: Bool) throws {
        let table = weighted ? Self.weighted : Self.table
        let (sparse, dense) = (
            try Training(table, units: 46, rule: rule, fusing: true), try Training(table, units: 46, rule: rule, fusing: false)
        )
        for step in 1...60 {
            sparse.run(rows(ofStep: step))
            dense.run(rows(ofStep: step))
        }
        for (ours, theirs) in try paired(try sparse.elements("w"), try dense.elements("w")) { #expect(abs(ours - theirs) < 1e-5) }
    }

    @Test func aBatchOfEmptyRowsChangesNothing() throws {
        let training = try Training(units: 46, rule: rmsprop(), fusing: true)
        let before = try training.elements("w")
        training.run([Int](repeating: Self.emptyRow, count: Self.batch))
        #expect(try training.elements("w") == before)
        #expect(training.program.output(0)[0].isFinite)
        #expect(training.optimizer.iteration == 1)
    }

    @Test func aTableWithoutOnesTrains() throws {
        var graph = Graph()
        let weights = try graph.parameter("w", [3, 5])
        let sum = try graph.sparseProduct(.holding([[], []], columns: 3), graph.batchRows(2), weights)
        let loss = try graph.mean(graph.square(sum))
        try graph.update(weights, with: graph.gradients(of: loss, for: [weights])[0], by: rmsprop())
        let program = try Program.compile(graph, outputs: [loss], parameters: .zeros(for: graph))
        program.run(rows: [0, 1])
        #expect(program.output(0)[0] == 0)
    }

    /// Programs of two batch sizes on one store keep one count of steps.
    @Test func batchesOfTwoSizesShareWhatIsOwed() throws {
        func trained(fusing: Bool) throws -> [Float] {
            let store = ParameterStore()
            let optimizer = OptimizerState(learningRate: 0.01)
            var programs: [Int: Program] = [:]
            for batch in [1, 3] {
                var graph = Graph()
                let weights = try graph.parameter("w", [Self.columns, 17])
                let sum = try graph.sparseProduct(Self.table, graph.batchRows(batch), weights)
                let loss = try graph.mean(graph.square(graph.subtract(sum, graph.constant(1))))
                try graph.update(weights, with: graph.gradients(of: loss, for: [weights])[0], by: rmsprop())
                try store.declare("w", weights.shape)
                programs[batch] = try Program.compile(graph, outputs: [loss], parameters: store, optimizer: optimizer, fusing: fusing)
            }
            for step in 0..<90 {
                if step % 4 == 3 {
                    programs[1]?.run(rows: [Int32(step % 7)])
                } else {
                    programs[3]?.run(rows: [Int32(step % 5), Int32(step % 31), Int32(Self.emptyRow)])
                }
            }
            return Array(try store.elements("w", [Self.columns, 17]))
        }
        for (fused, plain) in try paired(try trained(fusing: true), try trained(fusing: false)) { #expect(abs(fused - plain) < 1e-6) }
    }
}
