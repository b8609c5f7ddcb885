import Documents

// What of the settings decides the programs that training compiles to, beside the widths that the data give. A number that only fills a program, such
// as a dropout rate or a momentum, counts as 0 or not; the learning rate, first weights, epochs, metrics, thresholds and changes of images do not count.

extension ModelSettings {
    /// Layers, activations, penalties: equal for networks that differ in numbers alone which only fill a program.
    public var programForm: String { Self.schema.encode(self, for: .identity).programForm.canonicalJSON }
}

extension TrainingSettings {
    /// Loss, optimizer, bounds on gradients, weights of classes, batch size: equal where no more differs than numbers which only fill a program.
    public var programForm: String { Self.schema.encode(self, for: .identity).programForm.canonicalJSON }
}

extension PlainValue {
    private static let withoutEffect: Set<String> = [
        "learning_rate", "kernel_initializer", "bias_initializer", "embeddings_initializer", "recurrent_initializer", "epochs", "metrics",
        "threshold", "early_stopping",
        "reduce_on_plateau", "augment", "augment_validation",
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
