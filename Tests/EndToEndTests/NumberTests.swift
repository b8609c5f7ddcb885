import Foundation
import TestSupport
import Testing

/// Numbers that the program cannot use as they are written, and figures that the data cannot have: told before anything trains, or with a reason.
@Suite struct NumberTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    private func write(_ rows: [String], header: String = "x,y", as name: String = "d") throws {
        try project.write(([header] + rows).joined(separator: "\n") + "\n", to: "data/\(name).csv")
    }

    private func experiment(
        inputs: String = "{x: {encode: numeric, scale: standard}}", target: String, split: String = "{validation: {fraction: 0.25}}",
        output: String = "sigmoid", training: String, more: String = ""
    ) throws {
        try project.write(
            """
            dataset: {csv: data/d.csv}
            inputs: \(inputs)
            target: \(target)
            split: \(split)
            model: {mlp: {hidden: [4], output: \(output)}}
            training: {\(training)}
            \(more)
            """, to: "experiments/e.yaml")
    }

    /// The cells of the row of the report's first table with this start, by the words of its column.
    private func row(_ start: String, below title: String? = nil) throws -> [String: String] {
        var lines = try project.text("results/e/report.md").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let title, let place = lines.firstIndex(of: title) { lines = Array(lines[place...]) }
        func cells(_ line: String) -> [String] { line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let head = try #require(lines.first { $0.hasPrefix("|") })
        let row = try #require(lines.first { $0.hasPrefix("| \(start)") })
        return Dictionary(try paired(cells(head), cells(row)), uniquingKeysWith: { first, _ in first })
    }

    // MARK: - 32 bits

    @Test func timesThatBecomeOneNumberAreRefusedAndScaledOnesAreRight() throws {
        try write((0..<40).map { "\(1_700_000_000 + $0),\(1_700_000_000 + $0)" }, header: "t,y")
        let training = "loss: mse, epochs: 2, metrics: [mae, r2]"
        try experiment(
            inputs: "{t: {encode: numeric, scale: standard}}", target: "{y: {encode: numeric}}", output: "linear", training: training,
            more: "baselines: [mean, linear]")
        let refused = try project.ablate("run", "e")
        #expect(refused.status == 2)
        #expect(
            refused.messages.contains(
                "data/d.csv:3:12: error: found 1700000001 in the column \"y\", which in 32 bits becomes the same number as 1700000000 in row 1; "
                    + "of 40 different numbers 1 is left\n"), "\(refused.messages)")
        #expect(
            refused.messages.contains(
                "write scale: standard (it works in 64 bits before it rounds), subtract what the numbers have in common, or encode classes as "
                    + "label or one-hot\n"), "\(refused.messages)")
        try experiment(
            inputs: "{t: {encode: numeric, scale: standard}}", target: "{y: {encode: numeric, scale: standard}}", output: "linear",
            training: training, more: "baselines: [mean, linear]")
        let run = try project.ablate("run", "e")
        #expect(run.status == 0, "\(run.messages)")
        let (mean, linear) = (try row("mean of", below: "### Plain baselines"), try row("least", below: "### Plain baselines"))
        #expect(mean["validation MAE"] == "20.00")
        #expect(mean["validation R²"] == "-48.48" || mean["validation R²"] == "−48.48")
        #expect(try #require(Double(linear["validation R²"] ?? "")) == 1)
    }

    @Test func daysThatBecomeOneNumberAreRefused() throws {
        try write((1...28).map { "\(20_240_100 + $0),\($0 % 2)" })
        try experiment(inputs: "{x: {encode: numeric}}", target: "{y: {encode: numeric}}", output: "linear", training: "loss: mse")
        let plan = try project.ablate("plan", "e")
        #expect(plan.status == 2)
        #expect(
            plan.messages.contains(
                "data/d.csv:5:1: error: found 20240104 in the column \"x\", which in 32 bits becomes the same number as 20240103 in row 3; "
                    + "of 28 different numbers 15 are left\n"), "\(plan.messages)")
        let preview = try project.ablate("data", "preview", "data/d.csv")
        #expect(preview.output.contains("x        whole numbers       0          28"), "\(preview.output)")
    }

    @Test(arguments: [
        ("{sgd: {learning_rate: 1e-46}}", "learning_rate must be above 0 in 32 bits, where 1e-46 is 0\n"),
        ("{adam: {beta_2: 0.999999999999}}", "beta_2 must be 0 or more and below 1 in 32 bits, where 0.999999999999 is 1\n"),
        ("{adam: {epsilon: 1e-50}}", "epsilon must be above 0 in 32 bits, where 1e-50 is 0\n"),
    ])
    func settingsThatLeaveTheirRangeIn32BitsAreRefused(optimizer: String, expected: String) throws {
        try experiment(target: "{y: {encode: label}}", training: "loss: binary_crossentropy, optimizer: \(optimizer)")
        let run = try project.ablate("run", "e")
        #expect(run.status == 2)
        #expect(run.messages.contains("error: " + expected), "\(run.messages)")
    }

    /// What libraries would take from the environment, and change results by.
    @Test(arguments: [
        ("ONEDNN_MAX_CPU_ISA", "SSE41"), ("DNNL_MAX_CPU_ISA", "AVX"), ("ONEDNN_CPU_ISA_HINTS", "PREFER_YMM"),
        ("ONEDNN_DEFAULT_FPMATH_MODE", "BF16"), ("DNNL_DEFAULT_FPMATH_MODE", "ANY"), ("OMP_NUM_THREADS", "7"), ("OMP_DYNAMIC", "true"),
        ("LC_ALL", "de_DE.UTF-8"),
    ])
    func theEnvironmentChangesNoBits(name: String, value: String) throws {
        try write((0..<40).map { "\(Double($0) / 10),\($0 % 3 == 0 ? 0 : 1)" })
        try experiment(target: "{y: {encode: label}}", training: "loss: binary_crossentropy, epochs: 3")
        func weights(_ results: String, _ environment: [String: String]) throws -> String {
            let run = try project.ablate("run", "e", "--results", results, environment: environment)
            #expect(run.status == 0, "\(run.messages)")
            let identity = try #require(project.runs(of: "e", results: results).first)
            let file = project.folder.appendingPathComponent("\(results)/e/runs/\(identity)/weights.safetensors")
            return try Data(contentsOf: file).base64EncodedString()
        }
        #expect(try weights("plain", [:]) == weights("changed", [name: value]))
    }

    // MARK: - Losses

    @Test func crossentropyOfOtherNumbersIsRefused() throws {
        try write((0..<40).map { "\(Double($0) / 10),\($0 % 4 == 0 ? -1 : 1)" })
        let training = "loss: binary_crossentropy, optimizer: {sgd: {learning_rate: 0.5}}, batch_size: 8, epochs: 40, metrics: [accuracy]"
        try experiment(target: "{y: {encode: numeric}}", training: training)
        let run = try project.ablate("run", "e")
        #expect(run.status == 2)
        #expect(
            run.messages.contains("error: binary_crossentropy needs targets from 0 to 1, \"y\" has -1 in row 1\n"), "\(run.messages)")
        #expect(run.messages.contains("encode the target as label or one-hot, or use mse or mae\n"))
        try experiment(target: "{y: {encode: label}}", training: training)
        #expect(try project.ablate("run", "e").status == 0)
        #expect(try row("`baseline`")["train accuracy"]?.hasPrefix("0.7") == true)
    }

    // MARK: - Figures

    /// Ten rows a fold; the last one has a single class.
    private func writeFolds() throws {
        try write((0..<30).map { "\(Double($0 * 7 % 30)),\($0 < 20 && $0 % 2 == 1 ? "b" : "a")" })
    }

    @Test func aFigureThatAFoldCannotHaveIsLeftOutOfMeans() throws {
        try writeFolds()
        try experiment(
            target: "{y: {encode: label}}", split: "{validation: {folds: 3}}",
            training: "loss: binary_crossentropy, metrics: [accuracy, roc_auc]",
            more: "select: {metric: val_roc_auc}\nseeds: 2")
        let run = try project.ablate("run", "e", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        let reason =
            "val_roc_auc is not defined: all 10 validation rows of fold 3 are of the class \"a\". Its means are over the 2 of 3 folds that have it."
        #expect(run.messages.contains("note: \(reason)\n"), "\(run.messages)")
        #expect(run.messages.contains("fold 3   val_roc_auc is not defined") && !run.messages.contains("diverged"))
        let report = try project.text("results/e/report.md")
        #expect(report.contains("- \(reason)\n"))
        #expect(!report.contains("diverged"))
        let show = try project.ablate("show", "e").output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let (folds, last) = (show.filter { $0.count > 5 && $0[1] == "baseline" }, 5)
        #expect(folds.count == 6 && folds.allSatisfy { ($0[3] == "3") == ($0[last] == "–") })
        let values = folds.filter { $0[3] != "3" }.compactMap { Double($0[last]) }
        #expect(values.count == 4)
        let text = try #require(try row("`baseline`")["validation ROC AUC of b"])
        let cell = try #require(Double(text.prefix { $0.isNumber || $0 == "." }))
        #expect(abs(cell - values.reduce(0, +) / 4) < 0.06)
    }

    @Test(arguments: [
        ("early_stopping: {monitor: val_roc_auc, patience: 2}", ""), ("reduce_on_plateau: {monitor: val_roc_auc}", ""),
    ])
    func aFigureThatIsNotDefinedIsNotWatched(watch: String, more: String) throws {
        try writeFolds()
        try experiment(
            target: "{y: {encode: label}}", split: "{validation: {folds: 3}}",
            training: "loss: binary_crossentropy, metrics: [roc_auc], \(watch)")
        let run = try project.ablate("run", "e")
        #expect(run.status == 2)
        #expect(
            run.messages.contains("error: val_roc_auc is not defined: all 10 validation rows of fold 3 are of the class \"a\"\n"),
            "\(run.messages)")
        #expect(run.messages.contains("use val_loss, or write kind: stratified, which gives every fold its share of each class\n"))
    }

    @Test func aFigureThatIsNowhereDefinedChoosesNothing() throws {
        try writeFolds()
        try experiment(
            target: "{y: {encode: label}}", split: "{validation: {fraction: 0.25}}",
            training: "loss: binary_crossentropy, metrics: [roc_auc]",
            more: "select: {metric: val_roc_auc}")
        let run = try project.ablate("run", "e")
        #expect(run.status == 2)
        #expect(
            run.messages.contains("e.yaml:7:18: error: val_roc_auc is not defined: all 8 validation rows are of the class \"a\"\n"),
            "\(run.messages)")
    }

    // MARK: - The positive class

    /// A network that has not trained yet takes all for the frequent class.
    @Test(arguments: [("", "paid", 1.0), (", positive: default", "default", 0), (", positive: paid", "paid", 1)])
    func figuresNameThePositiveClass(key: String, name: String, recall: Double) throws {
        try write((0..<40).map { "\($0 % 10),\($0 % 4 == 0 ? "default" : "paid")" })
        try experiment(
            target: "{y: {encode: label\(key)}}",
            training:
                "loss: binary_crossentropy, epochs: 60, optimizer: {adam: {learning_rate: 0.02}}, metrics: [accuracy, precision, recall, f1]",
            more: "select: {metric: val_recall}\nbaselines: [majority]")
        let run = try project.ablate("run", "e")
        #expect(run.status == 0, "\(run.messages)")
        #expect(try row("majority", below: "### Plain baselines")["validation recall of \(name)"].flatMap { Double($0) } == recall)
        #expect(try row("`baseline`")["validation F1 of \(name)"] != nil)
        #expect(try project.ablate("show", "e").output.hasSuffix("val_recall is of the class \"\(name)\"\n"))
    }

    @Test(arguments: [
        ("positive: defaul", "\"defaul\" is no class of the target \"y\"\n", "write default or paid\n"),
        ("positive: 1", "\"1\" is no class of the target \"y\"\n", "write default or paid\n"),
    ])
    func aPositiveClassMustBeOneOfTwo(key: String, message: String, help: String) throws {
        try write((0..<40).map { "\($0),\($0 % 4 == 0 ? "default" : "paid")" })
        try experiment(target: "{y: {encode: label, \(key)}}", training: "loss: binary_crossentropy")
        let run = try project.ablate("run", "e")
        #expect(run.status == 2)
        #expect(run.messages.contains("error: " + message) && run.messages.contains(help), "\(run.messages)")
    }

    // MARK: - Large whole numbers

    @Test func keysOfNineteenDigitsStayApart() throws {
        try write(
            (0..<60).map { "\(1_152_921_504_606_846_976 + $0),\(Double($0) / 7),\(1_152_921_504_606_846_976 + $0 % 3)" },
            header: "id,x,user")
        let written = try project.ablate("init", "data/d.csv", "-o", "experiments/e.yaml")
        #expect(written.status == 0, "\(written.messages)")
        let text = try project.text("experiments/e.yaml")
        #expect(text.contains("user: {encode: one-hot}"), "\(text)")
        #expect(!text.contains("id: {encode"), "\(text)")
        let preview = try project.ablate("data", "preview", "e")
        #expect(preview.output.contains("3 classes of user: 1152921504606846976 20"), "\(preview.output)")
    }
}
