/// What reads one kind of file. A reader may accept or refuse whatever it likes, by an error; what it must not do ends the process.
protocol Subject {
    /// Changes a real file, and has it read.
    func read(_ mutator: inout Mutator) throws
}

/// Something that a reader must not do and that ends no process by itself.
struct Finding: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// What makes the subject of each kind, with a folder to work in.
let subjects: [String: @Sendable (String) throws -> any Subject] = [
    "experiments": { try ExperimentFiles(in: $0) },
    "tables": { try TableFiles(in: $0) },
    "arrays": { try ArrayFiles(in: $0) },
    "texts": { try TextFiles(in: $0) },
    "pictures": { try PictureFiles(in: $0) },
    "encoded": { try EncodedFiles(in: $0) },
    "runs": { try RunFiles(in: $0) },
    "models": { try ModelFiles(in: $0) },
]
