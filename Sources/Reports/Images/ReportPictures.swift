import RunStore

/// A picture that a figure carries in it.
public struct EmbeddedPicture: Codable, Hashable, Sendable {
    /// Rows of pixels.
    public var height: Int
    /// Columns of pixels.
    public var width: Int
    /// A PNG in base 64.
    public var png: String

    /// A PNG of so many pixels, in base 64.
    public init(height: Int, width: Int, png: String) {
        (self.height, self.width, self.png) = (height, width, png)
    }
}

/// The filters of a convolution, and a picture of each.
public struct ConvolutionFilters {
    let layer: String
    let pictures: [EmbeddedPicture]
    let sizes: [Int]
    let weights: [Float]

    /// The filters of the layer of this name: `weights` are `[rows, columns, channels, filters]`, as long as `sizes` say.
    public init(layer: String, pictures: [EmbeddedPicture], sizes: [Int], weights: [Float]) {
        (self.layer, self.pictures, self.sizes, self.weights) = (layer, pictures, sizes, weights)
    }
}

/// What convolutions make of an example.
public struct ExampleFeatures: Codable {
    let row: Int
    let isTest: Bool
    let label: String?
    let image: EmbeddedPicture
    let layers: [LayerFeatures]

    /// Of the row of this number, from 0, which validates or tests: its class, where it has one, and what layers make of its image.
    public init(row: Int, isTest: Bool, label: String?, image: EmbeddedPicture, layers: [LayerFeatures]) {
        (self.row, self.isTest, self.label, self.image, self.layers) = (row, isTest, label, image, layers)
    }
}

/// What one convolution makes of an example: a map for each of its filters.
public struct LayerFeatures: Codable {
    let layer: String
    let height: Int
    let width: Int
    let maps: [Map]

    /// A picture of a map, and what its numbers are.
    public struct Map: Codable {
        let picture: EmbeddedPicture
        let lowest: Float
        let mean: Float
        let highest: Float

        /// A map.
        public init(picture: EmbeddedPicture, lowest: Float, mean: Float, highest: Float) {
            (self.picture, self.lowest, self.mean, self.highest) = (picture, lowest, mean, highest)
        }
    }

    /// The maps of a layer, of so many rows and columns each.
    public init(layer: String, height: Int, width: Int, maps: [Map]) {
        (self.layer, self.height, self.width, self.maps) = (layer, height, width, maps)
    }
}

/// Where a report finds what its figures need of the data: pictures, for experiments on images, and where rows of a series stand.
public struct ReportPictures {
    let ofExamples: (_ variant: String, _ isTest: Bool, _ rows: [Int32]) -> [Int32: EmbeddedPicture]?
    let ofFilters: (_ variant: String, _ run: StoredRun) -> ConvolutionFilters?
    let ofFeatures: (_ variant: String, _ run: StoredRun) -> ExampleFeatures?
    let ofOrder: (_ variant: String, _ rows: [Int32]) -> [Int32: Double]?

    /// - Parameters:
    ///   - ofExamples: the images of these rows that validate or test a variant, by the numbers that predictions have for them; nil where they are not at hand.
    ///   - ofFilters: the filters of the first convolution of a variant's run; nil where it has none, or no weights.
    ///   - ofFeatures: what a variant's run makes of the first image that validates it; nil where it has no convolution, or nothing is at hand.
    ///   - ofOrder: the numbers, by which a variant's split orders the rows, of these rows of the file; nil where they are none, or not at hand.
    public init(
        ofExamples: @escaping (_ variant: String, _ isTest: Bool, _ rows: [Int32]) -> [Int32: EmbeddedPicture]?,
        ofFilters: @escaping (_ variant: String, _ run: StoredRun) -> ConvolutionFilters?,
        ofFeatures: @escaping (_ variant: String, _ run: StoredRun) -> ExampleFeatures?,
        ofOrder: @escaping (_ variant: String, _ rows: [Int32]) -> [Int32: Double]?
    ) {
        (self.ofExamples, self.ofFilters, self.ofFeatures, self.ofOrder) = (ofExamples, ofFilters, ofFeatures, ofOrder)
    }
}

extension SVG {
    /// A picture, whose pixels stay sharp, with a thin frame that white and black pages both show.
    mutating func picture(_ picture: EmbeddedPicture, from corner: Point, width: Double, height: Double) {
        image(picture.png, from: corner, width: width, height: height)
        let opposite = Point(corner.x + width, corner.y + height)
        polyline([corner, Point(opposite.x, corner.y), opposite, Point(corner.x, opposite.y), corner], .frame)
    }
}
