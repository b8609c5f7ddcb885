import Documents

extension PlainMethod {
    package static let listSchema = Schema<[PlainMethod]>.list(of: schema).checked {
        Set($0).count == $0.count ? nil : Problem("% name one twice", help: "name each once")
    }

    /// A tag, or one with settings: `ridge`, `{ridge: {alpha: 0.1}}`.
    static let schema = Schema<PlainMethod>.choice(
        "baseline",
        Case("majority", .majority, doc: "The most frequent class."),
        Case("mean", .mean, doc: "The mean of the targets."),
        Case(
            "persistence", .persistence, aliases: ["last_value", "naive"],
            doc: "The last value of the target's column in a window of a series."),
        Case("linear", .linear, aliases: ["least_squares"], doc: "Exact least squares with an intercept."),
        Case(
            "logistic",
            Record<Double?>(
                "logistic",
                Field(
                    optional: "c", { $0 }, strength, misnomers: ["C"],
                    doc: "The inverse of the penalty, scikit-learn's C; left out: next to no penalty on dense columns, 1 on sparse ones."),
                build: { .some($0) }
            ).schema, aliases: ["logistic_regression"], doc: "Logistic regression to convergence.", make: { .logistic(c: $0) },
            get: { if case .logistic(let c) = $0 { .some(c) } else { nil } }),
        Case(
            "nearest_neighbours", .nearestNeighbours, aliases: ["nearest_neighbors", "knn"], doc: "The five nearest train rows."),
        Case(
            "ridge", one("ridge", "alpha", 1, doc: "The penalty of squared coefficients."), doc: "Least squares with a penalty of squares.",
            make: { .ridge(alpha: $0) }, get: { if case .ridge(let alpha) = $0 { alpha } else { nil } }),
        Case(
            "lasso", one("lasso", "alpha", 0.01, doc: "The penalty of absolute coefficients, by training units of the target."),
            doc: "Least squares with a penalty that leaves columns out.", make: { .lasso(alpha: $0) },
            get: { if case .lasso(let alpha) = $0 { alpha } else { nil } }),
        Case(
            "linear_svm", one("linear_svm", "c", 1, misnomers: ["C"], doc: "The inverse of the penalty, scikit-learn's C."),
            aliases: ["svm", "linear_svc"], doc: "A linear support vector machine under the squared hinge, one class against the rest.",
            make: { .linearSVM(c: $0) }, get: { if case .linearSVM(let c) = $0 { c } else { nil } }),
        Case(
            "tree", TreeSettings.record.schema, aliases: ["decision_tree"], doc: "A decision tree (CART).", make: { .tree($0) },
            get: { if case .tree(let settings) = $0 { settings } else { nil } }),
        Case(
            "boosted_trees", BoostedTreesSettings.record.schema, aliases: ["gradient_boosting", "xgboost"],
            doc: "Gradient-boosted trees.", make: { .boostedTrees($0) },
            get: { if case .boostedTrees(let settings) = $0 { settings } else { nil } }),
        Case(
            "pca",
            Record<Int>(
                "pca", Field("components", { $0 }, count, misnomers: ["n_components"], doc: "How many directions."), build: { $0 }
            ).schema, aliases: ["principal_components"], doc: "The inputs as their directions of largest variance give them back.",
            make: { .pca(components: $0) }, get: { if case .pca(let components) = $0 { components } else { nil } }),
        Case(
            "kmeans", KMeansSettings.record.schema, aliases: ["k_means"],
            doc: "The middle of the nearest cluster; with labels, figures tell how clusters and classes agree.", make: { .kMeans($0) },
            get: { if case .kMeans(let settings) = $0 { settings } else { nil } }))

    fileprivate static let count = Schema<Int>.integer(.atLeast(1, upTo: 1_000_000))

    private static let strength = Schema<Double>.number(.above(0, upTo: 1e12))

    /// One penalty.
    private static func one(_ tag: String, _ key: String, _ usual: Double, misnomers: [String] = [], doc: String) -> Schema<Double> {
        Record<Double>(tag, Field(key, { $0 }, strength, default: usual, misnomers: misnomers, doc: doc), build: { $0 }).schema
    }
}

/// Deeper trees have more leaves than tables have rows.
private let depth = Schema<Int>.integer(.atLeast(1, upTo: 64))

extension TreeSettings {
    private static let usual = TreeSettings()

    fileprivate static let record = Record<TreeSettings>(
        "tree",
        Field("max_depth", \.maxDepth, depth, default: usual.maxDepth, doc: "How many decisions lead to a leaf at most."),
        Field(
            "min_samples_leaf", \.minSamplesLeaf, .integer(.atLeast(1, upTo: 1_000_000_000)), default: usual.minSamplesLeaf,
            doc: "How many train rows a leaf has at least."),
        build: TreeSettings.init)
}

extension BoostedTreesSettings {
    private static let usual = BoostedTreesSettings()

    fileprivate static let record = Record<BoostedTreesSettings>(
        "boosted_trees",
        Field(
            "rounds", \.rounds, .integer(.atLeast(1, upTo: 100_000)), default: usual.rounds, misnomers: ["n_estimators"],
            doc: "How many trees follow each other."),
        Field(
            "learning_rate", \.learningRate, .number(.above(0, upTo: 1)), default: usual.learningRate, misnomers: ["eta"],
            doc: "The share of a tree's answer that is added."),
        Field("max_depth", \.maxDepth, depth, default: usual.maxDepth, doc: "How many decisions lead to a leaf at most."),
        Field(
            "lambda", \.lambda, .number(.atLeast(0, upTo: 1e12)), default: usual.lambda, misnomers: ["reg_lambda"],
            doc: "The penalty of squared leaf values."),
        Field(
            "min_child_weight", \.minChildWeight, .number(.atLeast(0, upTo: 1e12)), default: usual.minChildWeight,
            doc: "How large the sum of second derivatives in a leaf is at least."),
        build: BoostedTreesSettings.init)
}

extension KMeansSettings {
    fileprivate static let record = Record<KMeansSettings>(
        "kmeans",
        Field("clusters", \.clusters, PlainMethod.count, misnomers: ["n_clusters", "k"], doc: "How many clusters."),
        Field(
            optional: "pca", \.components, PlainMethod.count, misnomers: ["components"],
            doc: "On how many directions of largest variance rows are clustered; left out: on the inputs."),
        build: KMeansSettings.init)
}
