import Documents

/// A layer that was trained by itself before the whole network.
public struct PretrainedLayer: Hashable, Sendable {
    /// Its name.
    public var layer: String
    /// The error of what it gives again, after each pass over the train rows.
    public var errors: [Double]

    /// A layer and its errors.
    public init(layer: String, errors: [Double]) {
        self.layer = layer
        self.errors = errors
    }

    /// The first pass, counted from 1, after which the error was no finite number; nil where all are.
    public var divergedPass: Int? { errors.firstIndex { !$0.isFinite }.map { $0 + 1 } }

    var json: JSONValue { .object(["layer": .string(layer), "errors": .array(errors.map(JSONValue.number))]) }

    /// Nil for anything else.
    init?(_ json: JSONValue) {
        guard let layer = json["layer"]?.string, let errors = json["errors"]?.array else { return nil }
        self.init(layer: layer, errors: errors.map { $0.double ?? .nan })
    }
}

extension Record {
    /// The first layer whose training by itself diverged, and the pass from which on: layers behind it learn from what it gives. Nil where none did.
    public var divergedPretraining: (layer: String, pass: Int)? {
        for layer in pretraining ?? [] {
            if let pass = layer.divergedPass { return (layer.layer, pass) }
        }
        return nil
    }
}
