import Datasets
import Projects
import Scheduling

/// Tells whoever waits what happens to a data set. A download is told at its start and, on a terminal, as it goes.
func tellProgress(_ progress: DatasetProgress) {
    switch progress {
    case .downloading(let address, let received, let total):
        let terminal = Environment.standardError
        guard terminal.isLive else {
            if received == 0 { Output.message("downloading \(address)\n") }
            return
        }
        let size = total.map { " of \(megabytes($0))" } ?? ""
        let isOver = total == received
        Output.styled("\r\u{1B}[Kdownloading \(address.printable): \(megabytes(received))\(size)\(isOver ? "\n" : "")")
    case .reading(let path):
        Output.message("reading \(Files.spoken(path))\n")
    case .encoding(let name):
        Output.message("encoding \(Files.spoken(name))\n")
    case .rebuilding(let name, let reason):
        Output.message("encoding \(Files.spoken(name)) anew: \(reason)\n")
    }
}

/// The same, where the data have just been read once before.
func tellEncoding(_ progress: DatasetProgress) {
    if case .reading = progress { return }
    tellProgress(progress)
}

/// Tells what must be known of data sets, each sentence once.
func tellNotices(_ notices: [DatasetNotice]) {
    tellNotices(notices.map(\.sentence))
}

/// Tells sentences, each once.
func tellNotices(_ sentences: [String]) {
    var told: Set<String> = []
    for sentence in sentences where told.insert(sentence).inserted { Output.message("note: \(sentence)\n") }
}

private func megabytes(_ bytes: Int) -> String {
    "\(grouped((bytes + 500_000) / 1_000_000)) MB"
}
