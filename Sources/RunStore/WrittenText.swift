import Documents

/// What a network of running text wrote when its run ended.
public struct WrittenText: Hashable, Sendable {
    /// How boldly: what the logarithms of the probabilities were divided by.
    public var temperature: Double
    /// The text that was given.
    public var beginning: String
    /// What the network wrote after it.
    public var text: String

    /// What was written after a beginning.
    public init(temperature: Double, beginning: String, text: String) {
        self.temperature = temperature
        self.beginning = beginning
        self.text = text
    }

    var json: JSONValue {
        .object(["temperature": .number(temperature), "beginning": .string(beginning), "text": .string(text)])
    }

    /// Nil for anything else.
    init?(_ json: JSONValue) {
        guard let temperature = json["temperature"]?.double, let beginning = json["beginning"]?.string, let text = json["text"]?.string
        else {
            return nil
        }
        self.init(temperature: temperature, beginning: beginning, text: text)
    }
}
