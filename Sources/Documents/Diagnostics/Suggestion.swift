/// Finds what was meant by a misspelt word.
public enum Suggestion {
    /// The candidate nearest to a word, when it is near enough to be meant: one slip in three letters.
    public static func nearest<Candidates: Sequence<String>>(to word: String, among candidates: Candidates) -> String? {
        let wanted = folded(word)
        guard !wanted.isEmpty, wanted.count <= 60 else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let letters = folded(candidate)
            let limit = max(1, max(wanted.count, letters.count) / 3)
            guard abs(letters.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, letters)
            if distance <= limit, distance < min(wanted.count, letters.count), distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// `did you mean "relu"?`, or `known activations: linear, relu`, or `nil` when there is nothing to say.
    public static func help(for word: String, among candidates: [String], called noun: String) -> String? {
        let known = candidates.isEmpty || candidates.count > 24 ? nil : "\(noun): \(candidates.joined(separator: ", "))"
        guard let nearest = nearest(to: word, among: candidates) else { return known }
        return "did you mean \"\(nearest)\"?" + (known.map { " " + $0 } ?? "")
    }

    /// How many letters must be put in, left out, changed or swapped with their neighbour to come from one word to another
    /// (Damerau's distance in its restricted form).
    package static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for i in one.indices {
            var row = [i + 1]
            row.reserveCapacity(other.count + 1)
            for j in other.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[other.count]
    }

    /// Letters without case; minus, underscore and space count as one.
    private static func folded(_ word: String) -> [Character] {
        word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
    }
}
