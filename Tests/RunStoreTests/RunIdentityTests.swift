import RunStore
import Testing

@Suite struct RunIdentityTests {
    /// Changing this hash makes every stored run new: bump it only with a reason to repeat them all.
    @Test func identityStaysTheSameFromVersionToVersion() {
        #expect(RunSpecification.sample().identity.hex == "35de29187ded7d3d2824c24c")
        #expect(RunSpecification.sample(fold: 2).identity.hex == "570a5bb77bd1db5b8beb4258")
    }

    @Test func everythingThatDecidesTheResultChangesIt() {
        let identities: [RunSpecification] = [
            .sample(), .sample(seed: 2), .sample(fold: 1), .sample(epochs: 20), .sample(content: "other"), .sample(encoding: "other"),
            .sample(resultsVersion: 2),
        ]
        #expect(Set(identities.map(\.identity)).count == identities.count)
    }

    @Test func namesDoNotChangeIt() {
        #expect(RunSpecification.sample(experiment: "depth", variant: "two").identity == RunSpecification.sample().identity)
    }

    @Test(arguments: ["", "0123", "0123456789abcdef0123456G", "0123456789ABCDEF01234567", "../../../../etc/passwd00"])
    func whatIsNoIdentityIsRefused(hex: String) {
        #expect(RunIdentity(hex: hex) == nil)
    }
}
