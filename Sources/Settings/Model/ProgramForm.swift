import Documents

extension TrialSettings {
    /// What of the settings decides the programs that training compiles to, beside the widths that the data give: layers, activations, loss, optimizer,
    /// penalties, bounds on gradients, weights of classes, batch size. A number that only fills a program, such as a dropout rate or a momentum, counts
    /// as 0 or not; the learning rate, first weights, epochs, metrics and thresholds do not count.
    public var programForm: String {
        guard case .map(let members) = Self.record.schema.encode(self, for: .identity) else { return "" }
        let parts = members.filter { $0.key == "model" || $0.key == "training" }
        return PlainValue.map(parts).programForm.canonicalJSON + (target.encoding == .label ? " label" : "")
    }
}

extension PlainValue {
    private static let withoutEffect: Set<String> = [
        "learning_rate", "kernel_initializer", "bias_initializer", "epochs", "metrics", "threshold", "early_stopping",
        "reduce_on_plateau",
    ]

    /// The same without what fills a program alone.
    fileprivate var programForm: PlainValue {
        switch self {
        case .number(let number): .boolean(number != 0)
        case .list(let items): .list(items.map(\.programForm))
        case .map(let members):
            .map(
                members.filter { !Self.withoutEffect.contains($0.key) }.map { member in
                    .init(member.key, member.key == "class_weight" ? .boolean(member.value != .null) : member.value.programForm)
                })
        case .null, .boolean, .integer, .text: self
        }
    }
}
