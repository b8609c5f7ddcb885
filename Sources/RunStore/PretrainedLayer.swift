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

    /// By how much of itself an error must have grown to count as worse: less is the luck of a pass.
    private static let margin = 0.01

    /// What went wrong while it was trained; nil where nothing did.
    public var trouble: PretrainingTrouble? {
        if let place = errors.firstIndex(where: { !$0.isFinite }) { return .diverged(pass: place + 1) }
        guard let first = errors.first, let last = errors.last, last > first * (1 + Self.margin) else { return nil }
        return .worsened(from: first, to: last)
    }

    var json: JSONValue { .object(["layer": .string(layer), "errors": .array(errors.map(JSONValue.number))]) }

    /// Nil for anything else.
    init?(_ json: JSONValue) {
        guard let layer = json["layer"]?.string, let errors = json["errors"]?.array else { return nil }
        self.init(layer: layer, errors: errors.map { $0.double ?? .nan })
    }
}

/// What may go wrong while a layer is trained by itself.
public enum PretrainingTrouble: Hashable, Sendable {
    /// From this pass on, counted from 1, the error was no finite number.
    case diverged(pass: Int)
    /// The error after the last pass is above that after the first, by a hundredth of it or more.
    case worsened(from: Double, to: Double)
}

extension Record {
    /// The first layer with which something went wrong while it was trained by itself, and what: layers behind it learn from what it gives. Nil where nothing did.
    public var pretrainingTrouble: (layer: String, trouble: PretrainingTrouble)? {
        for layer in pretraining ?? [] {
            if let trouble = layer.trouble { return (layer.layer, trouble) }
        }
        return nil
    }
}
