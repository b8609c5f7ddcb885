import Datasets
import Documents
import Experiments
import FileSystem
import Foundation
import Settings
import Testing
import Training

/// What runs and cached data are known by stays as it is: when a digest changes on purpose, finished runs become stale, and the changelog says so.
///
/// Each line of `Fixtures/identities.txt` has a name, how many trials it is of, the digest of the trials' canonical texts and that of their encodings.
/// `ABLATE_WRITE_IDENTITIES=1` writes the file anew.
struct IdentityTests {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/identities.txt")
    private static let catalogue = Catalogue(folder: project.appending(path: "data/catalogue").path)

    @Test func digestsOfTheProjectsExperimentsAndOfEveryEncodingAreAsBefore() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.project.appending(path: "experiments").path)
        var lines: [String] = []
        for name in files.filter({ $0.hasSuffix(".yaml") }).sorted() {
            let experiment = try Experiment.load(Self.project.appending(path: "experiments/\(name)").path) { (path) throws(Diagnostics) in
                try Source.load(path)
            }
            lines.append(try Self.line(name, experiment))
        }
        for (name, text) in Self.written {
            let experiment = try Experiment.load("\(name).yaml") { (path) throws(Diagnostics) in Source(name: path, text: text) }
            lines.append(try Self.line(name, experiment))
        }
        let found = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["ABLATE_WRITE_IDENTITIES"] != nil {
            try Data(found.utf8).write(to: Self.fixture)
        }
        let expected = try String(contentsOf: Self.fixture, encoding: .utf8)
        for (found, expected) in zip(found.split(separator: "\n"), expected.split(separator: "\n")) { #expect(found == expected) }
        #expect(found == expected)
    }

    // MARK: - Digests

    private static func line(_ name: String, _ experiment: Experiment) throws -> String {
        let trials = experiment.variants.map(\.trial)
        let store = DatasetStore(folder: "none")
        let encodings = try trials.map { trial in
            store.encodingDigest(of: EncodingRequest(trial.settings, source: try source(trial.settings.dataset), fold: nil))
        }
        return "\(name) \(trials.count) \(digest(trials.map(\.canonical))) \(digest(encodings))"
    }

    private static func digest(_ texts: [String]) -> String {
        String(SHA256.digest(of: texts.joined(separator: "\n")).hex.prefix(24))
    }

    private static func source(_ settings: DatasetSettings) throws -> RawSource {
        switch settings {
        case .catalogue(let name): .catalogue(try catalogue.entry(named: name))
        case .csv(let table), .jsonl(let table):
            .csv(
                path: table.path, format: table.format, others: OtherTables(validation: table.validation, test: table.test))
        case .lines(let lines): .lines(path: lines.path, format: lines.format)
        case .numpy(let path): .numpy(path: path)
        case .folder(let path): .folder(path: path)
        case .text(let path): .text(path: path)
        case .images(let path): .images(path: path)
        case .idx(let files): .idx(IDXFiles(images: files.images, labels: files.labels))
        // Where it lies is no part of an identity.
        case .features: .csv(path: "features.csv", format: CSVFormat(delimiter: UInt8(ascii: ","), header: true))
        }
    }

    // MARK: - Experiments of the test's own

    private static let written: [(String, String)] =
        inputs.enumerated().map { ("inputs-\($0)", experiment(inputs: $1)) }
        + targets.enumerated().map { ("target-\($0)", experiment(target: $1)) }
        + splits.enumerated().map { ("split-\($0)", experiment(split: $1)) }
        + datasets.enumerated().map { ("dataset-\($0)", experiment(dataset: $1)) }

    private static func experiment(
        dataset: String = "{csv: d.csv}", inputs: String = "{\"*\": {encode: auto}}", target: String = "{y: {encode: label}}",
        split: String = "{}"
    ) -> String {
        """
        dataset: \(dataset)
        inputs: \(inputs)
        target: \(target)
        split: \(split)
        model: {mlp: {hidden: [3], activation: relu, output: linear}}
        training: {loss: mse, epochs: 1}

        """
    }

    private static let inputs = [
        "{a: {encode: label}, b: {encode: label, missing: most_frequent, fit: all}, c: {encode: label, missing: drop}}",
        "{a: {encode: one-hot}, b: {encode: one-hot, drop_first: true}, c: {encode: one-hot, unknown: ignore, missing: none, fit: folds}}",
        "{a: {encode: one-hot, drop_first: true, unknown: ignore}, b: {encode: multi-hot, separator: ;}, drop: [e, d]}",
        "{a: {encode: multi-hot}, b: {encode: multi-hot, vocabulary: 50}}",
        "{a: {encode: multi-hot, vocabulary: 50, tokens: words, minimum_count: 2, skip_top: 3}}",
        "{a: {encode: multi-hot, tokens: characters, coding: keras, vocabulary: 10, fit: all}}",
        "{a: {encode: multi-hot, tokens: keras, coding: plain}}",
        "{a: {encode: numeric}, b: {encode: numeric, scale: standard}, c: {encode: numeric, scale: min-max, missing: mean}}",
        "{a: {encode: numeric, scale: {divide_by: 255}}, b: {encode: numeric, scale: {divide_by: 0.1}, missing: 7.5}}",
        "{\"*\": {encode: auto}}", "{\"*\": {encode: auto, scale: standard, missing: most_frequent, fit: folds}, drop: [z]}",
        "{\"*\": {encode: auto, scale: {divide_by: 2}}}", "{a: {encode: counts, ngrams: [1, 2], stop_words: english}}",
        "{a: {encode: tf-idf}}",
        "{a: {encode: tf-idf, norm: l1, smooth_idf: false, sublinear_tf: true, stop_words: [x, y]}, b: {encode: numeric}}",
    ]

    private static let targets = [
        "{y: {encode: label}}", "{y: {encode: one-hot}}", "{y: {encode: label, positive: u}}", "{y: {encode: numeric}}",
        "{y: {encode: numeric, scale: standard, missing: drop}}", "{y: {encode: numeric, scale: min-max, fit: folds}}",
        "{y: {encode: one-hot, fit: all, missing: drop}}",
    ]

    private static let splits = [
        "{test: {fraction: 0.2}}", "{test: {fraction: 0.2, stratify: true}}", "{test: {shuffle: philox, seed: 3, fraction: 0.25}}",
        "{test: {shuffle: numpy, seed: 113, fraction: 0.2}, validation: {first: 10}}",
        "{test: {shuffle: pandas, seed: 5, fraction: 0.2}, validation: {shuffle: scikit-learn, seed: 7, fraction: 0.1}}",
        "{test: {shuffle: scikit-learn, seed: 5, first: 12, stratify: true}, validation: {shuffle: true, first: 3}}",
        "{test: {column: part, values: [a, b]}, validation: {column: part, values: [c]}}", "{validation: {folds: 4}}",
        "{validation: {folds: 4, kind: shuffled}}", "{validation: {folds: 4, kind: shuffled, seed: 9}}",
        "{validation: {folds: 5, kind: stratified, seed: 2}, test: {shuffle: philox, fraction: 0.1, stratify: true}}",
    ]

    private static let datasets = [
        "{csv: {path: d.csv, delimiter: ;, header: true}}", "{csv: {path: d.csv, header: false, columns: [a, b, y], quotes: false}}",
        "{csv: {path: d.csv, empty: [NA, \"?\"], decimal: \",\"}}", "{csv: {path: d.csv, thousands: \",\"}}",
        "{csv: {path: d.csv, quotes: true, validation: v.csv, test: t.csv}}", "{csv: {path: d.csv, test: t.csv}}",
        "{lines: d.txt}", "{lines: {path: d.txt, label: last}}", "{lines: {path: d.txt, label: first, separator: \"::\"}}",
        "{numpy: d.npz}", "{folder: texts}",
    ]
}
