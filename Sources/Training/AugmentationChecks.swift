import Datasets
import Settings

/// Refuses changes of images where the inputs are none, or where nothing of them could remain.
func checkAugmentation(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    for (key, changes) in [
        ("augment", settings.training.augment), ("augment_validation", settings.training.augmentValidation),
    ] {
        guard let changes else { continue }
        let path = "training.\(key)"
        guard let image = data.image(of: settings) else {
            let found = data.inputShape.count > 1 ? "numbers of shape \(data.inputShape)" : "\(data.featureCount) numbers in a row"
            throw PreparationProblem(
                path: path, message: "\(key) changes images, the inputs are \(found)",
                help: "write {encode: image, height: …, width: …} where they are pixels, or leave out \(key)")
        }
        let (height, width) = (image.paddedSizes[0], image.paddedSizes[1])
        let least = min(height, width)
        if image.pad > 0, case .number(let number) = changes.fill, number != 0 {
            throw PreparationProblem(
                path: "\(path).fill", message: "the images are padded with zeros, and \(number) would be seen beyond them",
                help: "leave out fill")
        }
        for (name, pixels) in [("shift", changes.shift), ("crop", changes.crop), ("cutout", changes.cutout)] where pixels >= least {
            throw PreparationProblem(
                path: "\(path).\(name)",
                message: "\(name) of \(pixels) pixels leaves nothing of images of \(height) x \(width)",
                help: "write a number below \(least)")
        }
    }
}

/// What is to be known of settings that change no image, since others are left out that would let them.
func augmentationNotices(_ settings: TrialSettings) -> [String] {
    let changes = [("augment", settings.training.augment), ("augment_validation", settings.training.augmentValidation)]
    return changes.flatMap { key, changes in
        [
            changes?.clipsNothing == true ? "training.\(key).clip has no effect without noise: add noise, or leave out clip." : nil,
            changes?.fillsNothing == true
                ? "training.\(key).fill has no effect: no other change shows what is beyond an image; add shift, crop, rotate or zoom, or leave out fill."
                : nil,
        ].compactMap(\.self)
    }
}

extension AugmentationSettings {
    fileprivate var clipsNothing: Bool { clip != nil && noise == 0 }

    fileprivate var fillsNothing: Bool {
        let isCut = if case .number = fill { cutout > 0 } else { false }
        return fill != AugmentationSettings().fill && shift == 0 && crop == 0 && rotate == 0 && zoom == 0 && !isCut
    }
}

extension DatasetSummary {
    /// The image that a row of dense inputs is to a network, padded as the settings have it; nil for other inputs.
    func image(of settings: TrialSettings) -> ImageShape? {
        imageShape.map { shape in
            var shape = shape
            shape.pad = settings.inputs.pad
            return shape
        }
    }

    /// The image that a row of dense inputs is: of rows, columns and channels, or of rows and columns alone; nil for other inputs.
    public var imageShape: ImageShape? {
        guard inputKind == .dense, window == nil, inputShape.count == 2 || inputShape.count == 3 else { return nil }
        return ImageShape(height: inputShape[0], width: inputShape[1], channels: inputShape.count == 3 ? inputShape[2] : 1)
    }
}
