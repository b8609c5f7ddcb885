extension OwnFigure {
    /// What two networks that learn against each other tell beside the generator's loss.
    static let ofAdversarialPairs: [OwnFigure] = [
        OwnFigure(
            "discriminator_loss",
            meaning: "It falls as the discriminator wins, and says nothing of how good what is made is.", goal: nil, parts: [.train]),
        OwnFigure(
            "real_output", words: "judgement of real rows",
            meaning:
                "The mean of what the discriminator says: how probably rows are real, or a score without bounds under a Wasserstein loss.",
            goal: nil),
        OwnFigure(
            "generated_output", words: "judgement of made examples",
            meaning: "The same of made examples; near that of real rows the discriminator cannot tell them apart.", goal: nil,
            parts: [.train]),
    ]

    /// How well a classifier tells made examples, and of how many classes.
    public static let classScore = "class_score"

    /// What a classifier of real rows says of the examples that a run makes at its end.
    package static let ofJudges: [OwnFigure] = [
        OwnFigure(
            classScore,
            meaning:
                "e to the entropy of the classifier's mean answer less the mean entropy of its answers: 1 where all that is made is of one class or of none, as many as there are classes where each is told surely and all are made alike often. It cannot tell copies of train rows from new ones, nor examples of a class from each other.",
            goal: .maximize, possible: 1...Double.infinity, parts: [.train], isOfEveryEpoch: false),
        OwnFigure(
            "class_entropy", words: "entropy of the mean answer",
            meaning: "High where all classes are made alike often; low where what is made collapses to few.", goal: .maximize,
            possible: 0...Double.infinity, parts: [.train],
            isOfEveryEpoch: false),
        OwnFigure(
            "answer_entropy", words: "mean entropy of the answers", meaning: "Low where the classifier is sure of what it sees.",
            goal: .minimize, possible: 0...Double.infinity, parts: [.train],
            isOfEveryEpoch: false),
        OwnFigure(
            "classes_reached", meaning: "The share of classes that one example in a hundred, or more, is taken for.", goal: .maximize,
            possible: 0...1, parts: [.train], isOfEveryEpoch: false),
        OwnFigure(
            "largest_class", words: "share of the largest class",
            meaning: "Of what is made, the share that is taken for one class; near 1 the generator makes little else.", goal: .minimize,
            possible: 0...1, parts: [.train], isOfEveryEpoch: false),
        OwnFigure(
            "frechet_distance", words: "Fréchet distance",
            meaning:
                "How far mean and covariance of the classifier's last hidden layer lie apart for real and made rows: 0 where they are the same. It sees what that layer sees alone, and copies are near.",
            goal: .minimize, possible: 0...Double.infinity, parts: [.train],
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
