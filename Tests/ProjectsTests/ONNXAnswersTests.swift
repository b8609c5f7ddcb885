import Foundation
import Projects
import Testing

/// Exported models as onnxruntime has answered for them (`Tests/ONNXTests/Fixtures/answer_rows.py`): `columns` with those that have arithmetic of their own
/// (logarithms, rare categories, orders, yes and no, a target on a logarithmic scale), `machine` and `gaussian` restricted Boltzmann machines that give their inputs
/// again, `belief` one below a classifier, `noise` an autoencoder with layers of noise, a code that is drawn in training, and a kernel of two layers.
struct ONNXAnswersTests {
    private struct Answers: Decodable {
        let program: String
        let answers: [[Double]]
    }

    private static let names = ["columns", "machine", "gaussian", "belief", "noise"]

    private static func folder(_ name: String) -> String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return tests.appending(path: "ONNXTests/Fixtures/\(name)").path
    }

    private static func stored(_ name: String) throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Data(contentsOf: URL(fileURLWithPath: folder(name) + "/answers.json")))
    }

    @Test(arguments: names) func modelsAnswerAsOnnxruntimeDoesWithTheirONNXFile(name: String) throws {
        let model = try ModelFolder.read(Self.folder(name))
        let found = try model.predictions { [try $0.encode(csv: Self.folder(name) + "/rows.csv")] }.byRun
        let expected = try Self.stored(name).answers
        #expect(found.count == 1 && found[0].count == expected.count && expected.count == 5)
        for (own, theirs) in zip(found[0], expected) {
            #expect(own.count == theirs.count)
            for (one, other) in zip(own, theirs) { #expect(abs(one - other) <= 1e-5 * max(1, abs(other)), "\(own), \(theirs)") }
        }
    }

    /// So what onnxruntime was asked is what the program writes.
    @Test(arguments: names) func theSameFileIsWrittenAgain(name: String) throws {
        let model = try ModelFolder.read(Self.folder(name))
        let stored = Array(try Data(contentsOf: URL(fileURLWithPath: Self.folder(name) + "/model.onnx")))
        let written = try model.onnx()
        // The file tells which version of the program wrote it.
        let (old, new) = (Array(try Self.stored(name).program.utf8), Array(Versions.ablate.utf8))
        #expect(written == (old == new ? stored : Array(stored.replacing(old, with: new))))
    }
}
