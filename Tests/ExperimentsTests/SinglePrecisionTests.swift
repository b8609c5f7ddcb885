import Documents
import Experiments
import Settings
import Testing

/// Numbers that are used in 32 bits keep to their ranges there, not in 64 bits alone.
@Suite struct SinglePrecisionTests {
    private static let small = "the smallest number of 32 bits is 1.2e-38"
    private static let large = "the largest number of 32 bits is 3.4e38"
    private static let nearOne = "the largest number below 1 in 32 bits is 0.99999994"

    private static func file(optimizer: String = "adam", loss: String = "mse", layers: String = "[dense: {units: 1}]", more: String = "")
        -> String
    {
        """
        title: T
        dataset: {csv: a.csv}
        inputs: {"*": {encode: numeric}}
        target: {y: {encode: numeric}}
        model: {layers: \(layers)}
        training: {loss: \(loss), optimizer: \(optimizer), metrics: [mae]\(more)}
        """
    }

    private static let settings: [(text: String, expected: String)] = [
        (file(optimizer: "{sgd: {learning_rate: 1e-46}}"), "learning_rate must be above 0 in 32 bits, where 1e-46 is 0 | \(small)"),
        (file(optimizer: "{sgd: {learning_rate: 1e-40}}"), "learning_rate must be above 0 in 32 bits, where 1e-40 is 0 | \(small)"),
        (
            file(optimizer: "{sgd: {learning_rate: 1e39}}"),
            "learning_rate must be above 0 in 32 bits, where 1e39 is infinite | \(large)"
        ),
        (
            file(optimizer: "{sgd: {momentum: 0.99999999}}"),
            "momentum must be 0 or more and below 1 in 32 bits, where 0.99999999 is 1 | \(nearOne)"
        ),
        (
            file(optimizer: "{adam: {beta_2: 0.999999999999}}"),
            "beta_2 must be 0 or more and below 1 in 32 bits, where 0.999999999999 is 1 | \(nearOne)"
        ),
        (
            file(optimizer: "{adam: {beta_1: 1e-39}}"),
            "beta_1 must be 0, or at least 1.2e-38 away from it in 32 bits, where 1e-39 is 0 | \(small)"
        ),
        (file(optimizer: "{adam: {epsilon: 1e-50}}"), "epsilon must be above 0 in 32 bits, where 1e-50 is 0 | \(small)"),
        (
            file(optimizer: "{rmsprop: {rho: 0.99999999}}"),
            "rho must be 0 or more and below 1 in 32 bits, where 0.99999999 is 1 | \(nearOne)"
        ),
        (
            file(optimizer: "{adamw: {weight_decay: 1e-300}}"),
            "weight_decay must be 0, or at least 1.2e-38 away from it in 32 bits, where 1e-300 is 0 | \(small)"
        ),
        (
            file(optimizer: "{adagrad: {initial_accumulator: 1e200}}"),
            "initial_accumulator must be 0 or more in 32 bits, where 1e200 is infinite | \(large)"
        ),
        (
            file(optimizer: "{sgd: {learning_rate: {exponential_decay: {initial: 1e-45, steps: 1, rate: 0.5}}}}"),
            "initial must be above 0 in 32 bits, where 1e-45 is 0 | \(small)"
        ),
        (
            file(optimizer: "{sgd: {learning_rate: {piecewise_constant: {boundaries: [3], values: [1, 1e-99]}}}}"),
            "values[1] must be above 0 in 32 bits, where 1e-99 is 0 | \(small)"
        ),
        (file(loss: "{huber: {delta: 1e-50}}"), "delta must be above 0 in 32 bits, where 1e-50 is 0 | \(small)"),
        (
            file(layers: "[dropout: 0.99999999, dense: {units: 1}]"),
            "dropout must be 0 or more and below 1 in 32 bits, where 0.99999999 is 1 | \(nearOne)"
        ),
        (
            file(layers: "[layer_norm: {epsilon: 1e-46}, dense: {units: 1}]"),
            "epsilon must be above 0 in 32 bits, where 1e-46 is 0 | \(small)"
        ),
        (
            file(layers: "[dense: {units: 1, kernel_initializer: {constant: -1e39}}]"),
            "constant must be a finite number in 32 bits, where -1e39 is infinite | \(large)"
        ),
        (
            file(layers: "[dense: {units: 1, kernel_initializer: {uniform: {low: 1, high: 1.000000001}}}]"),
            "low must be below high in 32 bits"
        ),
        (
            file(layers: "[dense: {units: 1, kernel_regularizer: {l2: 1e-46}}]"),
            "l2 must be 0, or at least 1.2e-38 away from it in 32 bits, where 1e-46 is 0 | \(small)"
        ),
        (file(more: ", gradient_clipping: {norm: 1e-44}"), "norm must be above 0 in 32 bits, where 1e-44 is 0 | \(small)"),
        (file(more: ", class_weight: {a: 1e39}"), "a must be 0 or more in 32 bits, where 1e39 is infinite | \(large)"),
    ]

    @Test(arguments: settings)
    func numbersThatLeaveTheirRangeIn32BitsAreRefused(text: String, expected: String) {
        #expect(errors(text).map { $0.drop { $0 != " " }.dropFirst() } == [expected[...]])
    }

    @Test(arguments: [
        file(optimizer: "{sgd: {learning_rate: 1.2e-38}}"), file(optimizer: "{adam: {beta_2: 0.99999994, beta_1: 0, epsilon: 1e-37}}"),
        file(layers: "[dropout: 0, dense: {units: 1, kernel_regularizer: {l2: 0}}]"), file(loss: "{huber: {delta: 3e38}}"),
        file(optimizer: "{rmsprop: {rho: 0.1}}"),
    ])
    func numbersWithinTheirRangeAreTaken(text: String) {
        #expect(errors(text) == [])
    }

    @Test func everyNumberOfModelAndTrainingIsBounded() {
        // What stays in 64 bits: thresholds of figures, and the pace of a schedule.
        let double: Set = ["min_delta", "threshold", "rate"]
        var checked = 0
        func look(_ shape: Shape, _ name: String) {
            switch shape {
            case .number(let bounds):
                checked += 1
                #expect(bounds.isSinglePrecision || double.contains(name), "\(name)")
            case .list(let list): look(list.items, name)
            case .map(let map): look(map.values, name)
            case .record(let record): record.fields.forEach { look($0.shape, $0.key) }
            case .choice(let choice): choice.cases.forEach { one in one.payload.map { look($0, one.word.text) } }
            case .either(let shapes): shapes.forEach { look($0, name) }
            case .optional(let shape): look(shape, name)
            case .any, .boolean, .integer, .text, .enumeration: break
            }
        }
        for key in ["model", "training"] { TrialSettings.record.shape.field(key).map { look($0.shape, key) } }
        #expect(checked > 40)
    }
}
