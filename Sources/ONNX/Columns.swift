import Datasets

extension FittedColumn {
    /// Adds an input for the column and the operators that encode it. A cell that `predict` would refuse becomes not a number, and so does the answer.
    ///
    /// - Returns: the features, `[rows, width]` in single precision.
    func add(to graph: inout ONNXGraph) throws(ONNXRefusal) -> String {
        guard indicatesMissing != true else {
            throw ONNXRefusal(
                "the column \(column) has a feature that says where cells are empty, which this program does not write as ONNX")
        }
        switch fit {
        case .numeric(let shift, let divisor, let logarithm):
            // The arithmetic is that of training: in double precision, rounded at the end.
            var exact = graph.node(
                "Cast", [graph.input(column, .float, lengths: [1])], ["to": .integer(ONNXGraph.ElementType.double.rawValue)])
            if let missing {
                guard let number = Double(missing) else { throw ONNXRefusal("the column \(column) fills empty cells with \"\(missing)\"") }
                exact = graph.node("Where", [graph.node("IsNaN", [exact]), graph.tensor([number], shape: [1]), exact])
            }
            if logarithm == .log1p { exact = graph.node("Add", [exact, graph.tensor([1.0], shape: [1])]) }
            if logarithm != nil { exact = graph.node("Log", [exact]) }
            let centred = graph.node("Sub", [exact, graph.tensor([shift], shape: [1])])
            let scaled = graph.node("Div", [centred, graph.tensor([divisor], shape: [1])])
            return graph.node("Cast", [scaled], ["to": .integer(ONNXGraph.ElementType.float.rawValue)])
        case .ordinal(let order, let shift, let divisor):
            return numbers(of: order, order.indices.map { Float((Double($0) - shift) / divisor) }, in: &graph)
        case .yesNo:
            let answers = Self.yesAndNo
            return numbers(of: answers.map(\.text), answers.map { Float($0.number) }, in: &graph)
        case .label(let categories):
            let places = places(categories, first: 0)
            return graph.node(
                "LabelEncoder", [graph.input(column, .text, lengths: [1])],
                [
                    "keys_strings": .texts(places.texts), "values_floats": .floats(places.numbers.map(Float.init)),
                    "default_float": .float(.nan),
                ],
                domain: "ai.onnx.ml")
        case .oneHot(let categories, let dropFirst, let ignoresUnknown, let rare):
            let depth = width
            guard depth > 0 else { throw ONNXRefusal("the column \(column) gives no feature") }
            // What is at or behind the depth has no column.
            let unknown = depth + 1
            var places = places(categories, first: dropFirst ? -1 : 0)
            places.numbers = places.numbers.map { $0 < 0 ? depth : $0 }
            // Rare categories share the last column.
            places.texts += rare?.names ?? []
            places.numbers += (rare?.names ?? []).map { _ in depth - 1 }
            let other = rare?.includeUnknown == true ? depth - 1 : unknown
            let place = graph.node(
                "LabelEncoder", [graph.input(column, .text, lengths: [1])],
                ["keys_strings": .texts(places.texts), "values_int64s": .integers(places.numbers), "default_int64": .integer(other)],
                domain: "ai.onnx.ml")
            let ends = graph.tensor([Float(0), 1], shape: [2])
            let hot = graph.node("OneHot", [place, graph.tensor([depth], shape: [1]), ends], ["axis": .integer(-1)])
            let row = graph.node("Flatten", [hot], ["axis": .integer(1)])
            if ignoresUnknown { return row }
            let isUnknown = graph.node("Equal", [place, graph.tensor([unknown], shape: [1])])
            return graph.node("Where", [isUnknown, graph.tensor([Float.nan], shape: [1]), row])
        default:
            throw ONNXRefusal("the column \(column) has an encoding that this program does not write as ONNX (\(words))")
        }
    }

    /// The number of each text, and where empty cells are filled that of what fills them; other texts give not a number.
    private func numbers(of texts: [String], _ numbers: [Float], in graph: inout ONNXGraph) -> String {
        let fill = missing.flatMap(texts.firstIndex).map { numbers[$0] }
        return graph.node(
            "LabelEncoder", [graph.input(column, .text, lengths: [1])],
            [
                "keys_strings": .texts(texts + (fill == nil ? [] : [""])), "values_floats": .floats(numbers + (fill.map { [$0] } ?? [])),
                "default_float": .float(.nan),
            ],
            domain: "ai.onnx.ml")
    }

    /// Each category with its place, and where empty cells are filled the empty text with that of what fills them.
    private func places(_ categories: [String], first: Int) -> (texts: [String], numbers: [Int]) {
        var found = (texts: categories, numbers: categories.indices.map { $0 + first })
        if let missing, !categories.contains(""), let place = categories.firstIndex(of: missing) {
            found.texts.append("")
            found.numbers.append(place + first)
        }
        return found
    }
}
