import ArgumentParser

@main
struct Ablate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs an experiment from one YAML file and reports what it found.")
}
