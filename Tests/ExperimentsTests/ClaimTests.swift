import Documents
import Experiments
import Testing

/// What stands under `expect`.
@Suite struct ClaimTests {
    private let variants =
        base + "ablate:\n  narrow: {\"model.layers[0].dense.units\": 4}\n  wide-2: {\"model.layers[0].dense.units\": 512}\n"

    @Test func namesAloneStandForTheFigureThatChooses() throws {
        let claims = try load(variants + "expect:\n  - wide-2 > baseline > narrow\n  - val_loss@2(narrow) < 3\n").claims
        #expect(claims.map(\.text) == ["wide-2 > baseline > narrow", "val_loss@2(narrow) < 3"])
        #expect(claims[0].statements.count == 2)
        #expect(claims[0].statements[0].terms.map(\.subject.figure) == ["val_accuracy", "val_accuracy"])
        #expect(claims[0].variants == ["wide-2", "baseline", "narrow"])
        #expect(claims[1].statements[0].terms[0].subject.epoch == 2)
        #expect(claims[1].statements[0].constant == -3)
    }

    @Test(arguments: [
        ("val_acuracy(narrow) < 1", "5 unknown figure \"val_acuracy\""), ("val_accuracy(narow) < 1", "18 unknown variant \"narow\""),
        ("narrow < bse", "14 unknown variant \"bse\""), ("val_loss@99(narrow) < 1", "5 there is no val_loss@99"),
        ("test_loss@1(narrow) < 1", "5 there is no test_loss@1"),
        ("narrow < wide-2 <", "21 the claim ends where a figure or a number was expected"),
    ])
    func whatIsWrongIsToldWithItsPlace(claim: String, message: String) {
        let found = errors(["a.yaml": variants + "expect:\n  - \(claim)\n"])
        #expect(found.count == 1 && found[0].contains(":\(message)"), "\(found)")
    }

    @Test func claimsAreOfTheSettingsAsTheFileHasThem() throws {
        let text = variants + "expect: [wide-2 > narrow]\n"
        #expect(try load(text, overrides: ["training.epochs=1"]).claims.isEmpty)
        let experiment = try load(text)
        #expect(experiment.claims.count == 1)
        #expect(experiment.keeping(["narrow"]).claims.isEmpty)
    }
}
