import Datasets
import FoundationEssentials
import LinearAlgebra
import Metrics
import Pictures
import RunStore
import Settings
import Training

extension Exhibits {
    /// So many examples are given again for the eye.
    private static let mostPictures = 10
    /// So many examples are shown in the code.
    private static let mostPoints = 2000

    /// What a run made to be seen: the pictures or rows of its procedure, images and what a network that is to give them again makes of them, and where examples lie in the
    /// layer that is named `code`. Nothing of a run whose weights mean nothing.
    init(_ result: RunResult, _ settings: TrialSettings, on dataset: EncodedDataset) throws {
        self.init()
        guard !result.isSpoilt else { return }
        try withExtendedLifetime(dataset) {
            if let images = ImagesOfData(dataset, pad: settings.inputs.pad) {
                strips = result.pictures.compactMap { Strip($0.name, epoch: $0.epoch, $0.captions, images.pictures(ofNumbers: $0.numbers)) }
                strips += Self.reconstructions(result, settings, dataset, images)
            } else {
                rows = result.pictures.last { $0.epoch == nil }.flatMap { Rows($0, on: dataset) }
            }
            points = try Self.points(result, settings, dataset)
        }
    }

    // MARK: - Images given again

    private static func reconstructions(
        _ result: RunResult, _ settings: TrialSettings, _ dataset: EncodedDataset, _ images: ImagesOfData
    ) -> [Strip] {
        guard case .inputs(let labels, let names) = dataset.target, let part = result.predictions.first,
            part.width == dataset.featureCount
        else { return [] }
        let rows = part.part == "validation" ? dataset.validation : dataset.test
        // Rows without a class are a kind of their own, the last.
        let kinds = rows.map { row in labels.map { $0[Int(row)] < 0 ? Int32(names.count) : $0[Int(row)] } ?? 0 }
        let places = Array(firsts(of: kinds, kinds: names.count + 1).prefix(part.rows.count))
        let shown = places.map { rows[$0] }
        let captions = labels == nil ? [] : shown.map { dataset.className(of: $0) ?? "" }
        let meaning = settings.training.loss.outputMeaning
        let answers = places.flatMap { place in
            (place * part.width..<(place + 1) * part.width).map { Float(meaning.value(part.outputs[$0])) }
        }
        var strips = [Strip("inputs", captions, images.pictures(of: shown))]
        if let changes = settings.training.augmentValidation {
            strips.append(Strip("changed inputs", captions, images.pictures(of: shown, changed: changes)))
        }
        strips.append(Strip("reconstructions", captions, images.pictures(ofNumbers: answers)))
        return strips.compactMap(\.self)
    }

    /// The places of the first of each kind, in turns, until there are enough.
    private static func firsts(of kinds: [Int32], kinds count: Int) -> [Int] {
        var byKind = [[Int]](repeating: [], count: count)
        for (place, kind) in kinds.enumerated() where byKind[Int(kind)].count < mostPictures { byKind[Int(kind)].append(place) }
        let turns = (0..<mostPictures).flatMap { turn in byKind.compactMap { $0.indices.contains(turn) ? $0[turn] : nil } }
        return Array(turns.prefix(mostPictures))
    }

    // MARK: - The code

    /// What the layer is called whose numbers stand for an example.
    private static let codeName = "code"

    private static func points(_ result: RunResult, _ settings: TrialSettings, _ dataset: EncodedDataset) throws -> Points? {
        guard settings.model.opponent == nil, let place = settings.model.layers.firstIndex(where: { $0.name == codeName }) else {
            return nil
        }
        let (part, rows) =
            [("validation", dataset.validation), ("test", dataset.test), ("train", dataset.train)].first { !$0.1.isEmpty } ?? (
                "", dataset.train
            )
        let shown = Array(rows.prefix(mostPoints))
        let found = try Predictor(settings, data: dataset.summary, weights: result.weights).outputs(ofLayer: place, of: shown, in: dataset)
        guard found.width >= 2, !shown.isEmpty, found.values.allSatisfy(\.isFinite) else { return nil }
        var places = found.values
        if found.width > 2 {
            let codes = Matrix(found.values.map(Double.init), rows: shown.count, columns: found.width)
            guard let components = PrincipalComponents(of: codes, count: 2), components.components.rows == 2 else { return nil }
            places = components.code(of: codes).elements.map(Float.init)
        }
        var (labels, names): ([Int32], [String]) = ([], [])
        switch dataset.target {
        case .classes(let all, let classes), .inputs(let all?, let classes): (labels, names) = (shown.map { all[Int($0)] }, classes)
        case .inputs, .values, .severalLabels: break
        }
        return Points(
            layer: codeName, numbers: found.width, part: part, classes: names, labels: labels,
            x: shown.indices.map { places[$0 * 2] }, y: shown.indices.map { places[$0 * 2 + 1] })
    }
}

extension Exhibits.Strip {
    /// Pictures of one size, small enough for a figure; nil where there are none.
    fileprivate init?(_ name: String, epoch: Int? = nil, _ captions: [String], _ pictures: [Picture]) {
        let embedded = pictures.compactMap(\.embedded)
        guard let first = embedded.first, embedded.count == pictures.count else { return nil }
        self.init(
            name: name, epoch: epoch, captions: captions, height: first.height, width: first.width, pictures: embedded.map(\.png))
    }
}
