import RunStore
import Statistics

/// Methods without a network on the same rows, beside the network that was chosen.
extension Comparison {
    var plainMethodsSection: String? {
        guard !experiment.baselines.isEmpty else { return nil }
        let methods = plainMethods
        let title = "### Plain baselines"
        guard !methods.isEmpty else { return "\(title)\n\nThey are not computed yet: run the experiment." }
        let figures = plainFigures(methods)
        var table = MarkdownTable([.init("method")] + figures.map { .init(words($0).asMarkdown, .right) })
        for network in best == 0 ? [baseline] : [baseline, bestResult] {
            table.rows.append(
                ["\(network.code) (network)"] + figures.map { figure in network.sample(figure.name).map(digits(figure.name).text) ?? "–" })
        }
        for method in methods where !method.figures.isEmpty {
            table.rows.append(
                [Self.spoken(method: method.name)]
                    + figures.map { figure in plainSample(of: figure, in: method).map(digits(figure.name).text) ?? "–" })
        }
        let notes = methods.compactMap { method in
            method.note.map { "\(Self.spoken(method: method.name).capitalized) is missing: it \($0.asMarkdown)." }
        }
        let same = "Methods without a network, fitted on the same train rows with the baseline's encodings"
        return ([title, table.text, ([same + spreadWords(methods)] + notes).joined(separator: " ")]).joined(separator: "\n\n")
    }

    /// The compared figure, the others of its part, then those on test.
    private func plainFigures(_ methods: [PlainMethodRecord]) -> [FigureName] {
        let names = Set(methods.flatMap(\.figures).flatMap(\.keys)).map(FigureName.init)
        func rank(_ name: FigureName) -> (Int, Int, String) {
            (name == figure ? 0 : name.part == figure.part ? 1 : 2, name.quantity == figure.quantity ? 0 : 1, name.name)
        }
        return names.sorted { rank($0) < rank($1) }
    }

    /// A method's figure: over folds where runs are compared by folds, else its mean alone, since a spread over folds is none over seeds.
    private func plainSample(of figure: FigureName, in method: PlainMethodRecord) -> Sample? {
        let all = Sample(method.figures.compactMap { $0[figure.name] }.filter(\.isFinite))
        return unit == .fold ? all : all.flatMap { Sample([$0.mean]) }
    }

    /// What ± says, for each kind of row.
    private func spreadWords(_ methods: [PlainMethodRecord]) -> String {
        let hasFolds = methods.contains { $0.figures.count > 1 }
        if unit == .fold { return ". Mean ± standard deviation over folds, of networks and methods alike." }
        let networks = unitCount > 1 ? "; ± of networks is the standard deviation over \(unit.count(unitCount))" : ""
        return (hasFolds ? "; their figures are means over the folds" : "; they know no seed") + networks
            + ". The luck of the examples is theirs, too."
    }

    /// The method without a network that beats every network, for the headline.
    var plainMethodClause: String? {
        guard let network = bestResult.sample(figure.name, of: commonUnits) ?? bestResult.sample(figure.name) else { return nil }
        let methods = plainMethods.compactMap { method in plainSample(of: figure, in: method).map { (name: method.name, sample: $0) } }
        let winner = methods.filter { goal.prefers($0.sample.mean, to: network.mean) }
            .max { goal.prefers($1.sample.mean, to: $0.sample.mean) }
        guard let winner else { return nil }
        // Too few seeds tell nothing of luck, but both figures can be said.
        let verb = network.count < Judgement.fewestUnits ? "has" : "is better:"
        return
            "**\(Self.spoken(method: winner.name).capitalized), without a network, \(verb) \(digits(figure.name).text(winner.sample.mean)).**"
    }

    /// What a method is called in words.
    static func spoken(method name: String) -> String {
        switch name {
        case "majority": "majority class"
        case "mean": "mean of the targets"
        case "linear": "least squares"
        case "logistic": "logistic regression"
        case "nearest_neighbours": "5 nearest neighbours"
        default: name
        }
    }
}
