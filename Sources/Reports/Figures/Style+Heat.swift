/// Colours of cells: seven steps of blue that stand out the more the higher they are, from the page's ground to its opposite. Each has a text colour of its
/// own (contrast 4 and more), so cells stay readable where a viewer takes a dark page for a light one.
extension Style {
    static let heatCount = 7

    /// The fill of a share between 0 and 1.
    static func heat(_ share: Double) -> Style { Style("heat-\(heatStep(share))") }

    /// The text on it.
    static func heatText(_ share: Double) -> Style { Style("heat-text-\(heatStep(share))") }

    /// The frame of the best cell.
    static let bestFrame = Style("best-frame")
    /// The frame of the baseline's cell.
    static let baselineFrame = Style("baseline-frame")
    /// A cell of which nothing is known.
    static let emptyCell = Style("empty-cell")

    private static func heatStep(_ share: Double) -> Int {
        share.isFinite ? min(max(Int((share * Double(heatCount - 1)).rounded()), 0), heatCount - 1) : 0
    }

    private static let light = ["#e8f1fa", "#c9dff2", "#9ec9e8", "#66a9d6", "#2f7cb5", "#1f629a", "#0d4675"]
    private static let dark = ["#16202b", "#1b3550", "#1f4d78", "#2a6aa3", "#4a8fc9", "#82b8e6", "#c4e0f9"]

    private static func cells(_ fills: [String], onWeak: String, onStrong: String) -> String {
        fills.enumerated().map { step, fill in
            "    .heat-\(step) { fill: \(fill); stroke: #808890; stroke-opacity: .35 } .heat-text-\(step) { fill: \(step < 4 ? onWeak : onStrong) }\n"
        }.joined()
    }

    static let heatSheet =
        cells(light, onWeak: "#1f2328", onStrong: "#ffffff") + """
                .best-frame { fill: none; stroke: #d55e00; stroke-width: 2.6 }
                .baseline-frame { fill: none; stroke: #808890; stroke-width: 1.8; stroke-dasharray: 4 3 }
                .empty-cell { fill: none; stroke: #808890; stroke-opacity: .4; stroke-width: 1 }
                @media (prefers-color-scheme: dark) {

            """ + cells(dark, onWeak: "#e6edf3", onStrong: "#0d1117") + "    }\n"
}
