import Datasets
import Settings

/// Examples that a run made to be seen, in the numbers of its inputs.
public struct MadePictures: Sendable {
    /// What they are, such as `generated`.
    public let name: String
    /// The epoch after which they were made; nil for the end of the run.
    public let epoch: Int?
    /// What each of the first is called, such as its class; none where nothing is known.
    public let captions: [String]
    /// As many numbers an example as the inputs have, example by example.
    public let numbers: [Float]

    /// Examples under a name.
    public init(name: String, epoch: Int? = nil, captions: [String] = [], numbers: [Float]) {
        (self.name, self.epoch, self.captions, self.numbers) = (name, epoch, captions, numbers)
    }

    /// How many are made at the end of a run: pictures to be looked at, or rows of a table of which means can be told.
    static func count(_ settings: TrialSettings, on data: DatasetSummary) -> Int {
        data.image(of: settings) == nil ? rowCount : pictureCount
    }

    static let pictureCount = 10
    private static let rowCount = 1000
}
