/// The classes of a figure's style sheet.
///
/// A picture on a page does not always learn whether the page is dark, so every colour is readable on white and on black by itself (contrast
/// 3 and more); where the viewer tells, text gets stronger. Blue and vermilion are Okabe and Ito's, which colour-blind people tell apart.
struct Style: Hashable {
    let name: String
    /// The class that fills with this line's colour.
    private let fillName: String

    private init(_ name: String, fill: String? = nil) {
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
    /// The baseline's curve, where another variant is shown.
    static let ghost = Style("ghost")
    /// A figure that the notes print.
    static let trainReference = Style("ring train")
    static let validationReference = Style("ring validation")
    /// A single run.
    static let run = Style("run validation")
    /// A mean.
    static let mean = Style("dot train")
    /// A mean's standard deviation.
    static let whisker = Style("whisker train")

    static let font = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Helvetica, Arial, sans-serif"

    static let sheet = """

        .label, .heading { fill: #6e7781 }
        .heading { font-weight: 600 }
        .grid { stroke: #808890; stroke-opacity: .25; stroke-width: 1 }
        .axis { stroke: #808890; stroke-width: 1 }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round }
        .line.train, .whisker.train, .ring.train { stroke: #2b7fc0 }
        .line.validation, .ring.validation { stroke: #d55e00 }
        .dot.train { fill: #2b7fc0 }
        .dot.validation { fill: #d55e00 }
        .band.train { fill: #2b7fc0; fill-opacity: .22 }
        .band.validation { fill: #d55e00; fill-opacity: .22 }
        .ghost { fill: none; stroke: #808890; stroke-width: 1.4; stroke-dasharray: 4 3 }
        .ring { fill: none; stroke-width: 1.6 }
        .run.validation { fill: #d55e00; fill-opacity: .55 }
        .whisker { stroke-width: 1.8 }
        @media (prefers-color-scheme: light) { .label { fill: #59636e } .heading { fill: #3d444d } }
        @media (prefers-color-scheme: dark) { .label { fill: #8b949e } .heading { fill: #a9b1ba } }

        """
}
