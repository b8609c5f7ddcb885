import Datasets
import Scheduling
import Settings

extension StarterExperiment {
    /// What the inputs are, where they are images.
    var image: ImageShape? { suggestion.inputs.columns.lazy.compactMap(\.image).first }

    /// What the data are, in words.
    var size: String {
        guard let image = profile.imageShape, self.image != nil else {
            return "\(counted(profile.rowCount, "row")) of \(counted(profile.columns.count, "column"))"
        }
        let colours = image.channels == 1 ? "" : ", \(counted(image.channels, "channel"))"
        return
            "\(counted(profile.rowCount, "image")), \(image.resize == nil ? "of" : "brought to") \(image.height) x \(image.width)\(colours)"
    }

    /// The layers of a small convolutional network, with as many halvings as the sides leave room for.
    func convolutions(on image: ImageShape) -> String {
        var side = min(image.height, image.width)
        var layers: [String] = []
        for filters in [16, 32, 64] where layers.isEmpty || side >= Self.smallestSide {
            layers.append("conv2d: {filters: \(filters), kernel_size: 3, padding: same, activation: relu}")
            if side >= 2 { layers.append("max_pooling2d") }
            side /= 2
        }
        layers += ["flatten", "dropout: 0.5", "dense: {units: \(units), activation: \(output)}"]
        return (["  layers:"] + layers.map { "    - \($0)" }).joined(separator: "\n")
    }

    /// Below this many rows, or columns, nothing more is halved.
    private static let smallestSide = 7

    private var units: String {
        switch suggestion.classCount {
        case nil, 2: "1"
        default: "classes"
        }
    }
}
