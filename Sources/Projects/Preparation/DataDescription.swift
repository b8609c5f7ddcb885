import Datasets
import Documents
import Experiments
import RunStore
import Settings

/// What reports and questions need of encoded rows, kept beside the runs that were trained on them: it stays when the rows have gone.
struct DataDescription: Codable {
    /// Counts, names, fitted encoders and notices.
    let summary: DatasetSummary
    /// The words of multi-hot texts, in the order of their columns.
    let vocabulary: [String]

    /// Encodes new rows as these were; `format` is how the data set's tables are written.
    func encoder(format: CSVFormat = CSVFormat()) -> RowEncoder { RowEncoder(summary, vocabulary: vocabulary, format: format) }
}

extension Workspace {
    /// What is known of the rows that a trial is trained on, of a fold or of all that train in some fold, and of a seed's own split: by the cache, by what an experiment's runs were kept with,
    /// or by encoding them now. It is kept from then on.
    func description(
        of settings: TrialSettings, fold: Int? = nil, seed: Int? = nil, content: String, for experiment: String
    ) throws -> DataDescription {
        let request = try request(for: settings, fold: fold, seed: seed)
        let fact = fact(of: request, content: content)
        if let kept = keptDescription(fact, for: experiment) { return kept }
        let dataset = try dataset(for: settings, fold: fold, seed: seed, content: content)
        let description = DataDescription(summary: dataset.summary, vocabulary: dataset.vocabulary)
        keep(description, as: fact, for: experiment)
        return description
    }

    /// The summary of encoded rows: from the cache, or by what was kept with the runs, or after encoding them now.
    func summary(of request: EncodingRequest, content: String, for experiment: String) throws -> DatasetSummary {
        if let summary = try data.summary(of: request, content: content) { return summary }
        return try keptDescription(fact(of: request, content: content), for: experiment)?.summary
            ?? data.open(request, content: content, progress: { progress($0) }).summary
    }

    private func keptDescription(_ fact: KeptFact, for experiment: String) -> DataDescription? {
        store.fact(fact, of: experiment).flatMap { try? $0.decoded() }
    }

    /// What cannot be kept is worked out again while the rows are there.
    private func keep(_ description: DataDescription, as fact: KeptFact, for experiment: String) {
        guard let json = try? JSONValue(encoding: description) else { return }
        try? store.keep(json, as: fact, of: experiment)
    }

    private func fact(of request: EncodingRequest, content: String) -> KeptFact {
        let digests = DataDigests(content: content, encoding: data.encodingDigest(of: request))
        return KeptFact(
            .data, of: digests, details: "fold \(request.fold.map(String.init) ?? "-")" + (request.seed.map { " seed \($0)" } ?? ""))
    }
}

extension PreparedExperiment {
    /// Keeps with the runs what reports need of their rows, as far as it is not kept and the rows are at hand.
    public func keepDescriptions() {
        var seen: Set<DataDigests> = []
        for fitted in variants where seen.insert(fitted.basis.digests).inserted {
            _ = try? workspace.description(
                of: fitted.variant.trial.settings, seed: experiment.seeds.first, content: fitted.data.contentDigest, for: experiment.name)
        }
    }

    /// Refuses data sets of runs that are to be trained, where neither their rows nor the raw data are at hand: reports can be written without them, networks
    /// cannot be trained.
    public func checkThatRowsAreAtHand() throws {
        guard !missing.isEmpty else { return }
        var findings = Diagnostics()
        var seen: Set<DataDigests> = []
        for place in Set(missing.map(\.planned.variant)).sorted() where seen.insert(variants[place].basis.digests).inserted {
            findings.all += try variants[place].findingsInRows(workspace)
        }
        guard findings.errorCount == 0 else { throw findings }
    }
}
