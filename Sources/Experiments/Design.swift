/// How some variants were put together from settings, so that differences between them can be laid to single settings. Variants stand by name.
public enum Design: Hashable, Sendable {
    /// Every combination of levels once.
    case grid(Grid)
    /// A baseline that has all components, and for each of them the variant without it.
    case leaveOneOut([Component])
    /// Points that were drawn.
    case search(Search)

    /// Every combination of levels once.
    public struct Grid: Hashable, Sendable {
        /// What is combined.
        public let factors: [Factor]
        /// The variant of each combination, the levels of the last factor changing fastest.
        public let cells: [String]

        /// Combinations of factors.
        public init(factors: [Factor], cells: [String]) {
            self.factors = factors
            self.cells = cells
        }
    }

    /// What is combined with others.
    public enum Factor: Hashable, Sendable {
        /// A named change, which is made (level 1) or not (level 0).
        case change(String)
        /// A setting by name, with its values as text.
        case setting(String, levels: [String])

        /// Its name.
        public var name: String {
            switch self {
            case .change(let name): name
            case .setting(let name, _): name
            }
        }

        /// How many levels it has.
        public var levelCount: Int {
            switch self {
            case .change: 2
            case .setting(_, let levels): levels.count
            }
        }
    }

    /// A named change that the baseline has.
    public struct Component: Hashable, Sendable {
        /// The name of the change.
        public let name: String
        /// The variant that lacks it.
        public let without: String

        /// A component of the baseline.
        public init(name: String, without: String) {
            self.name = name
            self.without = without
        }
    }

    /// Points that were drawn.
    public struct Search: Hashable, Sendable {
        /// What was drawn.
        public let settings: [SearchedSetting]
        /// The points in the order in which they were drawn.
        public let points: [Point]

        /// A point: a variant, and its value of each setting; nil where the setting does not apply. A choice is told by its place among the values.
        public struct Point: Hashable, Sendable {
            /// The variant.
            public let variant: String
            /// A value a setting.
            public let values: [Double?]

            /// A point.
            public init(variant: String, values: [Double?]) {
                self.variant = variant
                self.values = values
            }
        }

        /// Drawn points.
        public init(settings: [SearchedSetting], points: [Point]) {
            self.settings = settings
            self.points = points
        }
    }

    /// A setting of drawn points.
    public struct SearchedSetting: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// What its values can be.
        public let scale: Scale

        /// What values can be.
        public enum Scale: Hashable, Sendable {
            /// Numbers, every one about as likely.
            case linear(isWhole: Bool)
            /// Numbers above 0, every order of magnitude about as likely.
            case logarithmic(isWhole: Bool)
            /// One of these.
            case choice([String])
        }

        /// A setting that is searched.
        public init(name: String, scale: Scale) {
            self.name = name
            self.scale = scale
        }
    }
}

extension Design {
    /// The same with other names of variants; nil where a combination is left without one, where two come to one variant, or where nothing is left.
    func renamed(_ name: (String) -> String?) -> Design? {
        switch self {
        case .grid(let grid):
            let cells = grid.cells.compactMap(name)
            return Set(cells).count == grid.cells.count ? .grid(Grid(factors: grid.factors, cells: cells)) : nil
        case .leaveOneOut(let components):
            let kept = components.compactMap { component in name(component.without).map { Component(name: component.name, without: $0) } }
            return kept.isEmpty ? nil : .leaveOneOut(kept)
        case .search(let search):
            var seen: Set<String> = []
            let points = search.points.compactMap { point -> Search.Point? in
                guard let variant = name(point.variant), seen.insert(variant).inserted else { return nil }
                return Search.Point(variant: variant, values: point.values)
            }
            return points.isEmpty ? nil : .search(Search(settings: search.settings, points: points))
        }
    }
}
