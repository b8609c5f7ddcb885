import ArgumentParser
import Reports

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

    /// What is less, or other, than the file asks for; then no report on disk may be touched.
    var excerpt: ReportExcerpt? {
        if !settings.isEmpty {
            return ReportExcerpt(sentence: "With \(settings.joined(separator: ", ")), unlike the file.", keepsSettings: false)
        }
        guard !only.isEmpty || seeds != nil else { return nil }
        let parts = [only.isEmpty ? nil : "the variants \(only.joined(separator: ", "))", seeds.map { "the seeds 1 to \($0)" }]
        return ReportExcerpt(
            sentence: "A part of the experiment: only \(parts.compactMap { $0 }.joined(separator: " and ")).", keepsSettings: true)
    }

    func validate() throws {
        if let seeds, !(1...1000).contains(seeds) { throw ValidationError("--seeds \(seeds): expected 1 to 1,000") }
        for setting in settings where !setting.contains("=") {
            throw ValidationError("-S \(setting): expected path=value, such as -S training.epochs=5")
        }
    }
}

/// How many runs are trained beside each other.
struct WorkerOptions: ParsableArguments {
    @Option(name: [.customShort("j"), .customLong("workers")], help: "Runs trained in parallel; each takes one processor.")
    var workers = min(Environment.processorCount, 1024)

    func validate() throws {
        guard (1...1024).contains(workers) else { throw ValidationError("-j \(workers): expected 1 to 1,024 workers") }
    }
}

/// Where things are, when not in the project's own folders.
struct FolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder for runs and reports (results/ of the project).", valueName: "folder"))
    var results: String?

    @Option(help: ArgumentHelp("The folder with the catalogue and the cache of data sets (data/ of the project).", valueName: "folder"))
    var data: String?
}
