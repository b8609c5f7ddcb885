import Datasets
import NeuralNetworks
import Pictures
import Settings
import TensorEngine
import Training

/// Images among encoded rows, for the eye: with their numbers as they were before they were scaled.
public struct ImagesOfData {
    private let dataset: EncodedDataset
    private let shape: ImageShape
    private let numbers: UnsafeBufferPointer<Float>
    /// What takes the scale of each number back.
    private let scales: [(shift: Float, divisor: Float)]

    /// Nil where the rows are no images. They are shown with `pad` rows and columns of zeros around.
    public init?(_ dataset: EncodedDataset, pad: Int = 0) {
        guard var shape = dataset.summary.imageShape, case .dense(let numbers) = dataset.inputs else { return nil }
        shape.pad = pad
        (self.dataset, self.shape, self.numbers) = (dataset, shape, numbers)
        let fitted = dataset.summary.fitted.dropLast()
        scales = fitted.map { column in
            guard case .numeric(let shift, let divisor, nil) = column.fit else { return (0, 1) }
            return (Float(shift), Float(divisor))
        }
    }

    /// The rows as they are.
    public func pictures(of rows: [Int32]) -> [Picture] { pictures(of: rows, changed: AugmentationSettings()) }

    /// The rows as they validate or test where such are changed, each in one way.
    public func pictures(of rows: [Int32], changed: AugmentationSettings) -> [Picture] {
        shown(images(rows, changed.ofImages(shape, seed: nil), epoch: 0))
    }

    /// Rows that are not among the data, in the numbers that a network sees: as many images as the numbers fill.
    public func pictures(ofNumbers numbers: [Float]) -> [Picture] {
        let length = shape.paddedSizes.reduce(1, *)
        return shown(stride(from: 0, through: numbers.count - length, by: length).map { Array(numbers[$0..<$0 + length]) })
    }

    /// Each of the rows as it is, and as a run of this seed sees it in the first epochs: `[row][draw]`, the row itself first.
    public func pictures(of rows: [Int32], changed: AugmentationSettings, seed: Int, epochs: Int) -> [[Picture]] {
        let plain = images(rows, AugmentationSettings().ofImages(shape, seed: nil), epoch: 0)
        let all = shown(
            stride(from: 1, through: epochs, by: 1).reduce(into: plain) {
                $0 += images(rows, changed.ofImages(shape, seed: seed), epoch: $1)
            })
        return rows.indices.map { row in (0...max(epochs, 0)).map { all[$0 * rows.count + row] } }
    }

    private func images(_ rows: [Int32], _ augmentation: ImageAugmentation, epoch: Int) -> [[Float]] {
        guard let start = numbers.baseAddress else { return [] }
        let table = FloatTable(elements: start, rows: dataset.rowCount, columns: dataset.featureCount, owner: dataset)
        let all = augmentation.applied(to: table, rows: rows, epoch: epoch)
        let length = augmentation.paddedCount
        return rows.indices.map { Array(all[$0 * length..<($0 + 1) * length]) }
    }

    private func shown(_ images: [[Float]]) -> [Picture] {
        // Around a padded image there are no columns: what all of them share holds there, too.
        let isCommon = scales.allSatisfy { $0.shift == scales[0].shift && $0.divisor == scales[0].divisor }
        let plain = images.map { image -> [Float] in
            if isCommon, let common = scales.first { return image.map { $0 * common.divisor + common.shift } }
            return scales.count == image.count ? zip(image, scales).map { $0 * $1.divisor + $1.shift } : image
        }
        let sizes = shape.paddedSizes
        return Picture.showing(plain, height: sizes[0], width: sizes[1], channels: sizes[2])
    }

    /// How large a pixel is best drawn.
    public var factor: Int { Picture.factor(height: shape.paddedSizes[0], width: shape.paddedSizes[1]) }
}
