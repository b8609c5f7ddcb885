import Datasets
import Documents
import Experiments
import FoundationEssentials
import Pictures
import Reports
import RunStore
import Settings
import Training

extension PreparedExperiment {
    /// Where the report finds images of examples, of filters and of what these make of an example. Images are kept with the runs, so that they are there when the data have gone.
    var reportPictures: ReportPictures {
        ReportPictures(
            ofExamples: { name, isTest, rows in
                variants.first { $0.variant.name == name }.flatMap { examples(of: $0, isTest: isTest, rows) }
            },
            ofFilters: { name, run in
                guard let variant = variants.first(where: { $0.variant.name == name }) else { return nil }
                return Self.filters(of: run, variant.variant.trial.settings, variant.data.imageShape)
            },
            ofFeatures: { name, run in variants.first { $0.variant.name == name }.flatMap { features(of: run, $0) } },
            ofOrder: { name, rows in variants.first { $0.variant.name == name }.flatMap { order(of: rows, in: $0) } })
    }

    // MARK: - Examples

    private func examples(of variant: PreparedVariant, isTest: Bool, _ rows: [Int32]) -> [Int32: EmbeddedPicture]? {
        guard variant.data.imageShape != nil else { return nil }
        let settings = variant.variant.trial.settings
        let changes = settings.training.augmentValidation.map {
            "\nchanged \(AugmentationSettings.schema.encode($0, for: .identity).canonicalJSON)"
        }
        let pad = settings.inputs.pad
        let fact = KeptFact(
            .pictures, of: variant.basis.digests,
            details:
                "\(isTest ? "test" : "validation") \(rows.map(String.init).joined(separator: " "))\(changes ?? "")\(pad > 0 ? "\npad \(pad)" : "")"
        )
        if let kept = store.fact(fact, of: experiment.name).flatMap({ try? $0.decoded(as: [EmbeddedPicture].self) }),
            kept.count == rows.count
        {
            return Dictionary(zip(rows, kept), uniquingKeysWith: { first, _ in first })
        }
        guard
            let dataset = try? workspace.dataset(for: settings, seed: experiment.seeds.first, content: variant.data.contentDigest),
            let found = withExtendedLifetime(
                dataset, { Self.pictures(dataset, isTest: isTest, rows, settings) })
        else { return nil }
        if let json = try? JSONValue(encoding: found) { try? store.keep(json, as: fact, of: experiment.name) }
        return Dictionary(zip(rows, found), uniquingKeysWith: { first, _ in first })
    }

    private static func pictures(
        _ dataset: EncodedDataset, isTest: Bool, _ wanted: [Int32], _ settings: TrialSettings
    ) -> [EmbeddedPicture]? {
        guard let images = ImagesOfData(dataset, pad: settings.inputs.pad) else { return nil }
        // Tables of parts may count their rows each from 0; splits that a seed draws, and folds, have a row now in one part, now in another.
        let parts = isTest ? [dataset.test, dataset.train, dataset.validation] : [dataset.validation, dataset.train, dataset.test]
        var place: [Int32: Int32] = [:]
        for part in parts { for row in part where place[dataset.fileRow(of: row)] == nil { place[dataset.fileRow(of: row)] = row } }
        let rows = wanted.compactMap { place[$0] }
        guard rows.count == wanted.count else { return nil }
        let pictures = images.pictures(of: rows, changed: settings.training.augmentValidation ?? AugmentationSettings())
        let embedded = pictures.compactMap(\.embedded)
        return embedded.count == wanted.count ? embedded : nil
    }

    // MARK: - Filters

    /// The kernel as `[rows, columns, channels, filters]`: a unit of a dense layer that sees an image has a filter of the image's size. Nil for others.
    private static func filters(_ kernel: NamedTensor, of kind: any LayerKind, _ image: ImageShape?, pad: Int) -> NamedTensor? {
        if kind is Conv2DSettings { return kernel.shape.count == 4 ? kernel : nil }
        guard var image, kernel.shape.count == 2 else { return nil }
        image.pad = pad
        guard kernel.shape[0] == image.paddedSizes.reduce(1, *) else { return nil }
        return NamedTensor(name: kernel.name, shape: image.paddedSizes + [kernel.shape[1]], values: kernel.values)
    }

    private static func filters(of run: StoredRun, _ settings: TrialSettings, _ image: ImageShape?) -> ConvolutionFilters? {
        guard let place = settings.model.layers.firstIndex(where: { type(of: $0.kind).hasParameters }),
            !run.record.removed.contains(.weights), let weights = try? run.weights()
        else { return nil }
        let layer = settings.model.layerNames[place]
        guard let found = weights.first(where: { $0.name == "\(layer)/kernel" }),
            let kernel = filters(found, of: settings.model.layers[place].kind, image, pad: settings.inputs.pad),
            kernel.shape[2] == 1 || kernel.shape[2] == 3,
            let largest = kernel.values.map(abs).max(), largest > 0, largest.isFinite
        else { return nil }
        let (height, width, channels, count) = (kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3])
        let filters = (0..<count).compactMap { filter -> EmbeddedPicture? in
            let picture = Picture(
                height: height, width: width, channels: channels,
                pixels: (0..<height * width * channels).map { 127.5 + 127.5 * kernel.values[$0 * count + filter] / largest })
            // Larger, for viewers that smooth what they enlarge.
            return Picture.grid([picture], columns: 1, factor: Picture.factor(height: height, width: width, for: 48), gap: 0).embedded
        }
        return filters.count == count
            ? ConvolutionFilters(
                layer: settings.model.layers[place].name ?? layer, pictures: filters, sizes: kernel.shape, weights: kernel.values) : nil
    }
}

extension Picture {
    /// The picture, or a smaller one where it is large, for a figure.
    var embedded: EmbeddedPicture? {
        let longest = 96
        let side = max(height, width)
        let small =
            side > longest
            ? resized(height: max(height * longest / side, 1), width: max(width * longest / side, 1), by: .area) : self
        return (try? small.png()).map { EmbeddedPicture(height: small.height, width: small.width, png: Data($0).base64EncodedString()) }
    }
}
