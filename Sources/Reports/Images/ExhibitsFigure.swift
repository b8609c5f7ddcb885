import RunStore
import Settings

/// Pictures that runs made, a row for each variant and epoch: images and what networks give again, or examples that were made from the same noise.
struct ExhibitsFigure {
    /// A row of pictures.
    private struct Row {
        let heading: String
        let variant: String
        let strip: Exhibits.Strip
    }

    private let rows: [Row]
    private let omitted: Int

    private static let mostRows = 24
    /// Strips that are the same for all variants: they stand once.
    private static let shared: Set = ["inputs", "changed inputs"]

    /// Nil where no run made pictures.
    init?(_ comparison: Comparison) {
        var rows: [Row] = []
        var known: Set<[String]> = []
        for result in comparison.results {
            guard let run = result.runs.first(where: { !$0.isDiverged }), let exhibits = run.stored.exhibits() else { continue }
            for strip in exhibits.strips {
                let isShared = Self.shared.contains(strip.name)
                if isShared, !known.insert([strip.name] + strip.pictures).inserted { continue }
                let whose = isShared || !comparison.hasVariants ? "" : "\(result.name), "
                let epoch = strip.epoch.map { ", epoch \($0)" } ?? ""
                rows.append(Row(heading: "\(whose)\(strip.name)\(epoch)", variant: isShared ? "" : result.name, strip: strip))
            }
        }
        guard !rows.isEmpty else { return nil }
        // What all are compared with stands first.
        rows = rows.filter { $0.variant.isEmpty } + rows.filter { !$0.variant.isEmpty }
        // Where there are too many, what others than the baseline made on the way goes first.
        let baseline = comparison.results.first?.name
        let all = rows.count
        if all > Self.mostRows { rows = rows.filter { $0.strip.epoch == nil || $0.variant == baseline } }
        self.rows = Array(rows.prefix(Self.mostRows))
        omitted = all - self.rows.count
    }

    var reportFigure: ReportFigure {
        let names = rows.reduce(into: [String]()) { if !$0.contains($1.strip.name) { $0.append($1.strip.name) } }
        let caption =
            "\(names.joined(separator: ", ").capitalized): one row a variant\(rows.contains { $0.strip.epoch != nil } ? " and epoch" : ""), of its first seed"
        var data = FigureData(["variant", "pictures", "epoch", "place", "caption"])
        for row in rows {
            for place in row.strip.pictures.indices {
                let caption = row.strip.captions.indices.contains(place) ? row.strip.captions[place] : ""
                data.append([row.variant, row.strip.name, row.strip.epoch.map(String.init) ?? "", String(place + 1), caption])
            }
        }
        return ReportFigure(
            path: "figures/pictures.svg", svg: drawing.text(title: caption), caption: caption,
            note: omitted > 0 ? "\(counted(omitted, "further row")) \(omitted == 1 ? "is" : "are") left out." : nil, data: data.text)
    }

    // MARK: - Drawing

    private static let headingHeight = 20.0
    private static let largestSide = 64.0

    private var drawing: SVG {
        let columns = Double(rows.map(\.strip.pictures.count).max() ?? 1)
        let slot = min(Style.width / columns, Self.largestSide + 6)
        func height(_ strip: Exhibits.Strip) -> Double { (slot - 6) * Double(strip.height) / Double(max(strip.height, strip.width, 1)) }
        let captioned = rows.first { !$0.strip.captions.isEmpty }
        let total = rows.reduce(captioned == nil ? 0 : 16.0) { $0 + Self.headingHeight + height($1.strip) + 6 }
        var svg = SVG(width: Style.width, height: total)
        var top = 0.0
        for (number, row) in rows.enumerated() {
            svg.text(shortened(row.heading, to: Style.width - 8), at: Point(3, top + 14), .heading)
            top += Self.headingHeight
            for (place, picture) in row.strip.pictures.enumerated() {
                let scale = (slot - 6) / Double(max(row.strip.height, row.strip.width, 1))
                svg.picture(
                    EmbeddedPicture(height: row.strip.height, width: row.strip.width, png: picture),
                    from: Point(Double(place) * slot + 3, top), width: Double(row.strip.width) * scale,
                    height: Double(row.strip.height) * scale)
            }
            top += height(row.strip) + 6
            // The first row's captions stand for all rows of the same examples.
            guard number == 0, let captioned, captioned.heading == row.heading else { continue }
            for (place, caption) in row.strip.captions.enumerated() {
                svg.text(shortened(caption, to: slot - 4), at: Point((Double(place) + 0.5) * slot, top + 7), anchor: .middle, size: 11)
            }
            top += 16
        }
        return svg
    }
}

extension Comparison {
    func picturesSection(figures: [ReportFigure]) -> String? {
        let made = figures.paragraphs("pictures") + madeRowsParagraphs
        return made.isEmpty ? nil : (["## What the networks made"] + made).joined(separator: "\n\n")
    }
}
