extension OwnFigure {
    /// What two networks that learn against each other tell beside the generator's loss.
    static let ofAdversarialPairs: [OwnFigure] = [
        OwnFigure("discriminator_loss", goal: nil, parts: [.train]),
        OwnFigure("real_output", words: "judgement of real rows", goal: nil),
        OwnFigure("generated_output", words: "judgement of made examples", goal: nil, parts: [.train]),
    ]

    /// How well a classifier tells made examples, and of how many classes.
    public static let classScore = "class_score"

    /// What a classifier of real rows says of the examples that a run makes at its end.
    static let ofJudges: [OwnFigure] = [
        OwnFigure(classScore, goal: .maximize, possible: 1...Double.infinity, parts: [.train], isOfEveryEpoch: false),
        OwnFigure(
            "class_entropy", words: "entropy of the mean answer", goal: .maximize, possible: 0...Double.infinity, parts: [.train],
            isOfEveryEpoch: false),
        OwnFigure(
            "answer_entropy", words: "mean entropy of the answers", goal: .minimize, possible: 0...Double.infinity, parts: [.train],
            isOfEveryEpoch: false),
        OwnFigure("classes_reached", goal: .maximize, possible: 0...1, parts: [.train], isOfEveryEpoch: false),
        OwnFigure(
            "largest_class", words: "share of the largest class", goal: .minimize, possible: 0...1, parts: [.train], isOfEveryEpoch: false),
        OwnFigure(
            "frechet_distance", words: "Fréchet distance", goal: .minimize, possible: 0...Double.infinity, parts: [.train],
            isOfEveryEpoch: false),
    ]
}

extension TrialSettings {
    /// The figures of an adversarial pair; none for other networks.
    var figuresOfPair: [OwnFigure] {
        guard model.opponent != nil else { return [] }
        return OwnFigure.ofAdversarialPairs + (training.judge == nil ? [] : OwnFigure.ofJudges)
    }
}
