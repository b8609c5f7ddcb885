import RandomNumbers

/// What the random numbers of training are known by besides the seed.
public enum RandomNumberNames {
    /// The generator.
    public static let generator = RandomStream.generator

    /// The number of each stream that training draws from. A parameter's path, the epoch and the step name the numbers within.
    public static let streams = Dictionary(
        [Stream.`init`, .shuffle, .dropout, .augment, .gibbs, .noise].map { ("\($0)", Int($0.rawValue)) },
        uniquingKeysWith: { first, _ in first })
}
