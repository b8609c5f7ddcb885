/// Layers whose training by themselves diverged: what the whole then begins with means nothing.
extension Comparison {
    var pretrainingWarnings: [String] {
        let sentences = results.compactMap { result -> String? in
            let diverged = result.runs.compactMap { run in run.record.divergedPretraining.map { (run: run, place: $0) } }
            guard let words = Self.places(diverged.map(\.place), naming: \.asMarkdownCode) else { return nil }
            let seeds = Set(diverged.map(\.run.specification.seed)).sorted().map(String.init)
            return "\(result.code): \(words), where the error was no longer finite, with \(seeds.count == 1 ? "seed" : "seeds") "
                + "\(enumeration(seeds, limit: 20)); the whole began with weights that mean nothing. Lower the learning rate of training.pretrain, "
                + "or scale the inputs."
        }
        return limited(sentences, more: "diverged while layers were trained by themselves")
    }

    /// Where layers diverged that were trained by themselves, if they did so in all of these runs.
    static func divergedPretraining(of runs: [ReportedRun]) -> String? {
        let places = runs.compactMap(\.record.divergedPretraining)
        return places.count == runs.count ? Self.places(places, naming: \.self) : nil
    }

    /// For example `layer_1, trained by itself, diverged from pass 2 on`; nil without a place.
    private static func places(_ places: [(layer: String, pass: Int)], naming: (String) -> String) -> String? {
        guard let first = places.map(\.pass).min(), let last = places.map(\.pass).max() else { return nil }
        let layers = places.reduce(into: [String]()) { if !$0.contains($1.layer) { $0.append($1.layer) } }
        let from = first == last ? grouped(first) : "\(grouped(first)) to \(grouped(last))"
        return
            "\(enumeration(layers.map(naming))), trained by \(layers.count == 1 ? "itself" : "themselves"), diverged from pass \(from) on"
    }
}
