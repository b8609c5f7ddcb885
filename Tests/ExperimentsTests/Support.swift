import Documents
import Experiments
import Foundation

/// A small experiment with layers, one of them named.
let base = """
    title: Base?
    dataset: reuters
    inputs: {text: {encode: multi-hot, vocabulary: 100}}
    target: {topic: {encode: one-hot}}
    split: {validation: {first: 10}}
    model:
      layers:
        - dense: {units: 64, activation: relu, name: middle}
        - dense: {units: classes, activation: softmax}
    training:
      loss: categorical_crossentropy
      optimizer: {rmsprop: {learning_rate: 0.01}}
      epochs: 5
      metrics: [accuracy]

    """

/// The same network as a perceptron in few words.
let perceptron = base.replacing(
    "  layers:\n    - dense: {units: 64, activation: relu, name: middle}\n    - dense: {units: classes, activation: softmax}\n",
    with: "  mlp: {hidden: [64], output: softmax}\n")

/// Loads the first file from files held in memory.
func load(_ files: [String: String], _ name: String = "a.yaml", overrides: [String] = [], seeds: Int? = nil) throws(Diagnostics)
    -> Experiment
{
    try Experiment.load(name, overrides: overrides, seedCount: seeds) { (path) throws(Diagnostics) in
        guard let text = files[path] else { throw Diagnostics(Diagnostic(file: path, message: "there is no such file")) }
        return Source(name: path, text: text)
    }
}

/// Loads one file from memory.
func load(_ text: String, overrides: [String] = [], seeds: Int? = nil) throws(Diagnostics) -> Experiment {
    try load(["a.yaml": text], overrides: overrides, seeds: seeds)
}

/// The errors of files held in memory, a line for each: `file:line:column message | help`, the file left out when it is `a.yaml`.
func errors(_ files: [String: String], _ name: String = "a.yaml", overrides: [String] = []) -> [String] {
    do throws(Diagnostics) {
        _ = try load(files, name, overrides: overrides)
        return []
    } catch {
        return error.sorted.map { finding in
            let file = finding.file == "a.yaml" ? "" : finding.file + ":"
            let place = finding.line.map { "\($0):\(finding.columns.map { String($0.lowerBound) } ?? "") " } ?? " "
            return file + place + finding.message + (finding.help.map { " | \($0)" } ?? "")
        }
    }
}

/// The errors of one file.
func errors(_ text: String, overrides: [String] = []) -> [String] {
    errors(["a.yaml": text], overrides: overrides)
}

/// The project's own experiment files.
let experimentFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("experiments").path
