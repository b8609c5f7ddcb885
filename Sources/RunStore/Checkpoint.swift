import Documents

/// How far a run that is under way has come, as the file `checkpoint` in its folder tells: all but the numbers of its tensors.
public struct Checkpoint: Hashable, Sendable {
    /// The version of the file's form, and of what the names of the state and of the tensors in it mean. Only its own version is gone on from.
    public static let version = 2

    /// A tensor, whose bytes follow the checkpoint's facts in the order of the list.
    public struct Tensor: Hashable, Sendable {
        /// What it is called.
        public let name: String
        /// The length of each axis.
        public let shape: [Int]
        /// The bytes of an element.
        public let elementBytes: Int

        /// A tensor of 4 bytes an element, where nothing else is said.
        public init(name: String, shape: [Int], elementBytes: Int = 4) {
            self.name = name
            self.shape = shape
            self.elementBytes = elementBytes
        }

        /// The bytes of all its elements; nil for a length below zero, and for more than a file can hold.
        var byteCount: Int? {
            var count = elementBytes
            for length in shape {
                let (next, overflow) = count.multipliedReportingOverflow(by: length)
                guard length >= 0, !overflow, next < 1 << 50 else { return nil }
                count = next
            }
            return count
        }
    }

    /// The run.
    public var identity: RunIdentity
    /// What decides its bits besides its identity, by name: it is gone on from where all is the same.
    public var machine: [String: String]
    /// How far it has come.
    public var place: EpochPlace
    /// How often the run had been gone on with when this was written.
    public var resumptions: Int
    /// Whatever else decides how training goes on, in the words of whoever trains.
    public var state: JSONValue
    /// The tensors.
    public var tensors: [Tensor]

    /// All of it, as given.
    public init(
        identity: RunIdentity, machine: [String: String], place: EpochPlace, resumptions: Int, state: JSONValue, tensors: [Tensor]
    ) {
        self.identity = identity
        self.machine = machine
        self.place = place
        self.resumptions = resumptions
        self.state = state
        self.tensors = tensors
    }
}

/// An epoch among those that a run is to make.
public struct EpochPlace: Hashable, Sendable, CustomStringConvertible {
    /// The last whole epoch, counted from 1; 0 before the first.
    public let epoch: Int
    /// How many epochs the run is to make.
    public let epochs: Int

    /// An epoch of so many.
    public init(epoch: Int, of epochs: Int) {
        self.epoch = epoch
        self.epochs = epochs
    }

    /// For example `12/20`.
    public var description: String { "\(epoch)/\(epochs)" }
}
