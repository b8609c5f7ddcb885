import Foundation
import Pictures
import Testing

/// Experiments on pictures, from their files to the report and to answers for further pictures.
@Suite struct ImageRunTests {
    private let project: SampleProject

    private static let experiment = """
        title: Which way does a bar lie?
        dataset: {images: data/bars}
        inputs: {"*": {encode: image, height: 8, width: 8, scale: {divide_by: 255}}}
        target: {class: {encode: label}}
        split: {validation: {fraction: 0.5, shuffle: numpy, seed: 3}}
        model: {layers: [{conv2d: {filters: 4, kernel_size: 3}}, flatten, {dense: {units: classes, activation: softmax}}]}
        training: {loss: sparse_categorical_crossentropy, epochs: 1, batch_size: 4, metrics: [accuracy], augment: {shift: 1}}
        seeds: 1

        """

    init() throws {
        project = try SampleProject()
        for number in 0..<24 {
            // As many classes as leave some example wrong after so little training.
            let kind = ["lies", "stands", "rises"][number % 3]
            try project.write(Self.bar(kind, number / 3), to: "data/bars/\(kind)/\(number).png")
        }
        try project.write(Self.experiment, to: "experiments/bars.yaml")
    }

    private static func bar(_ kind: String, _ place: Int, side: Int = 8) throws -> Data {
        let pixels = (0..<side * side).map { pixel -> Float in
            let (row, column) = (pixel / side, pixel % side)
            switch kind {
            case "lies": return row == place ? 255 : 0
            case "stands": return column == place ? 255 : 0
            default: return (row + column) % side == place ? 255 : 0
            }
        }
        return Data(try Picture(height: side, width: side, channels: 1, pixels: pixels).png())
    }

    @Test func initWritesTheSizeOfPictures() throws {
        let written = try project.ablate("init", "data/bars", "-o", "experiments/first.yaml")
        #expect(written.status == 0, "\(written.messages)")
        let text = try project.text("experiments/first.yaml")
        #expect(text.contains("{encode: image, height: 8, width: 8, scale: {divide_by: 255}}"), "\(text)")
        #expect(try project.ablate("validate", "experiments/first.yaml").status == 0)
    }

    @Test func aReportShowsMistakesAndFiltersAlsoWhenTheDataHaveGone() throws {
        #expect(try project.ablate("run", "bars").status == 0)
        let report = try project.text("results/bars/report.md")
        #expect(report.contains("](figures/mistakes.svg)"))
        #expect(report.contains("## Filters of the first layer"))
        let (mistakes, filters) = (
            try project.text("results/bars/figures/mistakes.svg"), try project.text("results/bars/figures/filters.svg")
        )
        #expect(mistakes.contains("href=\"data:image/png;base64,iVBOR"))
        #expect(mistakes.contains("<title>Images that were most surely taken for something else, "))
        #expect(try project.text("results/bars/figures/filters.csv").split(separator: "\n").count == 1 + 4 * 9)

        #expect(report.contains("## What convolutions make of an example"))
        let features = try project.text("results/bars/figures/features.svg")
        #expect(features.split(separator: "href=\"data:image/png;base64,iVBOR").count == 1 + 1 + 4)
        let maps = try project.text("results/bars/figures/features.csv").split(separator: "\n")
        #expect(maps.count == 1 + 4 && maps[0] == "layer,map,lowest,mean,highest" && maps[4].hasPrefix("layer_1,4,"))

        try project.remove("data/bars")
        try project.remove("data/cache")
        #expect(try project.ablate("report", "bars").status == 0)
        #expect(try project.text("results/bars/figures/features.svg") == features)
        #expect(try project.text("results/bars/figures/mistakes.svg") == mistakes)
        #expect(try project.text("results/bars/figures/filters.svg") == filters)

        for file in try FileManager.default.contentsOfDirectory(atPath: project.folder.path + "/results/bars/runs")
        where file.hasPrefix("pictures-") { try project.remove("results/bars/runs/\(file)") }
        #expect(try project.ablate("report", "bars").status == 0)
        #expect(!project.exists("results/bars/figures/mistakes.svg"))
        #expect(!project.exists("results/bars/figures/features.svg") && project.exists("results/bars/figures/filters.svg"))
        #expect(try project.text("results/bars/report.md").contains("Their pictures need the data, which are not at hand."))
    }

    @Test func picturesAreAsked() throws {
        #expect(try project.ablate("run", "bars").status == 0)
        try project.write(Self.bar("lies", 2), to: "new/b.png")
        try project.write(Self.bar("stands", 2), to: "new/a.png")
        try project.write(Self.bar("stands", 2, side: 9), to: "large.png")
        let one = try project.ablate("predict", "bars", "new/b.png")
        #expect(one.status == 0 && one.output.contains("new/b.png"), "\(one.messages)")
        let both = try project.ablate("predict", "bars", "new", "--json")
        #expect(both.output.contains("new/a.png") || both.status == 0, "\(both.messages)")
        #expect(try project.ablate("export", "bars", "-o", "model").status == 0)
        #expect(try project.ablate("predict", "./model", "new", "--json").output == both.output)

        let large = try project.ablate("predict", "bars", "large.png")
        #expect(large.status != 0)
        #expect(
            large.messages
                == "ablate: error: large.png: the picture is 9 x 9 (height x width), images are to be 8 x 8; write its size, or resize: area, or bilinear, in their encoding\n"
        )
        try project.write(Self.experiment.replacing("width: 8,", with: "width: 8, resize: area,"), to: "experiments/bars.yaml")
        #expect(try project.ablate("run", "bars").status == 0)
        #expect(try project.ablate("predict", "bars", "large.png").status == 0)
        #expect(try project.ablate("predict", "tiny", "large.png").status != 0)
    }

    @Test func aFirstExperimentOnPicturesIsWritten() throws {
        try project.write(Self.bar("lies", 2), to: "data/several/lies/1.png")
        for number in 0..<24 { try project.write(Self.bar("stands", number / 3, side: 16), to: "data/several/stands/\(number).png") }
        for number in 0..<24 { try project.write(Self.bar("rises", number / 3, side: 12), to: "data/several/rises/\(number).png") }
        for (folder, inputs) in [
            ("data/bars", "{encode: image, height: 8, width: 8, scale: {divide_by: 255}}"),
            ("data/several", "{encode: image, height: 12, width: 12, resize: area, scale: {divide_by: 255}}"),
        ] {
            let path = "experiments/first-\(folder.dropFirst(5)).yaml"
            let made = try project.ablate("init", folder, "-o", path)
            #expect(made.status == 0, "\(made.messages)")
            let text = try project.text(path)
            #expect(text.contains("\n  \"*\": \(inputs)\n") && text.contains("\n    - conv2d: {"), "\(text)")
            let smoke = try project.ablate("run", path, "--smoke")
            #expect(smoke.status == 0, "\(smoke.messages)")
        }
    }

    @Test func aFirstExperimentOnIDXFilesIsWritten() throws {
        func idx(_ sizes: [Int], _ bytes: [UInt8]) -> Data {
            Data([0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] } + bytes)
        }
        for (part, count) in [("train", 60), ("t10k", 20)] {
            let images = (0..<count * 72).map { UInt8($0 * 37 % 256) }
            try project.write(idx([count, 9, 8], images), to: "data/\(part)-images-idx3-ubyte")
            try project.write(idx([count], (0..<count).map { UInt8($0 % 3) }), to: "data/\(part)-labels-idx1-ubyte")
        }
        let made = try project.ablate("init", "data/train-images-idx3-ubyte", "-o", "experiments/first.yaml")
        #expect(made.status == 0, "\(made.messages)")
        let text = try project.text("experiments/first.yaml")
        #expect(text.contains("{encode: image, height: 9, width: 8, scale: {divide_by: 255}}"), "\(text)")
        #expect(text.contains("# the data set has 20 test rows of its own"), "\(text)")
        let smoke = try project.ablate("run", "first", "--smoke")
        #expect(smoke.status == 0, "\(smoke.messages)")
    }

    @Test func previewsArePictures() throws {
        for arguments in [
            ["data", "preview", "bars", "--augmented", "-o", "a.png"], ["data", "preview", "bars", "-o", "b.png", "--rows", "1"],
        ] {
            let place = try #require(arguments.firstIndex(of: "-o"))
            let results = try (0..<2).map { _ in
                let result = try Running(arguments, in: project.folder, environment: [:]).result()
                #expect(result.status == 0, "\(result.messages)")
                return try Data(contentsOf: project.folder.appendingPathComponent(arguments[place + 1]))
            }
            #expect(results[0] == results[1])
            let picture = try results[0].withUnsafeBytes { try Picture(file: $0) }
            #expect(picture.width == 10 * (80 + 2) + 2)
        }
        let lacking = try project.ablate("data", "preview", "tiny", "--augmented", "-o", "c.png")
        #expect(lacking.status != 0 && lacking.messages.contains("tiny changes no images"))
    }
}
