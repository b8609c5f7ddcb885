import Settings

/// A window that moves over the axes of places, `[places…, channels]`: a setting for each of these axes.
private struct ONNXWindow {
    let size: [Int]
    let strides: [Int]
    var dilation: [Int]?
    let padding: Padding

    enum Padding { case none, around, before }

    /// How many places are left of `places`, and the zeros before and behind them, as in Keras.
    func fit(_ places: [Int]) -> (left: [Int], pads: [Int]) {
        var (left, before, behind): ([Int], [Int], [Int]) = ([], [], [])
        for axis in places.indices {
            let reach = (size[axis] - 1) * (dilation?[axis] ?? 1) + 1
            if padding == .none {
                left.append((places[axis] - reach) / strides[axis] + 1)
                (before, behind) = (before + [0], behind + [0])
                continue
            }
            let count = (places[axis] + strides[axis] - 1) / strides[axis]
            let lacking = max((count - 1) * strides[axis] + reach - places[axis], 0)
            let first = padding == .around ? lacking / 2 : reach - 1
            left.append(count)
            (before, behind) = (before + [first], behind + [max(lacking - first, 0)])
        }
        return (left, before + behind)
    }

    /// Adds an operator that has such a window. Its axes are channels first, those here channels last.
    func add(
        _ kind: String, _ tensors: [String] = [], groups: Int? = nil, channels: Int, to graph: inout ONNXGraph, input: ONNXValue
    ) -> ONNXValue {
        let axes = size.indices.map { $0 + 1 }
        let (left, pads) = fit(Array(input.shape.dropLast()))
        let first = graph.node("Transpose", [input.name], ["perm": .integers([0, size.count + 1] + axes)])
        var attributes: [(String, ONNXGraph.Attribute)] = [
            ("kernel_shape", .integers(size)), ("strides", .integers(strides)), ("pads", .integers(pads)),
        ]
        if let dilation { attributes.append(("dilations", .integers(dilation))) }
        if let groups { attributes.append(("group", .integer(groups))) }
        let output = graph.node(kind, [first] + tensors, attributes)
        let last = graph.node("Transpose", [output], ["perm": .integers([0] + axes.map { $0 + 1 } + [1])])
        return ONNXValue(name: last, shape: left + [channels])
    }

    /// Adds a convolution with this window: `Conv`, bias and activation. The kernel lies as `[window…, channels / groups, filters]`.
    func convolve(
        _ layer: WeightSettings, kernel: [Float], groups: Int, filters: Int, to graph: inout ONNXGraph, input: ONNXValue,
        weights: LayerWeights
    ) throws(ONNXRefusal) -> ONNXValue {
        let cells = kernel.count / filters
        // Channels come before the window there.
        let (window, depth) = (size.reduce(1, *), input.width / groups)
        let turned = (0..<filters * cells).map { place in
            let (filter, rest) = (place / cells, place % cells)
            return kernel[((rest % window) * depth + rest / window) * filters + filter]
        }
        var tensors = [graph.tensor(turned, shape: [filters, depth] + size)]
        if layer.useBias { tensors.append(graph.tensor(try weights.values("bias", shape: [filters]), shape: [filters])) }
        let sums = add("Conv", tensors, groups: groups, channels: filters, to: &graph, input: input)
        return ONNXValue(name: layer.activation.add(to: &graph, input: sums.name), shape: sums.shape)
    }
}

extension Padding {
    fileprivate var ofWindow: ONNXWindow.Padding { self == .same ? .around : .none }
}

// MARK: - Convolutions

extension Conv2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let window = ONNXWindow(size: kernelSize.sizes, strides: strides.sizes, dilation: dilationRate.sizes, padding: padding.ofWindow)
        let kernel = try weights.values("kernel", shape: kernelSize.sizes + [input.width / groups, filters])
        return try window.convolve(
            self.weights, kernel: kernel, groups: groups, filters: filters, to: &graph, input: input, weights: weights)
    }
}

extension Conv1DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let ofWindow: ONNXWindow.Padding =
            switch padding {
            case .valid: .none
            case .same: .around
            case .causal: .before
            }
        let window = ONNXWindow(size: [kernelSize], strides: [strides], dilation: [dilationRate], padding: ofWindow)
        let line = input.shape.count == 1 ? graph.reshape(input, to: input.shape + [1]) : input
        let kernel = try weights.values("kernel", shape: [kernelSize, line.width / groups, filters])
        return try window.convolve(
            self.weights, kernel: kernel, groups: groups, filters: filters, to: &graph, input: line, weights: weights)
    }
}

extension DepthwiseConv2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let window = ONNXWindow(size: kernelSize.sizes, strides: strides.sizes, dilation: dilationRate.sizes, padding: padding.ofWindow)
        let kernel = try weights.values("kernel", shape: kernelSize.sizes + [input.width, depthMultiplier])
        return try window.convolve(
            self.weights, kernel: kernel, groups: input.width, filters: input.width * depthMultiplier, to: &graph, input: input,
            weights: weights)
    }
}

// MARK: - Pooling

extension PoolingSettings {
    fileprivate var window: ONNXWindow {
        ONNXWindow(size: poolSize.sizes, strides: (strides ?? poolSize).sizes, padding: padding.ofWindow)
    }
}

extension SequencePoolingSettings {
    fileprivate var window: ONNXWindow {
        ONNXWindow(size: [poolSize], strides: [strides ?? poolSize], padding: padding.ofWindow)
    }
}

extension MaxPooling2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        pooling.window.add("MaxPool", channels: input.width, to: &graph, input: input)
    }
}

extension AveragePooling2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        pooling.window.add("AveragePool", channels: input.width, to: &graph, input: input)
    }
}

extension MaxPooling1DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        pooling.window.add("MaxPool", channels: input.width, to: &graph, input: input)
    }
}

extension AveragePooling1DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        pooling.window.add("AveragePool", channels: input.width, to: &graph, input: input)
    }
}

extension ONNXGraph {
    /// A figure of each channel over all places: `ReduceMean`, `ReduceMax`.
    fileprivate mutating func reduce(_ input: ONNXValue, by kind: String) -> ONNXValue {
        let axes = input.shape.indices.dropLast().map { $0 + 1 }
        return ONNXValue(name: node(kind, [input.name], ["axes": .integers(axes), "keepdims": .integer(0)]), shape: [input.width])
    }
}

extension GlobalMaxPooling2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        graph.reduce(input, by: "ReduceMax")
    }
}

extension GlobalAveragePooling2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        graph.reduce(input, by: "ReduceMean")
    }
}

extension GlobalMaxPooling1DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        graph.reduce(input, by: "ReduceMax")
    }
}

extension GlobalAveragePooling1DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        graph.reduce(input, by: "ReduceMean")
    }
}
