import RunStore

/// Layers whose training by themselves went wrong: what the whole then begins with means little.
extension Comparison {
    var pretrainingWarnings: [String] {
        let faults = results.map { (result: $0, faults: PretrainingFaults($0.runs)) }
        func sentences(_ words: (PretrainingFaults) -> PretrainingFaults.Words?, _ consequence: String) -> [String] {
            faults.compactMap { result, faults in
                words(faults).map {
                    "\(result.code): \($0.text), with \($0.seeds.count == 1 ? "seed" : "seeds") \(enumeration($0.seeds.map(String.init), limit: 20)); "
                        + "\(consequence). Lower the learning rate of training.pretrain, or scale the inputs."
                }
            }
        }
        let diverged = sentences(
            { $0.diverged(naming: \.asMarkdownCode, ", where the error was no longer finite") },
            "the whole began with weights that mean nothing")
        let worsened = sentences({ $0.worsened(naming: \.asMarkdownCode) }, "the whole began with weights that training had made worse")
        return limited(diverged, more: "diverged while layers were trained by themselves")
            + limited(worsened, more: "had a larger error at the end of layers trained by themselves")
    }

    /// How layers' training by themselves went wrong, if it did so in all of these runs.
    static func pretrainingFault(of runs: [ReportedRun]) -> String? {
        let faults = PretrainingFaults(runs)
        guard faults.count == runs.count else { return nil }
        return [faults.diverged(naming: \.self), faults.worsened(naming: \.self)].compactMap { $0?.text }.joined(separator: " or ")
    }
}

/// What went wrong in some runs while layers were trained by themselves, in words.
private struct PretrainingFaults {
    struct Words {
        let text: String
        let seeds: [Int]
    }

    private var diverged: [(layer: String, seed: Int, pass: Int)] = []
    private var worsened: [(layer: String, seed: Int, first: Double, last: Double)] = []

    init(_ runs: [ReportedRun]) {
        for run in runs {
            let seed = run.specification.seed
            switch run.record.pretrainingTrouble {
            case (let layer, .diverged(let pass))?: diverged.append((layer, seed, pass))
            case (let layer, .worsened(let first, let last))?: worsened.append((layer, seed, first, last))
            case nil: break
            }
        }
    }

    /// In how many runs.
    var count: Int { diverged.count + worsened.count }

    /// For example `layer_1, trained by itself, diverged from pass 2 on`; nil where no run did.
    func diverged(naming: (String) -> String, _ explanation: String = "") -> Words? {
        guard let first = diverged.map(\.pass).min(), let last = diverged.map(\.pass).max() else { return nil }
        let from = first == last ? grouped(first) : "\(grouped(first)) to \(grouped(last))"
        return Words(
            text: "\(Self.subject(diverged.map(\.layer), naming)) diverged from pass \(from) on\(explanation)",
            seeds: Self.sorted(diverged.map(\.seed)))
    }

    /// For example `layer_1, trained by itself, had an error of 0.4 after the first pass and of 210 after the last`, of the run in which it grew most; nil where it
    /// grew in none.
    func worsened(naming: (String) -> String) -> Words? {
        guard let worst = worsened.max(by: { $0.last / $0.first < $1.last / $1.first }) else { return nil }
        let (first, last) = (significant(worst.first, digits: 2), significant(worst.last, digits: 2))
        let most = worsened.count > 1 ? ", at most," : ""
        return Words(
            text:
                "\(Self.subject(worsened.map(\.layer), naming)) had an error of \(first) after the first pass and\(most) of \(last) after the last",
            seeds: Self.sorted(worsened.map(\.seed)))
    }

    private static func subject(_ names: [String], _ naming: (String) -> String) -> String {
        let layers = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return "\(enumeration(layers.map(naming))), trained by \(layers.count == 1 ? "itself" : "themselves"),"
    }

    private static func sorted(_ seeds: [Int]) -> [Int] { Set(seeds).sorted() }
}
