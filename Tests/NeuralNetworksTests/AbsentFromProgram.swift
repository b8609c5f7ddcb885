import Documents
import Settings
import Testing

/// Fixtures of Keras that cannot run: what they train with is no setting of this program. As soon as it is one, a test here fails, and the fixture runs.
struct AbsentFromProgram: Sendable, CustomTestStringConvertible {
    /// The fixture.
    let name: String
    /// How a file would ask for it.
    let setting: String

    var testDescription: String { name }

    static let activations = [
        AbsentFromProgram(name: "softsign", setting: "softsign"), .init(name: "mish", setting: "mish"),
        .init(name: "hard_sigmoid", setting: "hard_sigmoid"), .init(name: "relu6", setting: "relu6"),
        .init(name: "exponential", setting: "exponential"),
    ]

    static let losses = [
        AbsentFromProgram(name: "squared_hinge", setting: "squared_hinge"), .init(name: "categorical_hinge", setting: "categorical_hinge"),
        .init(name: "log_cosh", setting: "log_cosh"), .init(name: "poisson", setting: "poisson"),
        .init(name: "categorical_crossentropy, label smoothing", setting: "{categorical_crossentropy: {label_smoothing: 0.1}}"),
        .init(name: "binary_crossentropy, label smoothing", setting: "{binary_crossentropy: {label_smoothing: 0.2}}"),
    ]

    static let optimizers = [
        AbsentFromProgram(name: "amsgrad", setting: "{adam: {amsgrad: true}}"),
        .init(name: "sgd with weight decay", setting: "{sgd: {weight_decay: 0.01}}"),
        .init(name: "rmsprop with weight decay", setting: "{rmsprop: {weight_decay: 0.01}}"),
    ]

    /// The names of all these fixtures.
    static let names = Set((activations + losses + optimizers).map(\.name))
}

@Suite struct AbsentFixtureTests {
    /// What a schema says against a setting; empty when it is one.
    private func findings<Value>(_ text: String, _ schema: Schema<Value>) throws -> [String] {
        var parsing = Diagnostics()
        let node = try #require(Node.parse(Source(name: "setting", text: text), into: &parsing))
        var decoding = Decoding("the setting", findings: parsing)
        _ = schema.decode(node, &decoding)
        return decoding.findings.all.map(\.message)
    }

    @Test(arguments: AbsentFromProgram.activations)
    func anActivationThatDoesNotRunIsNoSetting(_ absent: AbsentFromProgram) throws {
        #expect(try findings(absent.setting, Activation.schema).count == 1)
    }

    @Test(arguments: AbsentFromProgram.losses)
    func aLossThatDoesNotRunIsNoSetting(_ absent: AbsentFromProgram) throws {
        #expect(try findings(absent.setting, LossSettings.schema).count == 1)
    }

    @Test(arguments: AbsentFromProgram.optimizers)
    func anOptimizerThatDoesNotRunIsNoSetting(_ absent: AbsentFromProgram) throws {
        #expect(try findings(absent.setting, OptimizerSettings.schema).count == 1)
    }

    /// So that the findings above are of the names.
    @Test func theSameFormsOfWhatThereIsAreSettings() throws {
        #expect(try findings("relu", Activation.schema).isEmpty && findings("hinge", LossSettings.schema).isEmpty)
        #expect(try findings("{binary_crossentropy: {from_logits: true}}", LossSettings.schema).isEmpty)
        #expect(try findings("{sgd: {momentum: 0.01}}", OptimizerSettings.schema).isEmpty)
    }

    @Test(arguments: [
        ("more_activations.json", 11, AbsentFromProgram.activations), ("more_losses.json", 10, AbsentFromProgram.losses),
        ("more_optimizers.json", 9, AbsentFromProgram.optimizers),
    ])
    func theOthersOfTheFileRun(file: String, count: Int, absent: [AbsentFromProgram]) throws {
        let names = try Fixture.cases(file).map(\.name)
        #expect(names.count == count)
        #expect(Set(names).intersection(AbsentFromProgram.names) == Set(absent.map(\.name)))
    }
}
