import ArgumentParser

/// Which experiment, and which part of it.
struct ExperimentOptions: ParsableArguments {
    @Argument(help: "The experiment: a path, or the stem of a file in experiments/.")
    var experiment: String

    @Option(name: .customShort("S", allowingJoined: true), help: ArgumentHelp("Change a setting (repeatable).", valueName: "path=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("Only this variant (repeatable).", valueName: "variant"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Only the seeds 1 to this one.", valueName: "count"))
    var seeds: Int?

    /// Whether this is less, or other, than what the file asks for; then no report on disk may be touched.
    var isPartial: Bool { !settings.isEmpty || !only.isEmpty || seeds != nil }

    func validate() throws {
        if let seeds, !(1...1_000_000).contains(seeds) { throw ValidationError("--seeds \(seeds): expected 1 or more") }
        for setting in settings where !setting.contains("=") {
            throw ValidationError("-S \(setting): expected path=value, such as -S training.epochs=5")
        }
    }
}

/// Where things are, when not in the project's own folders.
struct FolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder for runs and reports (results/ of the project).", valueName: "folder"))
    var results: String?

    @Option(help: ArgumentHelp("The folder with the catalogue and the cache of data sets (data/ of the project).", valueName: "folder"))
    var data: String?
}
