/// Where images and labels lie that are written in the IDX format.
public struct IDXFiles: Sendable, Hashable {
    /// The path of the images: all, or those that train.
    public var images: String
    /// The path of their labels.
    public var labels: String
    /// The path of the images that test.
    public var testImages: String?
    /// The path of the labels of these.
    public var testLabels: String?

    /// Paths.
    public init(images: String, labels: String, testImages: String? = nil, testLabels: String? = nil) {
        (self.images, self.labels, self.testImages, self.testLabels) = (images, labels, testImages, testLabels)
    }

    /// Images and labels that belong together, those that train first.
    var pairs: [(images: String, labels: String)] {
        [(images, labels)] + (testImages.flatMap { images in testLabels.map { [(images, $0)] } } ?? [])
    }

    /// All paths, in order.
    var paths: [String] { pairs.flatMap { [$0.images, $0.labels] } }
}
