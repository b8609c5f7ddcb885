import Documents
import RunStore

/// A choice among stored runs: which, in what order, how many, and what is to be seen of them.
public struct RunQuery: Sendable {
    /// What must hold of a run; nil for all.
    public var condition: Condition?
    /// By what they are sorted, the first being the most important.
    public var order: [Key] = []
    /// At most so many; nil for all.
    public var limit: Int?
    /// What is shown of each.
    public var columns: [String]

    /// A name to sort by.
    public struct Key: Sendable, Hashable {
        /// The name.
        public var name: String
        /// Whether the largest comes first.
        public var isDescending: Bool

        /// Reads `val_loss` or, for the largest first, `-val_accuracy`.
        public init(_ text: String) {
            isDescending = text.hasPrefix("-")
            name = isDescending ? String(text.dropFirst()) : text
        }
    }

    /// The runs found, and their values in the order of the columns.
    public struct Answer: Sendable {
        /// What was asked to be shown.
        public let columns: [String]
        /// A row a run, in order.
        public let rows: [(run: StoredRun, values: [Condition.Value])]
        /// How many runs the condition held for.
        public let matching: Int
    }

    /// A query for some columns.
    public init(columns: [String]) {
        self.columns = columns
    }

    /// The runs of `runs` that are asked for. Without an order they come by experiment, variant, seed and fold; runs that lack a value come last.
    ///
    /// - Throws: `Diagnostics` that point into the condition, or a ``Refusal`` for another name that no run has.
    public func answer(among runs: [StoredRun]) throws -> Answer {
        let facts = try facts(in: runs)
        var found = runs
        if let condition {
            do throws(Condition.Problem) {
                found = try Self.filter(runs, condition, facts)
            } catch {
                throw error.diagnostics(in: condition.text)
            }
        }
        let keys = order + (order.isEmpty ? ["experiment", "variant"] : []).map(Key.init) + ["seed", "fold", "run"].map(Key.init)
        let known = try RunFacts(keys.map(\.name), in: runs.isEmpty ? [] : runs)
        let sorted = found.map { run in (run: run, values: keys.map { known.value($0.name, of: run) ?? .none }) }.sorted { one, other in
            for (index, key) in keys.enumerated() where one.values[index] != other.values[index] {
                return Self.isBefore(one.values[index], other.values[index], descending: key.isDescending)
            }
            return false
        }
        let rows = sorted.prefix(limit ?? .max).map { row in
            (run: row.run, values: columns.map { facts.value($0, of: row.run) ?? .none })
        }
        return Answer(columns: columns, rows: rows, matching: found.count)
    }

    /// All that the query speaks of.
    private func facts(in runs: [StoredRun]) throws -> RunFacts {
        if let condition {
            for (name, offset) in condition.names {
                do throws(UnknownName) { _ = try RunFacts([name], in: runs) } catch {
                    let problem = Condition.Problem(
                        message: error.message, help: error.help, offset: offset, length: name.unicodeScalars.count)
                    throw problem.diagnostics(in: condition.text)
                }
            }
        }
        do throws(UnknownName) {
            return try RunFacts((condition?.names.map(\.name) ?? []) + order.map(\.name) + columns, in: runs)
        } catch {
            throw Refusal(error.message, help: error.help)
        }
    }

    private static func filter(_ runs: [StoredRun], _ condition: Condition, _ facts: RunFacts) throws(Condition.Problem) -> [StoredRun] {
        var found: [StoredRun] = []
        for run in runs where try condition.holds({ facts.value($0, of: run) }) { found.append(run) }
        return found
    }

    /// What is not there, or no number, comes last in either direction.
    private static func isBefore(_ one: Condition.Value, _ other: Condition.Value, descending: Bool) -> Bool {
        switch (one, other) {
        case (.none, _): return false
        case (_, .none): return true
        case (.number(let one), .number(let other)):
            if one.isNaN || other.isNaN { return !one.isNaN && other.isNaN }
            return descending ? one > other : one < other
        case (.text(let one), .text(let other)): return descending ? one > other : one < other
        case (.boolean(let one), .boolean(let other)): return descending ? one && !other : !one && other
        case (.number, _): return true
        case (_, .number): return false
        case (.text, _): return true
        case (_, .text): return false
        }
    }
}

extension Condition.Problem {
    /// The finding, at its place in the text of `--where`.
    public func diagnostics(in text: String) -> Diagnostics {
        let source = Source(name: "--where", text: text)
        let place = Place(
            source: source, start: Place.Mark(line: 1, scalars: offset), end: Place.Mark(line: 1, scalars: offset + length))
        return Diagnostics(Diagnostic(message, at: place, help: help))
    }
}
