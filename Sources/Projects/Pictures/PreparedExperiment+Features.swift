import Datasets
import Documents
import Pictures
import Reports
import RunStore
import Settings
import Training

extension PreparedExperiment {
    /// What a run's convolutions make of the first image that validates it, or tests it where none validates. It is kept with the runs, for when data or weights
    /// have gone.
    func features(of run: StoredRun, _ variant: PreparedVariant) -> ExampleFeatures? {
        guard variant.data.imageShape != nil else { return nil }
        let fact = KeptFact(.pictures, of: variant.basis.digests, details: "features \(run.record.identity.hex)")
        if let kept = store.fact(fact, of: experiment.name).flatMap({ try? $0.decoded(as: ExampleFeatures.self) }) { return kept }
        guard let found = try? workedOut(run, variant) else { return nil }
        if let json = try? JSONValue(encoding: found) { try? store.keep(json, as: fact, of: experiment.name) }
        return found
    }

    private func workedOut(_ run: StoredRun, _ variant: PreparedVariant) throws -> ExampleFeatures? {
        let settings = variant.variant.trial.settings
        guard run.hasWeights, variant.trial.pair == nil, variant.trial.layers.contains(where: { $0.shape.count == 3 && $0.parameters > 0 })
        else { return nil }
        let split = RunSplit(of: run, settings)
        let dataset = try workspace.dataset(
            for: settings.ofRun(fold: split.fold), fold: split.fold, seed: split.seed, content: variant.data.contentDigest)
        return try withExtendedLifetime(dataset) {
            let validates = !dataset.validation.isEmpty
            guard let row = (validates ? dataset.validation : dataset.test).first,
                let image = ImagesOfData(dataset, pad: settings.inputs.pad)?.pictures(of: [row]).first?.embedded
            else { return nil }
            let weights = try run.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
            let layers = try Predictor(settings, data: dataset.summary, weights: weights).featureMaps(of: row, in: dataset)
                .compactMap(LayerFeatures.init)
            guard !layers.isEmpty else { return nil }
            return ExampleFeatures(
                row: Int(dataset.fileRow(of: row)), isTest: !validates, label: dataset.className(of: row), image: image, layers: layers)
        }
    }
}

extension LayerFeatures {
    /// Black for the lowest of all maps, white for the highest; nil where they are not finite.
    fileprivate init?(_ maps: FeatureMaps) {
        guard let low = maps.values.min(), let high = maps.values.max(), low.isFinite, high.isFinite,
            maps.values.allSatisfy(\.isFinite)
        else { return nil }
        let step = high > low ? 255 / (high - low) : 0
        let (height, width, count) = (maps.sizes[0], maps.sizes[1], maps.sizes[2])
        let pictures = (0..<count).compactMap { map -> Map? in
            let values = stride(from: map, to: maps.values.count, by: count).map { maps.values[$0] }
            let picture = Picture(height: height, width: width, channels: 1, pixels: values.map { ($0 - low) * step }).embedded
            return picture.map {
                Map(
                    picture: $0, lowest: values.min() ?? 0, mean: values.reduce(0, +) / Float(max(values.count, 1)),
                    highest: values.max() ?? 0)
            }
        }
        guard pictures.count == count else { return nil }
        self.init(layer: maps.layer, height: height, width: width, maps: pictures)
    }
}
