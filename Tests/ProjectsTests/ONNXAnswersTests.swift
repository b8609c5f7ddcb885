import Foundation
import Projects
import Testing

/// An exported model with the columns that have arithmetic of their own (logarithms, rare categories, orders, yes and no, a target on a logarithmic scale), as onnxruntime has
/// answered for it (`Tests/ONNXTests/Fixtures/answer_rows.py`).
struct ONNXAnswersTests {
    private struct Answers: Decodable {
        let program: String
        let answers: [[Double]]
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "ONNXTests/Fixtures/columns").path

    private static func stored() throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/answers.json")))
    }

    @Test func modelsAnswerAsOnnxruntimeDoesWithTheirONNXFile() throws {
        let model = try ModelFolder.read(Self.folder)
        let found = try model.predictions { [try $0.encode(csv: Self.folder + "/rows.csv")] }.byRun
        let expected = try Self.stored().answers
        #expect(found.count == 1 && found[0].count == expected.count && expected.count == 5)
        for (own, theirs) in zip(found[0], expected) {
            #expect(own.count == theirs.count)
            for (one, other) in zip(own, theirs) { #expect(abs(one - other) <= 1e-5 * max(1, abs(other)), "\(own), \(theirs)") }
        }
    }

    /// So what onnxruntime was asked is what the program writes.
    @Test func theSameFileIsWrittenAgain() throws {
        let model = try ModelFolder.read(Self.folder)
        let stored = Array(try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/model.onnx")))
        let written = try model.onnx()
        // The file tells which version of the program wrote it.
        let (old, new) = (Array(try Self.stored().program.utf8), Array(Versions.ablate.utf8))
        #expect(written == (old == new ? stored : Array(stored.replacing(old, with: new))))
    }
}
