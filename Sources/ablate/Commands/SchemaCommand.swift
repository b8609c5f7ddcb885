import ArgumentParser
import Experiments

/// `ablate schema`: what may stand in an experiment file, for editors and for people.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of experiment files, or what every key means.")

    @Flag(help: "Print a Markdown table of every key, with its default and meaning.")
    var reference = false

    func run() {
        Output.result(reference ? ExperimentFormat.markdownReference : ExperimentFormat.jsonSchema)
    }
}
