/// Colours of classes, ten that are told apart and readable on white and on black (contrast 3 and more); further classes begin again.
extension Style {
    private static let categoryColours = [
        "#2b7fc0", "#d55e00", "#3a9a55", "#a3418f", "#9a7b00", "#6f63c5", "#cb516c", "#1f9494", "#808080", "#7f9a1a",
    ]

    /// The dot of a class.
    static func category(_ number: Int) -> Style {
        Style("category-\(((number % categoryColours.count) + categoryColours.count) % categoryColours.count)")
    }

    static let categorySheet = categoryColours.enumerated().map { number, colour in
        "    .category-\(number) { fill: \(colour); fill-opacity: .8 }\n"
    }.joined()
}
