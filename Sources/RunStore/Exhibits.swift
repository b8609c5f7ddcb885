import Documents
import FileSystem

/// What a run leaves for the eye: pictures or rows of a table that it made, and where examples lie in its code.
public struct Exhibits: Codable, Hashable, Sendable {
    /// Pictures beside each other.
    public struct Strip: Codable, Hashable, Sendable {
        /// What they are: `inputs`, `reconstructions`, `generated`.
        public var name: String
        /// The epoch after which they were made; nil for the end of the run.
        public var epoch: Int?
        /// What each is called, such as its class; none where nothing is known.
        public var captions: [String]
        /// Rows of pixels of one.
        public var height: Int
        /// Columns of pixels of one.
        public var width: Int
        /// PNG files in base 64, one a picture.
        public var pictures: [String]

        /// Pictures of one size.
        public init(name: String, epoch: Int? = nil, captions: [String] = [], height: Int, width: Int, pictures: [String]) {
            (self.name, self.epoch, self.captions) = (name, epoch, captions)
            (self.height, self.width, self.pictures) = (height, width, pictures)
        }
    }

    /// Where examples lie in two dimensions.
    public struct Points: Codable, Hashable, Sendable {
        /// The layer whose numbers these are.
        public var layer: String
        /// How many numbers the layer gives: with more than two, the points are their first two principal components.
        public var numbers: Int
        /// `validation`, `test` or `train`.
        public var part: String
        /// The classes' names; none where nothing is known.
        public var classes: [String]
        /// The class of each point, -1 where it has none; no list where nothing is known.
        public var labels: [Int32]
        /// From left to right.
        public var x: [Float]
        /// From below.
        public var y: [Float]

        /// Points of a layer.
        public init(layer: String, numbers: Int, part: String, classes: [String], labels: [Int32], x: [Float], y: [Float]) {
            (self.layer, self.numbers, self.part, self.classes, self.labels) = (layer, numbers, part, classes, labels)
            (self.x, self.y) = (x, y)
        }
    }

    /// Rows of a table that a run made, and real ones, column by column.
    public struct Rows: Codable, Hashable, Sendable {
        /// A column of both.
        public struct Column: Codable, Hashable, Sendable {
            /// Its name.
            public var name: String
            /// Its numbers in the first rows that were made.
            public var made: [Double]
            /// Its numbers in the first real rows.
            public var real: [Double]
            /// Of all rows that were made.
            public var madeSpread: Spread
            /// Of all real rows.
            public var realSpread: Spread

            /// A column.
            public init(name: String, made: [Double], real: [Double], madeSpread: Spread, realSpread: Spread) {
                (self.name, self.made, self.real) = (name, made, real)
                (self.madeSpread, self.realSpread) = (madeSpread, realSpread)
            }
        }

        /// Mean and standard deviation.
        public struct Spread: Codable, Hashable, Sendable {
            /// The arithmetic mean.
            public var mean: Double
            /// With n − 1; nil of one number.
            public var deviation: Double?

            /// Of some numbers.
            public init(mean: Double, deviation: Double?) { (self.mean, self.deviation) = (mean, deviation) }
        }

        /// What the rows are that were made, such as `generated`.
        public var name: String
        /// What each of those that are shown is called, such as its class; none where nothing is known.
        public var captions: [String]
        /// The class of each of the real rows that are shown; nil where those that were made were told none.
        public var realCaptions: [String]?
        /// The part of the real rows: `train`.
        public var part: String
        /// How many rows were made in all.
        public var madeCount: Int
        /// How many real rows there are in all.
        public var realCount: Int
        /// The first columns of the table.
        public var columns: [Column]
        /// How many further columns it has.
        public var omitted: Int

        /// Rows of some columns.
        public init(
            name: String, captions: [String] = [], realCaptions: [String]? = nil, part: String, madeCount: Int, realCount: Int,
            columns: [Column], omitted: Int = 0
        ) {
            (self.name, self.captions, self.realCaptions, self.part) = (name, captions, realCaptions, part)
            (self.madeCount, self.realCount, self.columns, self.omitted) = (madeCount, realCount, columns, omitted)
        }
    }

    /// Pictures by name and epoch.
    public var strips: [Strip]
    /// Rows of a table; nil where none were made.
    public var rows: Rows?
    /// Where examples lie in the code.
    public var points: Points?

    /// What there is to see.
    public init(strips: [Strip] = [], rows: Rows? = nil, points: Points? = nil) {
        (self.strips, self.rows, self.points) = (strips, rows, points)
    }

    /// Whether there is nothing to see.
    public var isEmpty: Bool { strips.isEmpty && rows == nil && points == nil }
}

extension Exhibits {
    func write(as name: String, in folder: Folder, isSynced: Bool) throws(StoreError) -> RecordedFile {
        let text: String
        do { text = try JSONValue(encoding: self).compactText } catch { throw .inconsistent("what the run made to be seen is no JSON") }
        let bytes = Array(text.utf8)
        return RecordedFile(try stored { () throws(FileFault) in try folder.write(name, bytes, isSynced: isSynced) })
    }
}

extension StoredRun {
    /// What the run left for the eye; nil where it left nothing that can be read.
    public func exhibits() -> Exhibits? {
        guard record.files[RunFolder.FileName.exhibits] != nil, let bytes = try? contents(of: RunFolder.FileName.exhibits) else {
            return nil
        }
        return try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)).decoded(as: Exhibits.self)
    }
}
