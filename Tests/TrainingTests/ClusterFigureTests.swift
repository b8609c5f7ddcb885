import Datasets
import Experiments
import LinearAlgebra
import Metrics
import Settings
import TestSupport
import Testing
import Training

/// PCA, k-means and clusters of a layer, on points of three classes.
@Suite struct ClusterFigureTests {
    private static func settings(
        labels: String? = "y", metrics: [Settings.Metric] = [.mse, .mae, .rmse], clusters: ClusterSettings? = nil
    ) -> TrialSettings {
        TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: ["a", "b"].map { .init(column: $0, encoding: .numeric(scale: .none)) }),
            target: .inputsAsTarget, labels: labels,
            split: SplitSettings(test: PartSettings(size: .first(15)), validation: .part(PartSettings(size: .first(20)))),
            model: ModelSettings(layers: [
                LayerSettings(name: "code", kind: DenseSettings(units: .count(4), activation: .tanh)),
                LayerSettings(kind: DenseSettings(units: .target, activation: .linear)),
            ]),
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 0.05)), batchSize: 16, epochs: 3,
                metrics: metrics, clusters: clusters))
    }

    private func found(_ method: PlainMethod, _ settings: TrialSettings) throws -> PlainMethodFigures {
        let table = try Blobs.table()
        let found = try plainMethodFigures([method], for: settings, on: table.open(settings), exact: table.exact(settings))
        return try #require(found.first)
    }

    /// The inputs of some rows in 64 bits, as the file has them.
    private func inputs(of part: KeyPath<EncodedDataset, UnsafeBufferPointer<Int32>>, _ settings: TrialSettings) throws -> Matrix {
        let table = try Blobs.table()
        let (data, exact) = (try table.open(settings), try #require(try table.exact(settings).inputs))
        return withExtendedLifetime(data) {
            Matrix(data[keyPath: part].flatMap { exact[Int($0) * 2..<Int($0) * 2 + 2] }, rows: data[keyPath: part].count, columns: 2)
        }
    }

    private func figure(_ name: String, _ found: PlainMethodFigures) throws -> Double {
        try #require(found.figures.first { $0.name == name }?.value, "\(name)")
    }

    /// The rows without a label count for the silhouette alone.
    @Test func rowsWithoutALabelAreLeftOut() throws {
        let rows = Matrix([0, 0.1, 0.2, 5, 5.1, 5.2], rows: 6, columns: 1)
        let found = KMeans(of: rows, count: 2, seed: 1, path: "code")
        func figures(_ labels: [Int]?) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: found.figures(of: rows, labels: labels).map { ($0.name, $0.value) })
        }
        let (all, some) = (figures([0, 0, 1, 1, 1, 1]), figures([0, 0, -1, 1, 1, -1]))
        #expect(all["purity"] == 5.0 / 6 && some["purity"] == 1 && some["adjusted_rand"] == 1)
        #expect(all["silhouette"] == some["silhouette"] && figures(nil)["silhouette"] == all["silhouette"])
        #expect(figures([-1, -1, -1, -1, -1, -1])["purity"]?.isNaN == true)
    }

    @Test func allComponentsGiveTheInputsAgain() throws {
        let all = try found(.pca(components: 2), Self.settings())
        #expect(all.note == nil)
        let names = ["loss", "mse", "mae", "rmse"]
        #expect(all.figures.map(\.name) == names.map { "val_" + $0 } + names.map { "test_" + $0 })
        #expect(all.figures.allSatisfy { abs($0.value) < 1e-6 })
        #expect(all.predictions.map(\.width) == [2, 2])
    }

    @Test func oneComponentLosesWhatLiesBesideIt() throws {
        let settings = Self.settings()
        let one = try found(.pca(components: 1), settings)
        let components = try #require(PrincipalComponents(of: inputs(of: \.train, settings), count: 1))
        let rows = try inputs(of: \.validation, settings)
        let again = components.rows(of: components.code(of: rows))
        let squares = zip(rows.elements, again.elements).map { ($0 - $1) * ($0 - $1) }
        let mean = squares.reduce(0, +) / Double(squares.count)
        #expect(mean > 0.01)
        #expect(abs(try figure("val_mse", one) - mean) < 1e-9)
        #expect(abs(try figure("val_loss", one) - mean) < 1e-9)
    }

    @Test(arguments: [nil, 2] as [Int?]) func clustersAreJudgedByTheLabels(components: Int?) throws {
        let settings = Self.settings()
        let found = try found(.kMeans(KMeansSettings(clusters: 3, components: components)), settings)
        #expect(found.figures.map(\.name).suffix(3) == ["test_purity", "test_adjusted_rand", "test_silhouette"])
        let clusters = KMeans(of: try inputs(of: \.train, settings), count: 3, seed: 0)
        let rows = try inputs(of: \.validation, settings)
        let numbers = clusters.nearest(of: rows).map(Int.init)
        // Rows come in turn from the three classes, the first 15 test, the next 20 validate.
        let counts = ClusterCounts(clusters: numbers, labels: (15..<35).map { $0 % 3 })
        #expect(counts.purity > 0.9)
        #expect(try figure("val_purity", found) == counts.purity)
        #expect(try figure("val_adjusted_rand", found) == counts.adjustedRandIndex)
        let silhouette = Silhouette.mean(of: rows.elements, width: 2, clusters: numbers)
        #expect(abs(try figure("val_silhouette", found) - silhouette) < 1e-9)
        let errors = squaredDistances(of: rows, to: clusters.centres, clusters.nearest(of: rows)).reduce(0, +)
        #expect(abs(try figure("val_mse", found) - errors / 40) < 1e-9)
    }

    @Test func withoutLabelsOnlyTheSilhouetteIsTold() throws {
        let found = try found(.kMeans(KMeansSettings(clusters: 3)), Self.settings(labels: nil, metrics: []))
        #expect(found.figures.map(\.name) == ["val_loss", "val_silhouette", "test_loss", "test_silhouette"])
    }

    @Test(
        arguments: [
            (.pca(components: 3), "finds no more than the 2 directions that the inputs have, not 3"),
            (.kMeans(KMeansSettings(clusters: 56)), "needs a train row for each of 56 clusters, there are 55"),
            (.majority, "knows one class or one number a row, the target is the inputs"),
        ] as [(PlainMethod, String)])
    func whatCannotBeIsSaid(_ method: PlainMethod, _ note: String) throws {
        let found = try found(method, Self.settings())
        #expect(found.note == note && found.figures.isEmpty)
    }

    @Test func anotherTargetIsRefused() throws {
        let found = try found(.pca(components: 1), Blobs.settings())
        #expect(found.note == "gives the inputs back, the target is another; write target: inputs for it")
    }

    // MARK: - Of a layer

    @Test func aRunClustersWhatItsLayerGives() throws {
        let settings = Self.settings(clusters: ClusterSettings(count: 3))
        let table = try Blobs.table()
        let data = try table.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 4)
        let names = ["purity", "adjusted_rand", "silhouette"]
        #expect(Set(result.figures.map(\.name)).isSuperset(of: names.flatMap { ["val_" + $0, "test_" + $0] }))
        #expect(!result.figures.contains { $0.name == "purity" })
        #expect(result.history.allSatisfy { $0.figure("val_purity") == nil })

        let predictor = try Predictor(settings, data: data.summary, weights: result.weights)
        func code(_ rows: UnsafeBufferPointer<Int32>) throws -> Matrix {
            let found = try predictor.outputs(ofLayer: 0, of: Array(rows), in: data)
            return Matrix(found.values.map(Double.init), rows: rows.count, columns: 4)
        }
        let clusters = KMeans(of: try code(data.train), count: 3, seed: 4, path: "code")
        let rows = try code(data.test)
        let numbers = clusters.nearest(of: rows).map(Int.init)
        #expect(result.figure("test_purity") == ClusterCounts(clusters: numbers, labels: (0..<15).map { $0 % 3 }).purity)
        #expect(result.figure("test_silhouette") == Silhouette.mean(of: rows.elements, width: 4, clusters: numbers))
    }

    @Test func clustersChangeNothingElseOfARun() throws {
        let (without, with) = (Self.settings(), Self.settings(clusters: ClusterSettings(count: 3)))
        let table = try Blobs.table()
        let data = try table.open(without)
        let (one, other) = (
            try train(prepare(without, data: data.summary), on: data, seed: 4),
            try train(prepare(with, data: data.summary), on: data, seed: 4)
        )
        #expect(one.weights.map(\.values) == other.weights.map(\.values))
        for figure in one.figures { #expect(other.figure(figure.name) == figure.value) }
    }

    /// Three patterns of bits leave three clusters of hidden states.
    @Test func aMachinesHiddenUnitsAreClustered() throws {
        var settings = ContrastiveTrainingTests.settings(epochs: 20)
        settings.training.clusters = ClusterSettings(count: 3, layer: settings.model.layerNames[0])
        let data = try ContrastiveTrainingTests.table().open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(Set(result.figures.map(\.name)) == Set(Figures(of: settings).all))
        #expect(try #require(result.figure("test_purity")) > 0.6)
    }

    @Test func aLayerThatIsNotThereIsNamed() throws {
        let settings = Self.settings(clusters: ClusterSettings(count: 3, layer: "cod"))
        let data = try Blobs.table().open(settings)
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(problem?.path == "training.clusters.layer")
        #expect(problem?.message == "there is no layer \"cod\"")
    }

    /// The figures of the end may be named before there are any.
    @Test func theFiguresAreKnownBeforehand() {
        let known = Figures(of: Self.settings(clusters: ClusterSettings(count: 3)))
        #expect(Set(known.atTheEnd).isSuperset(of: ["val_purity", "test_purity", "val_adjusted_rand", "test_silhouette"]))
        #expect(!known.everyEpoch.contains("val_purity"))
        let unlabelled = Figures(of: Self.settings(labels: nil, clusters: ClusterSettings(count: 3)))
        #expect(unlabelled.atTheEnd.contains("val_silhouette") && !unlabelled.atTheEnd.contains("val_purity"))
    }
}
