/// Words that are known to have an order, from the least on.
enum WordScale {
    private static let all: [[String]] = [
        ["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"], ["tiny", "small", "medium", "large", "huge"],
        ["very low", "low", "medium", "high", "very high"], ["very low", "low", "middle", "high", "very high"],
        ["very low", "low", "moderate", "high", "very high"], ["none", "mild", "moderate", "severe"],
        ["very poor", "poor", "fair", "good", "very good", "excellent"], ["never", "rarely", "sometimes", "often", "always"],
        ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"],
        ["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"],
        ["beginner", "intermediate", "advanced", "expert"], ["bronze", "silver", "gold", "platinum"],
    ]
    /// Two words may stand for something else: M and S for married and single.
    private static let fewest = 3

    /// The words in their order, as they are written; nil unless there are three at least, all of one scale, and no two differ in letter case alone.
    static func order(of words: [String]) -> [String]? {
        guard words.count >= fewest else { return nil }
        let written = Dictionary(words.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        guard written.count == words.count else { return nil }
        guard let scale = all.first(where: { scale in written.keys.allSatisfy(scale.contains) }) else { return nil }
        return scale.compactMap { written[$0] }
    }
}
