import Foundation
import Testing

/// A table with a text beside a number, from its preview to predictions.
@Suite struct TextTests {
    private static let table: String = {
        let (good, bad) = (
            ["a good film", "fine, really good", "good and not long"], ["a bad film", "poor, really bad", "bad and far too long"]
        )
        return "minutes,review,verdict\n"
            + (0..<60).map { row in
                "\(80 + row % 7 * 10),\"\(row % 2 == 0 ? good[row / 2 % 3] : bad[row / 2 % 3])\",\(row % 2 == 0 ? "yes" : "no")\n"
            }.joined()
    }()

    private static let experiment = """
        title: Is a review friendly?
        dataset: {csv: data/reviews.csv}
        inputs:
          minutes: {encode: numeric, scale: standard}
          review: {encode: tf-idf, ngrams: [1, 2], stop_words: [a, and]}
        target: {verdict: {encode: label}}
        split: {test: {fraction: 0.2}, validation: {shuffle: true, seed: 3, fraction: 0.25}}
        model: {mlp: {hidden: [8], activation: relu, output: sigmoid}}
        training:
          loss: binary_crossentropy
          optimizer: {adam: {learning_rate: 0.05}}
          epochs: 20
          metrics: [accuracy]
        seeds: 2
        ablate:
          counts: {inputs.review: {encode: counts}}
          no-stop-words: {inputs.review.stop_words: null}
          dropped-words: {model: {layers: [dropout: 0.3, dense: {units: 8, activation: relu}, dense: {units: 1, activation: sigmoid}]}}

        """

    @Test func isPreviewedTrainedAndAsked() throws {
        let project = try SampleProject()
        try project.write(Self.table, to: "data/reviews.csv")
        try project.write(Self.experiment, to: "experiments/reviews.yaml")
        let preview = try project.ablate("data", "preview", "reviews")
        #expect(preview.output.contains("not 0"), "\(preview.output)\(preview.messages)")
        #expect(preview.output.contains(" review=good "), "\(preview.output)")
        #expect(preview.output.contains(" review=really good "), "\(preview.output)")
        let run = try project.ablate("run", "reviews", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        for variant in ["baseline", "counts", "no-stop-words", "dropped-words"] {
            let answer = try project.ablate("predict", "reviews:\(variant)", "--row", "minutes=90,review=good film", "--json")
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any], "\(answer.messages)")
            let first = try #require((json["predictions"] as? [[String: Any]])?.first)
            #expect(first["predicted"] as? String == "yes", "\(answer.output)")
        }
    }
}
