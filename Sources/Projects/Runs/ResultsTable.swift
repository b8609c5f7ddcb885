import Documents
import Experiments
import Reports
import RunStore

/// The finished runs that an experiment asks for, in numbers for other tools.
public struct ResultsTable: Sendable {
    /// What a row is.
    public enum Row: String, CaseIterable, Sendable {
        case run, variant
    }

    /// Always in the same order.
    public let columns: [String]
    /// A value a column; `none` where there is none.
    public let rows: [[Condition.Value]]
    /// How many runs the experiment asks for that are not in the table.
    public let unfinished: Int

    /// What stands before a run's settings and figures, by the names that ``RunFacts`` have for it.
    private static let first = ["run", "experiment", "variant", "seed", "fold", "state"]
    /// What stands behind them.
    private static let last = ["parameters", "kept_epoch", "stopped", "train_seconds", "seconds", "created"]

    fileprivate init(byVariant listing: VariantListing, unfinished: Int) {
        (columns, rows, self.unfinished) = (listing.columns, listing.rows, unfinished)
    }

    fileprivate init(
        byRun runs: [(variant: Int, run: StoredRun)], of experiment: Experiment, _ settings: SettingColumns, unfinished: Int
    ) throws(UnknownName) {
        let stored = runs.map(\.run)
        let figures = Set(stored.flatMap(\.record.figures.keys)).sorted()
        let facts = try RunFacts(Self.first + figures + Self.last, in: stored)
        columns = Self.first + settings.names + figures + Self.last
        rows = runs.map { variant, run in
            func values(_ names: [String]) -> [Condition.Value] { names.map { facts.value($0, of: run) ?? .none } }
            var known = values(Self.first)
            // A run that another experiment has trained is called there as its variant there.
            if let place = Self.first.firstIndex(of: "variant") { known[place] = .text(experiment.variants[variant].name) }
            return known + settings.values(of: variant) + values(figures + Self.last)
        }
        self.unfinished = unfinished
    }
}

extension Workspace {
    /// A row a finished run of an experiment, or a row a variant with means and standard deviations; `allSettings` has a column for every setting, else there are those in which
    /// variants differ.
    public func resultsTable(of experiment: Experiment, by row: ResultsTable.Row, allSettings: Bool) throws -> ResultsTable {
        let survey = try survey(of: experiment)
        let places = Dictionary(
            experiment.variants.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let finished = survey.runs.compactMap { run -> (variant: Int, run: StoredRun)? in
            guard case .finished(let stored) = run.state, let variant = places[run.specification.variant] else { return nil }
            return (variant, stored)
        }
        guard !finished.isEmpty else {
            throw Refusal("\(experiment.name): no run is finished", help: "ablate run \(experiment.name.shellWord)")
        }
        let settings = SettingColumns(of: experiment, all: allSettings)
        let unfinished = survey.runs.count - finished.count
        do {
            switch row {
            case .run: return try ResultsTable(byRun: finished, of: experiment, settings, unfinished: unfinished)
            case .variant:
                return ResultsTable(
                    byVariant: try VariantListing(of: experiment, survey: survey, settings: settings), unfinished: unfinished)
            }
        } catch let refusal as ReportRefusal {
            throw Refusal(refusal.description, cause: .failure)
        }
    }
}
