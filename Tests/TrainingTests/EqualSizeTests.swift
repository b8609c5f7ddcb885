import Datasets
import Settings
import Testing
import Training

/// The widths that give a network its number of parameters.
struct EqualSizeTests {
    private let table: TableOnDisk

    init() throws {
        table = try TableOnDisk(columns: ["a", "b", "c", "y"], rows: (0..<8).map { row in (0..<4).map { String((row + $0) % 5) } })
    }

    private func settings(_ widths: [Int]) -> TrialSettings {
        .of(
            target: .numeric(scale: .none),
            layers: widths.map { DenseSettings(units: .count($0), activation: .relu) } + [DenseSettings(units: .target)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError)))
    }

    private func solved(_ widths: [Int], parameters: Int) throws -> [Int] {
        let settings = settings(widths)
        let data = try table.open(settings).summary
        return try Training.settings(settings, withParameters: parameters, data: data).model.hiddenWidths.map(\.width)
    }

    /// Three inputs, h units and one output train 5 h + 1 numbers; with two such layers h² + 6 h + 1.
    @Test(arguments: [
        ([64], 5 * 17 + 1, [17]), ([2], 5 * 900 + 1, [900]), ([64, 64], 10 * 10 + 6 * 10 + 1, [10, 10]),
        // Between 5 · 3 + 1 and 5 · 4 + 1 the nearer; of two as near there is none here.
        ([8], 18, [3]), ([8], 19, [4]),
        // A width that is half the other stays half of it.
        ([64, 32], (3 + 1) * 40 + 41 * 20 + 21, [40, 20]),
        // Never below one unit.
        ([64, 64], 1, [1, 1]),
    ])
    func theWidthsThatComeNearest(_ widths: [Int], _ parameters: Int, _ expected: [Int]) throws {
        #expect(try solved(widths, parameters: parameters) == expected)
    }

    /// The layers of a block keep their widths; those beside it change.
    @Test func blocksKeepTheirWidths() throws {
        var settings = settings([64])
        let block = ResidualSettings([LayerSettings(kind: DenseSettings(units: .count(3)))])
        settings.model.layers.insert(LayerSettings(kind: block), at: 0)
        let data = try table.open(settings).summary
        let found = try Training.settings(settings, withParameters: 12 + 5 * 17 + 1, data: data).model
        #expect(found.hiddenWidths.map(\.width) == [17] && found.layers[0].kind.erased == block.erased)
    }

    @Test func aNetworkWithoutHiddenLayersHasNoWidthToChange() throws {
        let error = #expect(throws: PreparationProblem.self) { try solved([], parameters: 100) }
        #expect(error?.message == "no hidden layer has a width that could give the network 100 parameters")
    }
}
