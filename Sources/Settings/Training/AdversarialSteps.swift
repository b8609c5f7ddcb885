import Documents

/// How many steps the networks of an adversarial pair make in turn.
public struct AdversarialSteps: Hashable, Sendable {
    /// Steps of the one that tells, each on the next batch of real examples, before the other one's.
    public var discriminator: Int
    /// Steps of the one that makes, after them.
    public var generator: Int

    /// One and one, unless told otherwise.
    public init(discriminator: Int = 1, generator: Int = 1) {
        self.discriminator = discriminator
        self.generator = generator
    }
}

// MARK: - In the file

extension AdversarialSteps {
    private static let usual = AdversarialSteps()

    static let schema = Record<AdversarialSteps>(
        "steps",
        Field(
            "discriminator", \.discriminator, .integer(.atLeast(1, upTo: 1000)), default: usual.discriminator, misnomers: ["critic"],
            doc: "Steps of the discriminator, each on the next batch of real examples, before the generator's."),
        Field(
            "generator", \.generator, .integer(.atLeast(1, upTo: 1000)), default: usual.generator,
            doc: "Steps of the generator after them, the first with the examples of the discriminator's last step."),
        build: AdversarialSteps.init
    ).schema
}
