extension SampleProject {
    static let code = """
        title: A narrow code
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: standard}}
        target: inputs
        labels: grade
        split: {validation: {first: 12}}
        model: {layers: [{dense: {units: 3, activation: tanh, name: code}}, {dense: {units: 2}}]}
        training: {loss: mse, optimizer: adam, epochs: 3, batch_size: 8, clusters: {count: 2, layer: code}}
        seeds: 2

        """

    /// An experiment on what `making` of another gives.
    static func grades(of experiment: String, _ making: String) -> String {
        """
        title: Which grade?
        dataset: {features: {experiment: \(experiment), seed: 2, \(making)}}
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {grade: {encode: label}}
        split: {validation: {first: 12}}
        model: {layers: [{dense: {units: 4, activation: tanh, name: inner}}, {dense: {units: classes, activation: softmax}}]}
        training: {loss: sparse_categorical_crossentropy, optimizer: adam, epochs: 3, batch_size: 8}
        seeds: 2

        """
    }

    /// A code, grades by its numbers and by its data's components, and grades by what those made.
    static func withFeatures() throws -> SampleProject {
        let project = try SampleProject()
        try project.write(code, to: "experiments/code.yaml")
        try project.write(grades(of: "code", "layer: code"), to: "experiments/grades.yaml")
        try project.write(grades(of: "grades", "layer: inner"), to: "experiments/again.yaml")
        try project.write(grades(of: "code", "pca: 1"), to: "experiments/components.yaml")
        return project
    }
}
