import RunStore
import Statistics

/// All variants as CSV, for those whom the best of them do not tell enough.
extension Comparison {
    /// A line a variant, in the experiment's order: its changes, a column a setting, then its figures as mean and standard deviation. Empty cells are unknown.
    /// Nil where the tables have all variants.
    var listing: String? {
        guard isShortened else { return nil }
        var settings: [String] = []
        var known: Set<String> = []
        for path in results.lazy.flatMap(\.variant.changes).map(\.path) where known.insert(path).inserted { settings.append(path) }
        let names = [figure.name] + listedFigures
        let head =
            ["variant"] + settings + ["parameters"] + names.flatMap { [$0, "\($0)_sd"] }
            + ["difference", "difference_low", "difference_high", "p", "verdict", "\(unit.word)s", "train_seconds"]
        let lines = results.indices.map { index in
            let result = results[index]
            let changes = Dictionary(result.variant.changes.map { ($0.path, $0.text) }) { _, last in last }
            let samples = names.map { result.sample($0) }
            return [result.name] + settings.map { changes[$0] ?? "" } + [result.runs.first?.record.parameters.map(String.init) ?? ""]
                + samples.flatMap { [FigureData.cell($0?.mean), FigureData.cell($0?.standardDeviation)] }
                + [
                    FigureData.cell(differences(of: index)?.mean), FigureData.cell(judgement(of: index)?.interval?.lower),
                    FigureData.cell(judgement(of: index)?.interval?.upper), FigureData.cell(judgement(of: index)?.p),
                    judgement(of: index)?.verdict.words ?? "",
                    String(result.figures(figure.name).count),
                    FigureData.cell(Sample(result.runs.compactMap(\.record.timings?.train))?.mean),
                ]
        }
        var data = FigureData(head)
        for line in lines { data.append(line) }
        return data.text
    }

    /// The final figures of the baseline's runs, or of the best one's, but for the compared one.
    private var listedFigures: [String] {
        let record = (baseline.runs.first ?? bestResult.runs.first)?.record
        return (record?.figures.keys.sorted() ?? []).filter { $0 != figure.name }
    }
}
