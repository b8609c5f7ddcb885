/// What became of the experiment's claims.
extension Comparison {
    func claimsSection(_ findings: [ClaimFinding]) -> String? {
        guard !findings.isEmpty else { return nil }
        var table = MarkdownTable([.init("claim"), .init("verdict"), .init("what was found")])
        for finding in findings { table.rows.append([finding.text.asMarkdownCode, finding.verdict.rawValue, finding.evidence.asMarkdown]) }
        let variation = unit.isOfSplits ? unit.isOfNewSplits ? "splits" : "folds" : "seeds and examples"
        let level = experiment.growth == nil ? ", at 95 % for all claims together (Holm)" : ", at the level of their look"
        return [
            "## Claims", table.text, "Stated in the experiment file. Intervals cover the variation over \(variation)\(level).",
        ]
        .joined(separator: "\n\n")
    }

    /// For example `3 of 4 claims hold, and 1 is undecided.`
    func claimsAnswer(_ findings: [ClaimFinding]) -> String? {
        guard !findings.isEmpty else { return nil }
        func count(_ verdict: ClaimFinding.Verdict) -> Int { findings.count { $0.verdict == verdict } }
        if let only = findings.first, findings.count == 1 {
            return "The claim \(only.verdict == .undecided ? "is undecided" : only.verdict.rawValue)."
        }
        if count(.holds) == findings.count { return "All \(findings.count) claims hold." }
        let fails = count(.fails) > 0 ? ["\(count(.fails)) \(count(.fails) == 1 ? "fails" : "fail")"] : []
        let open = count(.undecided) > 0 ? ["\(count(.undecided)) \(count(.undecided) == 1 ? "is" : "are") undecided"] : []
        return
            "Of \(counted(findings.count, "claim")), \(enumeration(["\(count(.holds)) hold\(count(.holds) == 1 ? "s" : "")"] + fails + open))."
    }
}
