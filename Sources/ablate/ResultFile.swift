import ArgumentParser
import Projects
import RunStore

/// Where a list for other programs goes.
struct ResultFileOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write, instead of standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("-o: expected the name of a file") }
    }

    /// Writes a text to the file, whole, or to standard output.
    func write(_ text: String) throws {
        guard let output else { return Output.result(text) }
        let path = Files.absolute(output)
        guard !Files.isFolder(path) else { throw Refusal("\(output) is a folder", help: "name a file") }
        try OutputFolder(root: Files.folder(of: path)).write(text, as: Files.name(of: path))
        Output.message("\(output)\n")
    }
}
