import RunStore

extension Refusal {
    /// A file of a run that was asked for cannot be used. `run` is how people know the run, `remedy` what brings it back.
    init(_ file: DamagedFile, of run: String, remedy: String) {
        let found = Files.spoken(file.description)
        if file.mayBeReplaced {
            self.init("\(found); \(run) is damaged", help: remedy, cause: .failure)
        } else {
            self.init("\(found); nobody can tell whether \(run) is whole", help: file.waysOut, cause: .failure)
        }
    }

    /// What trains the runs of a variant again.
    static func training(_ experiment: String, _ variant: String) -> String {
        "ablate run \(experiment.shellWord) --only \(variant.shellWord) trains it again"
    }
}

extension DamagedFile {
    /// What lets a file be used in whose place no run may be trained.
    fileprivate var waysOut: String {
        switch reason {
        case .version: "use the version of ablate that wrote it"
        case .kind: "move it away"
        default: "make it readable"
        }
    }
}
