/// What a recurrent network does at each step; h is its output at the step before, U its recurrent kernel `[units, gates · units]`, and z what the step's
/// input adds, `x W + b`, the gates side by side.
public enum RecurrentCell: Hashable, Sendable, BitwiseCopyable {
    /// h ← f(z + h U).
    case simple(CellFunction)
    /// i, f, o by `gates`, g by `function`: c ← f c + i g, h ← o function(c). Gates in the order i f g o.
    ///
    /// Source: Hochreiter and Schmidhuber, *Long short-term memory* (1997), with the forget gate of Gers et al. (2000).
    case lstm(CellFunction, gates: CellFunction)
    /// u, r by `gates`: h ← u h + (1 - u) function(z + r (h U + b)), or of z + (r h) U when the gate resets before the product. Gates in the order u r, candidate.
    ///
    /// Source: Cho et al., *Learning phrase representations using RNN encoder-decoder* (2014).
    case gru(CellFunction, gates: CellFunction, resetsAfter: Bool)

    /// Blocks of `units` columns in z and U.
    public var gates: Int {
        switch self {
        case .simple: 1
        case .lstm: 4
        case .gru: 3
        }
    }

    /// Numbers a unit that the way back needs beside h and c: what the gates gave, and for a GRU that resets after the product h U + b of its candidate.
    package var kept: Int {
        switch self {
        case .simple: 0
        case .lstm: 4
        case .gru(_, _, let resetsAfter): resetsAfter ? 4 : 3
        }
    }

    /// Whether it has a state c beside h.
    package var hasState: Bool { if case .lstm = self { true } else { false } }
}

/// What a cell applies to a sum: a function whose derivative follows from its result y.
public enum CellFunction: Hashable, Sendable, BitwiseCopyable {
    /// x; y' = 1.
    case linear
    /// tanh x; y' = 1 - y².
    case tanh
    /// 1 / (1 + e^-x); y' = y (1 - y).
    case sigmoid
    /// max(0, x); y' = 1 where y > 0.
    case relu
}

/// A recurrence over a sequence: its cell, and what comes in and goes out.
package struct RecurrenceForm: Hashable, Sendable, BitwiseCopyable {
    package let cell: RecurrentCell
    /// Steps of the sequence.
    package let steps: Int
    /// Whether it goes from the last step to the first.
    package let isReversed: Bool
    /// Whether a bias is added to h U: of a GRU that resets after the product.
    package let hasBias: Bool
    /// Whether h is multiplied by a mask before the product with U, the same at all steps, another for each gate: `[gates · batch, units]`.
    package let hasDropout: Bool
    /// Whether a mask `[steps, batch]` says by 0 which steps hand on h and c as they are.
    package let hasMask: Bool
    /// What is kept of it.
    package let keeps: Kept

    package init(
        cell: RecurrentCell, steps: Int, isReversed: Bool = false, hasBias: Bool = false, hasDropout: Bool = false, hasMask: Bool = false,
        keeps: Kept = .all
    ) {
        (self.cell, self.steps, self.isReversed, self.keeps) = (cell, steps, isReversed, keeps)
        (self.hasBias, self.hasDropout, self.hasMask) = (hasBias, hasDropout, hasMask)
    }

    /// What is kept of a recurrence.
    package enum Kept: Hashable, Sendable, BitwiseCopyable {
        /// All that the way back needs.
        case all
        /// h at each step.
        case outputs
        /// h after the last step.
        case last
    }

    /// Which of the inputs is what.
    var biasPlace: Int? { hasBias ? 2 : nil }
    var dropoutPlace: Int? { hasDropout ? 2 + (hasBias ? 1 : 0) : nil }
    var maskPlace: Int? { hasMask ? 2 + (hasBias ? 1 : 0) + (hasDropout ? 1 : 0) : nil }
}

/// Where a recurrence keeps its numbers: h before the first step and after each, in the order of the steps (when it is reversed h before step t stands behind
/// that after it), each `[batch, units]`; then c alike; then for each step what its gates gave, `[batch, kept · units]`. What is not kept takes one place.
package struct RecurrenceLayout: BitwiseCopyable {
    package let batch: Int
    package let units: Int
    package let steps: Int
    package let isReversed: Bool
    let outputStride: Int
    let stateStride: Int
    let gateStride: Int
    package let stateStart: Int
    package let gateStart: Int
    package let count: Int

    package init(_ form: RecurrenceForm, batch: Int, units: Int) {
        (self.batch, self.units, steps, isReversed) = (batch, units, form.steps, form.isReversed)
        let block = batch * units
        outputStride = form.keeps == .last ? 0 : block
        stateStride = form.keeps == .all ? block : 0
        gateStride = form.keeps == .all ? form.cell.kept * block : 0
        stateStart = outputStride * form.steps + block
        gateStart = stateStart + (form.cell.hasState ? stateStride * form.steps + block : 0)
        count = gateStart + (gateStride > 0 ? gateStride * form.steps : form.cell.kept * block)
    }

    /// Where h stands before step t.
    package func output(before t: Int) -> Int { outputStride * (isReversed ? t + 1 : t) }
    /// Where h stands after step t.
    package func output(after t: Int) -> Int { outputStride * (isReversed ? t : t + 1) }
    /// Where c stands before step t.
    package func state(before t: Int) -> Int { stateStart + stateStride * (isReversed ? t + 1 : t) }
    /// Where c stands after step t.
    package func state(after t: Int) -> Int { stateStart + stateStride * (isReversed ? t : t + 1) }
    /// Where step t's gates stand.
    package func gates(_ t: Int) -> Int { gateStart + gateStride * t }
    /// The step that is made at a place.
    package func step(_ place: Int) -> Int { isReversed ? steps - 1 - place : place }
}
