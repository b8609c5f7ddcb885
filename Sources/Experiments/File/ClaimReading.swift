import Documents
import Settings

extension ExperimentReader {
    /// Reads what the file claims; names alone stand for the figure that chooses a winner.
    mutating func readClaims(_ written: [Node], selection: Selection, among variants: [Variant]) -> [StatedClaim] {
        guard !written.isEmpty else { return [] }
        let names = Dictionary(
            variants.flatMap { variant in ([variant.name] + variant.aliases).map { ($0, variant) } },
            uniquingKeysWith: { first, _ in first })
        return written.compactMap { node in
            guard let text = node.scalar?.text else {
                decoding.report("a claim must be a text", at: node.place, help: "such as val_accuracy(narrow) < val_accuracy(baseline)")
                return nil
            }
            do throws(Formula.Problem) {
                let claim = try ClaimText(text)
                let statements = claim.statements.compactMap { statement -> StatedClaim.Statement? in
                    let terms = statement.quantity.terms.compactMap { term in
                        subject(term.subject, at: node.place, selection: selection, names: names).map {
                            StatedClaim.Term(factor: term.factor, subject: $0)
                        }
                    }
                    guard terms.count == statement.quantity.terms.count else { return nil }
                    return StatedClaim.Statement(terms: terms, constant: statement.quantity.constant, relation: statement.relation)
                }
                return statements.count == claim.statements.count ? StatedClaim(text: text, statements: statements) : nil
            } catch {
                decoding.report(error.message, at: node.place.part(offset: error.offset, length: error.length), help: error.help)
                return nil
            }
        }
    }

    private mutating func subject(
        _ written: ClaimText.Subject, at place: Place, selection: Selection, names: [String: Variant]
    ) -> StatedClaim.Subject? {
        guard let variant = names[written.name] else {
            decoding.unknown(
                "variant", written.name, known: names.keys.sorted(),
                at: place.part(offset: written.nameOffset, length: written.name.unicodeScalars.count))
            return nil
        }
        guard let figure = written.figure, let offset = written.figureOffset else {
            return StatedClaim.Subject(figure: selection.metric, epoch: nil, variant: variant.name)
        }
        let parts = figure.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let figures = Figures(of: variant.trial.settings)
        let known = figures.comparable + StatedClaim.Subject.facts
        guard known.contains(parts[0]) else {
            decoding.unknown("figure", parts[0], known: known, at: place.part(offset: offset, length: parts[0].unicodeScalars.count))
            return nil
        }
        guard parts.count == 2 else { return StatedClaim.Subject(figure: parts[0], epoch: nil, variant: variant.name) }
        let epochs = variant.trial.settings.training.epochs
        let ofEpochs = figures.comparableByEpoch
        guard let epoch = Int(parts[1]), (1...epochs).contains(epoch), ofEpochs.contains(parts[0]) else {
            decoding.report(
                "there is no \(figure)", at: place.part(offset: offset, length: figure.unicodeScalars.count),
                help: ofEpochs.contains(parts[0]) ? "\(variant.name) has epochs 1 to \(epochs)" : "\(parts[0]) comes once, at the end")
            return nil
        }
        return StatedClaim.Subject(figure: parts[0], epoch: epoch, variant: variant.name)
    }
}
