import Datasets
import Documents
import Foundation
import Projects
import RunStore

/// Experiment files and catalogue entries, YAML both, and the conditions of `--where`: what can be read is prepared as `ablate plan` does, networks and all.
struct ExperimentFiles: Subject {
    private let folder: String
    private let samples: [[UInt8]]
    private let entries: [[UInt8]]
    private let workspace: Workspace

    init(in folder: String) throws {
        self.folder = folder
        samples = try [Repository.contents(of: "experiments", ending: ".yaml"), Samples.experiments.map { Array($0.utf8) }].flatMap { $0 }
        entries = try Repository.contents(of: "data/catalogue", ending: ".yaml")
        for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/experiments") where name.hasSuffix(".yaml") {
            try write(Repository.contents(of: "experiments/" + name), to: folder + "/experiments/" + name)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/data/catalogue") {
            try write(Repository.contents(of: "data/catalogue/" + name), to: folder + "/data/catalogue/" + name)
        }
        for name in ["boston.csv", "ionosphere.csv", "winequality-red.csv"] {
            try write(Repository.contents(of: "data/" + name), to: "\(folder)/data/\(name)")
        }
        try write(Array(Samples.table.utf8), to: folder + "/data/table.csv")
        workspace = Workspace(Project(root: folder), isOffline: true)
        for sample in Samples.experiments { try prepare(Array(sample.utf8)) }
    }

    func read(_ mutator: inout Mutator) throws {
        if mutator.number(below: 8) == 0 {
            let path = folder + "/data/catalogue/changed.yaml"
            try write(mutator.changed(mutator.one(of: entries), among: entries, words: Samples.yamlWords), to: path)
            defer { try? FileManager.default.removeItem(atPath: path) }
            _ = try Catalogue(folder: folder + "/data/catalogue").entry(named: "changed")
            return
        }
        if mutator.number(below: 8) == 0 { return try ask(&mutator) }
        // The short samples reach further, and are read more often.
        let sample = mutator.coin() ? mutator.one(of: samples) : Array(mutator.one(of: Samples.experiments).utf8)
        try prepare(mutator.changed(sample, among: samples, words: Samples.yamlWords))
    }

    private func prepare(_ text: [UInt8]) throws {
        let path = folder + "/experiments/changed.yaml"
        try write(text, to: path)
        defer { try? FileManager.default.removeItem(atPath: folder + "/data/cache") }
        _ = try PreparedExperiment(file: path, workspace: workspace, store: workspace.store, checking: .changes)
    }

    private func ask(_ mutator: inout Mutator) throws {
        let words = ["(", ")", "not ", " and ", " or ", "==", "in [", "]", "\"", "none", "-", "/0", "*", "val_loss"]
        let samples = Samples.conditions.map { Array($0.utf8) }
        let text = String(decoding: mutator.changed(mutator.one(of: samples), among: samples, words: words), as: UTF8.self)
        do throws(Condition.Problem) {
            _ = try Condition(text).holds {
                ["val_loss": .number(0.5), "seed": .number(3), "variant": .text("wide"), "fold": Condition.Value.none][$0]
            }
        } catch {
            throw error.diagnostics(in: text)
        }
    }
}

/// The project's own files.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    static func contents(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: root + "/" + path))) }

    /// The files of a folder, in the order of their names.
    static func contents(of folder: String, ending: String) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).filter { $0.hasSuffix(ending) }.sorted()
            .map { try contents(of: folder + "/" + $0) }
    }
}

func write(_ bytes: [UInt8], to path: String) throws {
    try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}
