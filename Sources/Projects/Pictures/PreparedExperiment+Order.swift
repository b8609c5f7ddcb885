import Datasets
import Documents
import RunStore
import Settings

extension PreparedExperiment {
    /// So many rows are asked about at most: those of the validation or test part of a series.
    private static let mostRows = 100_000

    /// The numbers by which the split of a variant orders these rows of its file. They are kept with the runs, so that they are there when the data have gone. Nil
    /// where they are no numbers, where rows of several tables count anew, and where the data are not at hand.
    func order(of rows: [Int32], in variant: PreparedVariant) -> [Int32: Double]? {
        let settings = variant.variant.trial.settings
        guard let column = settings.split.order, rows.count <= Self.mostRows else { return nil }
        let fact = KeptFact(
            .data, of: variant.basis.digests, details: "order \(column)\n\(rows.map(String.init).joined(separator: " "))")
        if let kept = store.fact(fact, of: experiment.name).flatMap({ try? $0.decoded(as: [Double].self) }), kept.count == rows.count {
            return Dictionary(zip(rows, kept), uniquingKeysWith: { first, _ in first })
        }
        // The column alone, as numbers, in the order of the file.
        var plain = settings
        plain.inputs = InputSettings(columns: [ColumnSettings(column: column, encoding: .numeric(scale: .none))])
        plain.split = SplitSettings()
        guard let request = try? workspace.request(for: plain),
            let dataset = try? workspace.dataset(for: plain, content: variant.data.contentDigest),
            let numbers = try? workspace.data.exactNumbers(of: request, content: variant.data.contentDigest).inputs,
            numbers.count == dataset.rowCount
        else { return nil }
        return withExtendedLifetime(dataset) {
            var places: [Int32: Double] = [:]
            for (row, number) in numbers.enumerated() {
                guard places.updateValue(number, forKey: dataset.fileRow(of: Int32(row))) == nil else { return nil }
            }
            let found = rows.compactMap { places[$0] }
            guard found.count == rows.count else { return nil }
            if let json = try? JSONValue(encoding: found) { try? store.keep(json, as: fact, of: experiment.name) }
            return Dictionary(zip(rows, found), uniquingKeysWith: { first, _ in first })
        }
    }
}
