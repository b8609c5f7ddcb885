import RunStore
import Statistics

extension Provenance {
    /// The beginning of the commit, and that there were changes where there were.
    fileprivate var shortCommit: String? { commit.map { $0.prefix(12) + (isClean == false ? " with uncommitted changes" : "") } }
}

/// The command, and the one block that differs from machine to machine and from day to day.
extension Comparison {
    func reproductionSection(command: String, absentData: [String] = []) -> String {
        let runs = (results + finalists.flatMap(\.results)).flatMap(\.runs)
        let content = distinct(runs.map { String($0.record.digests.content.prefix(16)) })
        let encoding = distinct(runs.map { String($0.record.digests.encoding.prefix(16)) })
        let results = distinct(runs.map { String($0.record.resultsVersion) })
        let same = "Reproduce with \(command.asMarkdownCode). Data \(content); encoded \(encoding); engine results version \(results)."
        return "## Reproduce\n\n\(same)\n\n"
            + details("Versions, machine and times", [machineTable(runs), timeTable, absence(of: absentData)].compactMap(\.self))
    }

    /// That the runs were found without looking at their data.
    private func absence(of data: [String]) -> String? {
        guard !data.isEmpty else { return nil }
        let names = enumeration(data.map(\.asMarkdownCode), limit: 3)
        return
            "\(names) \(data.count == 1 ? "was" : "were") not available when this was written: the runs are those whose records have these settings and the data named above."
    }

    private func machineTable(_ runs: [ReportedRun]) -> String {
        func found<Value>(_ value: (Record) -> Value?) -> [Value] { runs.compactMap { value($0.stored.record) } }
        let versions = found { $0.provenance.versions }
        var table = MarkdownTable([.init("what"), .init("value")])
        for name in Set(versions.flatMap(\.keys)).sorted() {
            table.rows.append([name.asMarkdown, distinct(versions.compactMap { $0[name] })])
        }
        table.rows.append(["commit", distinct(found { $0.provenance.shortCommit })])
        table.rows.append(["host", distinct(found { $0.provenance.host })])
        table.rows.append(["processor", distinct(found { $0.provenance.processor })])
        table.rows.append([
            "peak memory of a run", distinctRange(found { $0.timings.map { Double($0.peakMemory) / 1e6 } }, "MB"),
        ])
        table.rows.append(["trained", dates(runs)])
        table.rows.append(["all runs, one after another", duration(found { $0.timings?.total }.reduce(0, +))])
        table.rows.removeAll { $0[1].isEmpty }
        return table.text
    }

    private var timeTable: String {
        var table = MarkdownTable([.init("variant"), .init("train", .right), .init("data", .right), .init("whole run", .right)])
        for result in shown.map({ results[$0] }) {
            let timings = result.runs.compactMap(\.record.timings)
            func cell(_ seconds: (Timings) -> Double) -> String {
                Sample(timings.map(seconds)).map { Digits(decimals: 3).text($0.mean) + " s" } ?? "–"
            }
            table.rows.append([result.code, cell(\.train), cell(\.encode), cell(\.total)])
        }
        return "Mean times of a run:\n\n" + table.folded("variants")
    }

    private func distinct(_ values: [String]) -> String {
        enumeration(Set(values).sorted().map(\.asMarkdown))
    }

    private func distinctRange(_ values: [Double], _ unit: String) -> String {
        guard let sample = Sample(values) else { return "" }
        let digits = Digits(decimals: 0)
        let (low, high) = (digits.text(sample.minimum), digits.text(sample.maximum))
        return low == high ? "\(low) \(unit)" : "\(low) to \(high) \(unit)"
    }

    private func dates(_ runs: [ReportedRun]) -> String {
        let byTime = { (one: ReportedRun, other: ReportedRun) in one.stored.record.created < other.stored.record.created }
        guard let first = runs.min(by: byTime)?.record.createdDay, let last = runs.max(by: byTime)?.record.createdDay else { return "" }
        return first == last ? first : "\(first) to \(last)"
    }
}
