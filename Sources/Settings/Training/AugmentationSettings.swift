import Documents

/// How images are changed at random. What is not written changes nothing.
public struct AugmentationSettings: Hashable, Sendable {
    /// The ways in which images may be mirrored.
    public enum Flip: Hashable, Sendable {
        /// None.
        case none
        /// Left and right are exchanged in half of the images.
        case horizontal
        /// Top and bottom are exchanged in half of the images.
        case vertical
        /// Both, each by itself.
        case both
    }

    /// What is seen where no pixel of the image is.
    public enum Fill: Hashable, Sendable {
        /// This number, after scaling.
        case number(Double)
        /// The pixel at the nearest edge.
        case nearest
    }

    /// The most pixels that an image moves up or down, and left or right.
    public var shift: Int
    /// The most rows, and columns, that a window lacks which is stretched to the image's size.
    public var crop: Int
    /// Mirrors.
    public var flip: Flip
    /// The largest angle that an image is turned by, in degrees.
    public var rotate: Double
    /// How far from 1 the factor may be that an image is enlarged by.
    public var zoom: Double
    /// The standard deviation of what is added to each number, after scaling.
    public var noise: Double
    /// The probability of each number to be 0.
    public var mask: Double
    /// What numbers with noise are held between, after scaling; nil: anything.
    public var clip: ClosedRange<Double>?
    /// The side of a square that is taken out, in pixels.
    public var cutout: Int
    /// What is seen where no pixel of the image is.
    public var fill: Fill

    /// No change unless said otherwise.
    public init(
        shift: Int = 0, crop: Int = 0, flip: Flip = .none, rotate: Double = 0, zoom: Double = 0, noise: Double = 0, cutout: Int = 0,
        fill: Fill = .number(0), mask: Double = 0, clip: ClosedRange<Double>? = nil
    ) {
        self.shift = shift
        self.crop = crop
        self.flip = flip
        self.rotate = rotate
        self.zoom = zoom
        self.noise = noise
        self.cutout = cutout
        self.fill = fill
        self.mask = mask
        self.clip = clip
    }
}

// MARK: - In the file

extension AugmentationSettings {
    private static let usual = AugmentationSettings()
    private static let pixels = Schema<Int>.integer(.atLeast(0, upTo: 10_000))

    package static let schema = Record<AugmentationSettings>(
        "augment",
        Field(
            "shift", \.shift, pixels, default: usual.shift, doc: "Pixels by which an image moves at most, up or down, and left or right."),
        Field(
            "crop", \.crop, pixels, default: usual.crop,
            doc: "Rows, and as many columns, that a window lacks at most which is stretched to the image's size (bilinear)."),
        Field("flip", \.flip, Flip.schema, default: usual.flip, doc: "Mirrors that half of the images are seen in."),
        Field(
            "rotate", \.rotate, .number(.atLeast(0, upTo: 180).inSinglePrecision), default: usual.rotate, misnomers: ["rotation"],
            doc: "Degrees by which an image is turned at most around its middle, either way (bilinear)."),
        Field(
            "zoom", \.zoom, .number(.atLeast(0, upTo: 0.95).inSinglePrecision), default: usual.zoom,
            doc: "How far from 1 the factor is at most by which an image is enlarged around its middle (bilinear)."),
        Field(
            "noise", \.noise, .number(.atLeast(0).inSinglePrecision), default: usual.noise,
            doc: "The standard deviation of normal numbers that are added to each number of the image, after scaling."),
        Field(
            "cutout", \.cutout, pixels, default: usual.cutout,
            doc: "The side, in pixels, of a square around any pixel of the image that is taken out."),
        Field(
            "fill", \.fill, Fill.schema, default: usual.fill,
            doc: "What is seen where no pixel of the image is: a number, after scaling, or nearest, the pixel at the edge (0 in a cutout)."),
        Field(
            "mask", \.mask, DropoutSettings.probability, unlessWritten: usual.mask, misnomers: ["masking", "masking_noise"],
            doc: "The probability of each number of the image to be 0"),
        Field(
            optional: "clip", \.clip, NumberRange.schema,
            doc: "What the numbers of an image with noise are held between, after scaling, such as [0, 1]."),
        build: AugmentationSettings.init
    ).schema
}

extension AugmentationSettings.Flip {
    fileprivate static let schema = Schema<Self>.enumeration(
        "mirror",
        Choosable("none", .none, doc: "No mirror."),
        Choosable("horizontal", .horizontal, doc: "Left and right exchanged."),
        Choosable("vertical", .vertical, doc: "Top and bottom exchanged."),
        Choosable("both", .both, doc: "Each of the two, by itself."))
}

extension AugmentationSettings.Fill {
    fileprivate static let schema = Schema<Self>.either(
        Schema<Double>.number(.any.inSinglePrecision).mapped(
            to: { .number($0) }, from: { if case .number(let number) = $0 { number } else { 0 } }),
        .enumeration("fill", Choosable("nearest", .nearest, doc: "The pixel at the nearest edge.")),
        writing: { if case .number = $0 { 0 } else { 1 } })
}
