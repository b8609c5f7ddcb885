import Foundation
import RandomNumbers

/// Artificial experiments whose truth is known: how often what Statistics says of them is wrong.
///
/// A few hundred of each kind by default, which takes seconds and catches a rule that is badly off; `ABLATE_SIMULATIONS=10000` makes as many, holds the
/// shares to the limits themselves and prints them.
enum Simulation {
    static let asked = ProcessInfo.processInfo.environment["ABLATE_SIMULATIONS"].flatMap { Int($0) }
    static let count = max(asked ?? 400, 1)

    /// What a share may differ by from a limit: three standard errors in a short form, nothing from 10,000 experiments on.
    static func slack(_ limit: Double) -> Double {
        count < 10_000 ? 3 * (limit * (1 - limit) / Double(count)).squareRoot() : 0
    }

    /// The share of experiments for which `holds` is true.
    static func share(_ name: String, _ holds: (inout RandomStream) -> Bool) -> Double {
        var hits = 0
        for experiment in 0..<count {
            var stream = RandomStream(seed: experiment, stream: .resample, path: name)
            if holds(&stream) { hits += 1 }
        }
        let share = Double(hits) / Double(count)
        tell("\(name): \(String(format: "%.4f", share))")
        return share
    }

    /// A line of the full form's table.
    static func tell(_ line: String) {
        if asked != nil { print("simulated ", line) }
    }
}

/// How two or more variants come by their figures: the luck of seeds, of examples, and of both together.
struct Luck: Sendable, CustomStringConvertible {
    let description: String
    /// Standard deviations of what a seed does to its mean (times √N), of what an example does to a variant, and of what is left.
    let seed: Double, example: Double, rest: Double

    static let alike = Luck(description: "normal", seed: 1, example: 1, rest: 1)
    static let moreOfSeeds = Luck(description: "normal, more luck of seeds", seed: 3, example: 0.5, rest: 1)
    static let moreOfExamples = Luck(description: "normal, more luck of examples", seed: 0.3, example: 1, rest: 1)

    /// One variant's figures [seed][example] around 0.
    func figures(seeds: Int, examples: Int, _ stream: inout RandomStream) -> [[Double]] {
        let ofExamples = (0..<examples).map { _ in example * stream.normal() }
        return (0..<seeds).map { _ in
            let ofSeed = seed * stream.normal() / Double(examples).squareRoot()
            return ofExamples.map { $0 + ofSeed + rest * stream.normal() }
        }
    }
}

/// Hits and misses of two variants: a hit where skill + luck of the seed + ease of the example + both variants' own luck with it is above 0.
struct Hits: Sendable, CustomStringConvertible {
    let description: String
    let skills: [Double]
    let seed: Double, ease: Double, example: Double

    static let usual = Hits(description: "0/1", skills: [1, 1.2], seed: 0.1, ease: 2, example: 0.6)
    static let fewMisses = Hits(description: "0/1, few misses", skills: [4, 4.3], seed: 0.15, ease: 2, example: 0.6)

    /// The difference of the probabilities of a hit.
    var truth: Double {
        let spread = (1 + seed * seed + ease * ease + example * example).squareRoot()
        let hit = skills.map { 0.5 * erfc(-$0 / spread / 2.0.squareRoot()) }
        return hit[0] - hit[1]
    }

    /// Paired differences [seed][example], 1, 0 or −1.
    func differences(seeds: Int, examples: Int, _ stream: inout RandomStream) -> [[Double]] {
        let eases = (0..<examples).map { _ in ease * stream.normal() }
        var differences = [[Double]](repeating: [Double](repeating: 0, count: examples), count: seeds)
        for (skill, sign) in zip(skills, [1.0, -1]) {
            let own = eases.map { skill + $0 + example * stream.normal() }
            for index in 0..<seeds {
                let ofSeed = seed * stream.normal()
                for place in 0..<examples where own[place] + ofSeed + stream.normal() > 0 { differences[index][place] += sign }
            }
        }
        return differences
    }
}
