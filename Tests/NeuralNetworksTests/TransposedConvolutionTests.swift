import NeuralNetworks
import Settings
import TensorEngine
import Testing

/// The way back from a convolution's result to images.
@Suite struct TransposedConvolutionTests {
    /// A window with gaps gives what a larger one gives with zeros in them, as in Keras on JAX (Keras on TensorFlow has none for the processor).
    @Test(arguments: [Padding.valid, .same], [Extent(1, 1), Extent(2, 3)])
    func gapsAreZeros(padding: Padding, strides: Extent) throws {
        let (rows, columns, filters, channels) = (2, 3, 4, 2)
        let numbers = (0..<rows * columns * filters * channels).map { Float($0 * 37 % 23) / 23 - 0.5 }
        var spread = [Float](repeating: 0, count: 4 * 5 * filters * channels)
        for (place, number) in numbers.enumerated() {
            let (cell, inner) = (place / (filters * channels), place % (filters * channels))
            spread[((cell / columns * 3) * 5 + cell % columns * 2) * filters * channels + inner] = number
        }
        func outputs(_ kernelSize: Extent, dilationRate: Extent, _ kernel: [Float]) throws -> (shape: Shape, numbers: [Float]) {
            let layer = Conv2DTransposeSettings(
                filters: filters, kernelSize: kernelSize, strides: strides, padding: padding, dilationRate: dilationRate)
            let network = try Network([.init("a", layer)], input: .dense([4, 3, channels]))
            let width = network.outputShape.count
            let examples = ExampleTables(
                inputs: .dense(.holding((0..<48).map { Float($0 * 29 % 31) / 31 - 0.5 }, columns: 24)),
                targets: .values(.holding([Float](repeating: 0, count: 2 * width), columns: width)))
            let programs = try makePrograms(
                [.init("a", layer), .init("b", FlattenSettings())], .dense([4, 3, channels]), loss: LossSettings(kind: .meanSquaredError),
                examples: examples)
            let sizes = Shape(kernelSize.sizes + [filters, channels])
            _ = try programs.store.elements("a/kernel", sizes).update(fromContentsOf: kernel)
            let use = try programs.evaluation(batch: 2)
            use.run(rows: [0, 1])
            return (network.outputShape, Array(use.scores))
        }
        let (dilated, whole) = (
            try outputs(Extent(2, 3), dilationRate: Extent(3, 2), numbers), try outputs(Extent(4, 5), dilationRate: Extent(1, 1), spread)
        )
        #expect(dilated.shape == whole.shape)
        for (one, other) in zip(dilated.numbers, whole.numbers) { #expect(abs(one - other) < 1e-6) }
        #expect(dilated.numbers.contains { abs($0) > 0.1 } && dilated.numbers.count == whole.numbers.count)
    }
}
