import AllocationCounter
import TensorEngine
import TestSupport
import Testing

/// Images that are changed while a batch is gathered.
@Suite struct AugmentationTests {
    /// Images of 5 x 4 pixels, whose numbers tell their image, row, column and channel.
    private static func table(_ images: Int, channels: Int = 1) -> FloatTable {
        var numbers: [Float] = []
        for image in 0..<images {
            for row in 0..<5 {
                for column in 0..<4 { for channel in 0..<channels { numbers.append(number(image, row, column, channel)) } }
            }
        }
        return .holding(numbers, columns: 20 * channels)
    }

    private static func number(_ image: Int, _ row: Int, _ column: Int, _ channel: Int) -> Float {
        Float(1000 * (image + 1) + 100 * row + 10 * column + channel)
    }

    private func images(channels: Int = 1, seed: Int = 3, _ change: (inout ImageAugmentation) -> Void) -> ImageAugmentation {
        var images = ImageAugmentation(height: 5, width: 4, channels: channels, seed: seed)
        change(&images)
        return images
    }

    // MARK: - Moves

    /// What an image looks like that is moved, mirrored and filled, pixel by pixel.
    private func expected(_ image: Int, _ draw: AugmentationDraw, channels: Int, repeatsEdges: Bool) -> [Float] {
        var result: [Float] = []
        for row in 0..<5 {
            for column in 0..<4 {
                for channel in 0..<channels {
                    var (from, beside) = (row - draw.down, column - draw.right)
                    if !repeatsEdges, !(0..<5).contains(from) || !(0..<4).contains(beside) {
                        result.append(-1)
                        continue
                    }
                    (from, beside) = (min(max(from, 0), 4), min(max(beside, 0), 3))
                    result.append(Self.number(image, draw.isUpsideDown ? 4 - from : from, draw.isMirrored ? 3 - beside : beside, channel))
                }
            }
        }
        return result
    }

    @Test(arguments: [1, 3], [false, true])
    func imagesMoveAndAreMirrored(channels: Int, repeatsEdges: Bool) {
        let images = images(channels: channels) {
            ($0.shift, $0.flipsHorizontally, $0.flipsVertically) = (2, true, true)
            $0.fill = repeatsEdges ? .nearest : .number(-1)
        }
        let rows = (0..<400).map { Int32($0) }
        let found = images.applied(to: Self.table(400, channels: channels), rows: rows, epoch: 2)
        var seen: Set<[Int]> = []
        for row in 0..<400 {
            let draw = AugmentationStreams(images).draw(epoch: 2, row: row)
            seen.insert([draw.down, draw.right, draw.isMirrored ? 1 : 0, draw.isUpsideDown ? 1 : 0])
            let size = 20 * channels
            #expect(Array(found[row * size..<(row + 1) * size]) == expected(row, draw, channels: channels, repeatsEdges: repeatsEdges))
        }
        // Each of 5 x 5 places in each of the four mirrors, but for the few that 400 draws miss.
        #expect(seen.count > 90)
        #expect(seen.allSatisfy { abs($0[0]) <= 2 && abs($0[1]) <= 2 })
    }

    /// A padded image is that image in the middle of zeros, and moves among them.
    @Test(arguments: [false, true]) func paddedImagesStandAmongZeros(isResampled: Bool) {
        let table = FloatTable.holding([1, 2, 3, 4, 5, 6], columns: 6)
        var images = ImageAugmentation(height: 2, width: 3, channels: 1, seed: 5)
        images.pad = 1
        if isResampled { images.zoom = 1e-300 }
        let still: [Float] = [0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0]
        #expect(images.applied(to: table, rows: [0], epoch: 1) == still)
        images.shift = 2
        images.flipsHorizontally = true
        for epoch in 1...40 {
            let draw = AugmentationStreams(images).draw(epoch: epoch, row: 0)
            let expected = (0..<20).map { place -> Float in
                let (row, column) = (place / 5 - draw.down, place % 5 - draw.right)
                guard (0..<4).contains(row), (0..<5).contains(column) else { return 0 }
                return still[row * 5 + (draw.isMirrored ? 4 - column : column)]
            }
            #expect(images.applied(to: table, rows: [0], epoch: epoch) == expected)
        }
    }

    // MARK: - Turns

    /// The values of an image of `side` x `side` under a draw.
    private func resampled(_ values: [Float], side: Int, fill: ImageAugmentation.Fill = .number(0), _ draw: AugmentationDraw) -> [Float] {
        var images = ImageAugmentation(height: side, width: side, channels: 1, seed: 0)
        images.fill = fill
        return [Float](unsafeUninitializedCapacity: side * side) { result, count in
            values.withUnsafeBufferPointer { values in
                guard let source = values.baseAddress, let start = result.baseAddress else { return }
                draw.resample(source, to: start, images)
            }
            count = side * side
        }
    }

    private func nearly(_ first: [Float], _ second: [Float]) -> Bool {
        first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) < 1e-4 }
    }

    @Test func aQuarterTurnIsAnticlockwise() {
        var draw = AugmentationDraw()
        draw.angle = .pi / 2
        // To 1e-6 of the edges the fill counts, with a weight as small.
        #expect(nearly(resampled([1, 2, 3, 4, 5, 6, 7, 8, 9], side: 3, fill: .nearest, draw), [3, 6, 9, 2, 5, 8, 1, 4, 7]))
    }

    @Test func enlargementsAndWindowsReadBetweenPixels() {
        var draw = AugmentationDraw()
        draw.factor = 2
        #expect(resampled([0, 0, 0, 0, 4, 0, 0, 0, 0], side: 3, draw) == [1, 2, 1, 2, 4, 2, 1, 2, 1])
        draw.factor = 0.5
        #expect(resampled([1, 1, 1, 1, 4, 1, 1, 1, 1], side: 3, draw) == [0, 0, 0, 0, 4, 0, 0, 0, 0])
        draw = AugmentationDraw()
        // The lower right quarter of 4 x 4, stretched to the whole; its neighbours shine in at its edges.
        (draw.lacking, draw.top, draw.left) = (2, 2, 2)
        let window = resampled((0..<16).map(Float.init), side: 4, fill: .nearest, draw)
        // A quarter of a pixel to the right of 10 and below it.
        #expect(window[5] == 10 + 0.25 * (1 + 4))
        #expect(window[15] == 15)
    }

    @Test func shiftsAndMirrorsOfResampledImagesAreThoseOfWholePixels() {
        var draw = AugmentationDraw()
        (draw.down, draw.right, draw.isMirrored) = (1, -1, true)
        #expect(resampled([1, 2, 3, 4, 5, 6, 7, 8, 9], side: 3, draw) == [0, 0, 0, 2, 1, 0, 5, 4, 0])
    }

    @Test func turnsEnlargementsAndWindowsStayWithinTheirBounds() {
        let images = images { ($0.rotate, $0.zoom, $0.crop, $0.noise) = (20, 0.25, 2, 0.5) }
        let draws = (0..<500).map { AugmentationStreams(images).draw(epoch: 1, row: $0) }
        #expect(draws.allSatisfy { abs($0.angle) <= 20 * Double.pi / 180 && abs($0.factor - 1) <= 0.25 })
        #expect(draws.allSatisfy { $0.top <= $0.lacking && $0.left <= $0.lacking })
        #expect(Set(draws.map(\.lacking)) == [0, 1, 2])
        #expect(draws.map(\.angle).max() ?? 0 > 0.3 && draws.map(\.angle).min() ?? 0 < -0.3)
        #expect(draws.map(\.factor).max() ?? 0 > 1.23 && draws.map(\.factor).min() ?? 1 < 0.77)
    }

    // MARK: - Noise and holes

    @Test func noiseIsNormal() {
        let table = FloatTable.holding([Float](repeating: 2, count: 20 * 500), columns: 20)
        let found = images { $0.noise = 0.5 }.applied(to: table, rows: (0..<500).map { Int32($0) }, epoch: 1)
        let mean = found.reduce(0, +) / 10_000
        let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000
        #expect(abs(mean - 2) < 0.02)
        #expect(abs(variance.squareRoot() - 0.5) < 0.02)
    }

    @Test func noiseMayBeHeldBetweenBounds() {
        let table = FloatTable.holding([Float](repeating: 0.5, count: 20 * 100), columns: 20)
        let rows = (0..<100).map { Int32($0) }
        let free = images { $0.noise = 0.5 }.applied(to: table, rows: rows, epoch: 1)
        let held = images { ($0.noise, $0.clip) = (0.5, .range(low: 0, high: 1)) }.applied(to: table, rows: rows, epoch: 1)
        #expect(held == free.map { min(max($0, 0), 1) } && held != free)
    }

    @Test func aShareOfTheNumbersIsMasked() {
        let table = FloatTable.holding([Float](repeating: 2, count: 20 * 500), columns: 20)
        let rows = (0..<500).map { Int32($0) }
        let masked = images { $0.mask = 0.3 }.applied(to: table, rows: rows, epoch: 1)
        #expect(Set(masked) == [0, 2])
        #expect(abs(Double(masked.count { $0 == 0 }) / 10_000 - 0.3) < 0.02)
        // Behind noise, which is drawn as without it.
        let noisy = images { $0.noise = 0.5 }.applied(to: table, rows: rows, epoch: 1)
        let both = images { ($0.noise, $0.mask) = (0.5, 0.3) }.applied(to: table, rows: rows, epoch: 1)
        #expect(zip(both, zip(noisy, masked)).allSatisfy { $0 == ($1.1 == 0 ? 0 : $1.0) })
    }

    @Test func aSquareAroundAnyPixelIsTakenOut() {
        let table = FloatTable.holding([Float](repeating: 2, count: 20 * 200), columns: 20)
        let found = images { ($0.cutout, $0.fill) = (3, .number(7)) }.applied(to: table, rows: (0..<200).map { Int32($0) }, epoch: 1)
        let holes = (0..<200).map { image in found[image * 20..<(image + 1) * 20].count { $0 == 7 } }
        #expect(Set(holes) == [4, 6, 9])
    }

    // MARK: - What decides

    @Test func eachRowOfEachEpochIsDrawnByItself() {
        let table = Self.table(50)
        let images = images { ($0.shift, $0.rotate, $0.noise, $0.cutout) = (1, 30, 0.1, 1) }
        let all = images.applied(to: table, rows: (0..<50).map { Int32($0) }, epoch: 4)
        #expect(images.applied(to: table, rows: [17], epoch: 4) == Array(all[17 * 20..<18 * 20]))
        #expect(images.applied(to: table, rows: [17], epoch: 5) != Array(all[17 * 20..<18 * 20]))
        #expect(
            self.images(seed: 4) { ($0.shift, $0.rotate, $0.noise, $0.cutout) = (1, 30, 0.1, 1) }
                .applied(to: table, rows: [17], epoch: 4) != Array(all[17 * 20..<18 * 20]))
    }

    @Test func aChangeLeavesTheDrawsOfOthersAsTheyWere() {
        let (alone, both) = (images { $0.shift = 2 }, images { ($0.shift, $0.flipsVertically, $0.rotate) = (2, true, 10) })
        for row in 0..<20 {
            let draws = [alone, both].map { AugmentationStreams($0).draw(epoch: 1, row: row) }
            #expect(draws[0].down == draws[1].down && draws[0].right == draws[1].right)
        }
    }

    @Test func imagesThatDoNotChangeByEpochAreTheSameInAll() {
        let images = images { ($0.shift, $0.changesByEpoch) = (2, false) }
        let results = [1, 2].map { images.applied(to: Self.table(20), rows: (0..<20).map { Int32($0) }, epoch: $0) }
        #expect(results[0] == results[1])
    }

    @Test func rowsOfAnotherSizeAreRefused() throws {
        var graph = Graph()
        let rows = try graph.batchRows(2)
        #expect(throws: ShapeError.self) {
            try graph.gather(.holding([1, 2, 3, 4], columns: 2), rows, augmentation: images { $0.shift = 1 })
        }
    }

    /// A program gives what `applied` does, and allocates nothing.
    @Test func aProgramChangesItsBatch() throws {
        let images = images { ($0.shift, $0.rotate, $0.noise) = (1, 10, 0.1) }
        var graph = Graph()
        let output = try graph.gather(Self.table(9), graph.batchRows(3), augmentation: images)
        let optimizer = OptimizerState()
        let program = try Program.compile(graph, outputs: [output], parameters: ParameterStore(), optimizer: optimizer)
        for epoch in 1...3 {
            optimizer.epoch = epoch
            for rows: [Int32] in [[4, 8, 1], [0, 0, 4]] {
                program.run(rows: rows)
                #expect(Array(program.output(0)) == images.applied(to: Self.table(9), rows: rows, epoch: epoch))
            }
        }
        let rows: [Int32] = [1, 2, 3]
        let before = allocation_count()
        rows.withUnsafeBufferPointer { if let start = $0.baseAddress { for _ in 0..<100 { program.run(rows: start) } } }
        #expect(allocation_count() == before)
    }
}
