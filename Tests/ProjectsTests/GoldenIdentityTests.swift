import Documents
import Experiments
import Foundation
import RunStore
import Testing

/// What shipped experiments are known by in every store: when one of these changes, finished runs of everybody become stale.
@Suite struct GoldenIdentityTests {
    @Test(arguments: [
        (
            "wine-baseline", "baseline", "4a402cf041b025d4566d954c3b9ba8635a3a8a01e039005d97d6a710278cf05e",
            "3f48ad5438851fcec0a009d6037110efa0ea41b0117849991591c1cbf98c7188", "95ebd5ca527fdd10dcfde008"
        ),
        (
            "ionosphere-binary", "wider", "7e9a3e7b25806294ea8e819afdaa09f84427e6364b1807da6a9b89fae658c41c",
            "56042d5214afa7404a074e8f6f9aa485c7db531afbf06af57b8d41d11fdf2a17", "20332dd5bfd94eec28db5a72"
        ),
    ])
    func theFirstRunOfAShippedExperiment(name: String, variant: String, content: String, encoding: String, identity: String) throws {
        let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
        let experiment = try Experiment.load("\(project)/experiments/\(name).yaml", read: Source.load)
        let found = try #require(experiment.variants.first { $0.name == variant })
        let basis = RunBasis(
            canonical: found.trial.canonical, digests: DataDigests(content: content, encoding: encoding), resultsVersion: 4)
        #expect(RunSpecification(experiment: name, variant: variant, seed: 1, basis: basis).identity.hex == identity)
    }
}
