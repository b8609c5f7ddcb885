import Documents

/// Files that TensorBoard shows, written as a run is trained. They decide nothing of it, and are no part of what a run is known by.
public struct TensorBoardSettings: Hashable, Sendable {
    /// The folder that TensorBoard is pointed to; a folder of the project.
    public var folder: String
    /// Histograms of the weights every so many epochs; 0: never.
    public var histograms: Int

    /// Histograms are drawn every epoch unless it is said otherwise.
    public init(folder: String, histograms: Int = 1) {
        self.folder = folder
        self.histograms = histograms
    }
}

// MARK: - In the file

extension TensorBoardSettings {
    private static let usual = TensorBoardSettings(folder: "")

    package static let schema = Schema<TensorBoardSettings>.either(
        folderSchema.mapped(to: { TensorBoardSettings(folder: $0) }, from: \.folder),
        Record<TensorBoardSettings>(
            "tensorboard",
            Field(
                "folder", \.folder, folderSchema, misnomers: ["log_dir", "dir"],
                doc: "The folder that TensorBoard is pointed to; a folder of the project."),
            Field(
                "histograms", \.histograms, .integer(.atLeast(0, upTo: 1_000_000)), default: usual.histograms,
                misnomers: ["histogram_freq"], doc: "Histograms of the weights every so many epochs; 0 for never."),
            build: TensorBoardSettings.init
        ).schema, writing: { $0.histograms == usual.histograms ? 0 : 1 })

    /// A file from elsewhere is not to say where on a disk something is written.
    private static let folderSchema = Schema<String>.text("folder").checked { folder in
        let isInside = !folder.hasPrefix("/") && !folder.split(separator: "/").contains("..")
        return isInside
            ? nil : Problem("% must be a folder of the project, found \"\(folder)\"", help: "name others by ablate run --tensorboard")
    }
}
