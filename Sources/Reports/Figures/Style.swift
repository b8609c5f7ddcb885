/// The classes of a figure's style sheet.
///
/// A picture on a page does not always learn whether the page is dark, so every colour is readable on white and on black by itself (contrast
/// 3 and more); where the viewer tells, text gets stronger. Blue and vermilion are Okabe and Ito's, which colour-blind people tell apart.
struct Style: Hashable {
    let name: String
    /// The class that fills with this line's colour.
    private let fillName: String

    init(_ name: String, fill: String? = nil) {
        self.name = name
        fillName = fill ?? name
    }

    var fill: Style { Style(fillName) }

    /// Text of axes and legends.
    static let label = Style("label")
    /// Headings of panels.
    static let heading = Style("heading")
    /// Faint lines at ticks.
    static let grid = Style("grid")
    /// The line of an axis, or of zero.
    static let axis = Style("axis")
    static let train = Style("line train", fill: "dot train")
    static let trainBand = Style("band train")
    static let validation = Style("line validation", fill: "dot validation")
    static let validationBand = Style("band validation")
    /// A band of folds behind that of seeds.
    static let trainWideBand = Style("wide band train")
    static let validationWideBand = Style("wide band validation")
    /// A curve as it was measured, behind the smoothed one.
    static let trainMeasured = Style("measured train", fill: "dot train")
    static let validationMeasured = Style("measured validation", fill: "dot validation")
    /// The line at an epoch where something begins.
    static let mark = Style("mark")
    static let markText = Style("mark-text")
    /// The baseline's curve, where another variant is shown.
    static let ghost = Style("ghost")
    /// The edge of a picture.
    static let frame = Style("frame")
    /// A figure that the notes print.
    static let trainReference = Style("ring train")
    static let validationReference = Style("ring validation")
    /// A single run.
    static let run = Style("run validation")
    /// A mean.
    static let mean = Style("dot train")
    /// A mean's interval.
    static let whisker = Style("whisker train")

    /// The line of a layer: blue for the first, through purple, to vermilion for the last.
    static func depth(_ index: Int, of count: Int) -> Style {
        let share = count > 1 ? Double(min(max(index, 0), count - 1)) / Double(count - 1) : 1
        let step = Int((share * Double(depthColours.count - 1)).rounded())
        return Style("line depth-\(step)", fill: "dot depth-\(step)")
    }

    /// The same line for one of many.
    var thin: Style { Style(name + " thin", fill: fillName) }

    /// The same line for one of the few that matter.
    var strong: Style { Style(name + " strong", fill: fillName) }

    /// Text that lines run behind, with a rim of the page's colour.
    static let overLines = Style("over-lines")

    /// All of a contrast of 3 and more with white and with black.
    private static let depthColours = ["#2b7fc0", "#5c74c4", "#8269bd", "#a35dab", "#bb5390", "#cb516c", "#d35540", "#d55e00"]

    private static let depthSheet =
        depthColours.enumerated().map { index, colour in
            "    .line.depth-\(index) { stroke: \(colour) } .dot.depth-\(index) { fill: \(colour) }\n"
        }.joined() + "    .line.thin { stroke-width: 1; stroke-opacity: .4 } .line.strong { stroke-width: 2.6 }\n"
        + "    .over-lines { fill: #59636e; font-weight: 600; paint-order: stroke; stroke: #ffffff; stroke-width: 3; stroke-opacity: .8 }\n"
        + "    @media (prefers-color-scheme: dark) { .over-lines { fill: #b9c1ca; stroke: #0d1117 } }\n"

    /// How wide a figure is, where its content does not decide: narrow enough that its text, of 11 and 12, is legible on a page of 600.
    static let width = 720.0

    static let font = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Helvetica, Arial, sans-serif"

    /// The classes that a picture uses.
    static func sheet(for body: String) -> String {
        plainSheet + (body.contains(" depth-") ? depthSheet : "") + (body.contains("\"heat-") ? heatSheet : "")
            + (body.contains("\"category-") ? categorySheet : "")
            + (body.contains("\"frame\"") ? "    .frame { fill: none; stroke: #808890; stroke-width: 1 }\n" : "")
    }

    private static let plainSheet = """

        .label, .heading { fill: #6e7781 }
        .heading { font-weight: 600 }
        .grid { stroke: #808890; stroke-opacity: .25; stroke-width: 1 }
        .axis { stroke: #808890; stroke-width: 1 }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round }
        .line.train, .whisker.train, .ring.train { stroke: #2b7fc0 }
        .line.validation, .ring.validation { stroke: #d55e00 }
        .measured { fill: none; stroke-width: 1; stroke-opacity: .5; stroke-linejoin: round }
        .measured.train { stroke: #2b7fc0 }
        .measured.validation { stroke: #d55e00 }
        .dot.train { fill: #2b7fc0 }
        .dot.validation { fill: #d55e00 }
        .band.train { fill: #2b7fc0; fill-opacity: .22 }
        .band.validation { fill: #d55e00; fill-opacity: .22 }
        .wide.band { fill-opacity: .12 }
        .mark { fill: none; stroke: #a3418f; stroke-width: 1.2; stroke-dasharray: 2 3 }
        .mark-text { fill: #a3418f }
        .ghost { fill: none; stroke: #808890; stroke-width: 1.4; stroke-dasharray: 4 3 }
        .ring { fill: none; stroke-width: 1.6 }
        .run.validation { fill: #d55e00; fill-opacity: .85 }
        .whisker { stroke-width: 1.8 }
        @media (prefers-color-scheme: light) { .label { fill: #59636e } .heading { fill: #3d444d } }
        @media (prefers-color-scheme: dark) {
          .label { fill: #9aa4ae } .heading { fill: #b9c1ca } .run.validation { fill: #f0883e } .mark { stroke: #c678b8 } .mark-text { fill: #c678b8 }
        }

        """
}
