import RunStore

/// What a report is written as.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// `report.md` with figures beside it.
    case markdown = "md"
    /// `report.html`, one file that needs no other.
    case html
    /// `report.json`, the facts of the page for programs.
    case json
}

extension Report {
    /// The whole report as a text.
    public func text(as format: ReportFormat) -> String {
        switch format {
        case .markdown: markdown
        case .html: html
        case .json: facts ?? ""
        }
    }

    /// Writes the report into the experiment's folder of the store and returns its path.
    public func write(to folder: OutputFolder, as format: ReportFormat) throws(StoreError) -> String {
        guard format != .markdown else { return try write(to: folder) }
        let name = "report.\(format.rawValue)"
        try folder.write(text(as: format), as: name)
        return "\(folder.path)/\(name)"
    }
}
