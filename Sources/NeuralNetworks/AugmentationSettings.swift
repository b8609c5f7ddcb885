import Settings
import TensorEngine

extension AugmentationSettings {
    /// The changes of images of this shape in a run of this seed; without a seed each image is changed in one way, the same in all runs.
    public func ofImages(_ shape: ImageShape, seed: Int?) -> ImageAugmentation {
        var images = shape.plain(seed: seed ?? 0)
        images.changesByEpoch = seed != nil
        (images.shift, images.crop, images.cutout) = (shift, crop, cutout)
        images.flipsHorizontally = flip == .horizontal || flip == .both
        images.flipsVertically = flip == .vertical || flip == .both
        (images.rotate, images.zoom, images.noise, images.mask) = (rotate, zoom, noise, mask)
        if let clip { images.clip = .range(low: Float(clip.lowerBound), high: Float(clip.upperBound)) }
        images.fill =
            switch fill {
            case .number(let number): .number(Float(number))
            case .nearest: .nearest
            }
        return images
    }
}

extension ImageShape {
    /// Images of this shape with the zeros around them, not changed.
    fileprivate func plain(seed: Int = 0) -> ImageAugmentation {
        var images = ImageAugmentation(height: height, width: width, channels: channels, seed: seed)
        images.pad = pad
        return images
    }

    /// What becomes of images while they are gathered; nil: nothing.
    func gathering(_ changes: AugmentationSettings?, seed: Int?) -> ImageAugmentation? {
        changes?.ofImages(self, seed: seed) ?? (pad > 0 ? plain() : nil)
    }
}
