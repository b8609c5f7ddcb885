/// What a random number is drawn for. Each purpose has numbers of its own, so that a change in one leaves the others as they were.
public enum Stream: UInt64, Sendable, CaseIterable {
    /// Initial values of parameters.
    case `init` = 1
    /// The order of the examples in an epoch.
    case shuffle = 2
    /// Masks and noise of layers, drawn while they train.
    case dropout = 3
    /// Changes made to examples while training.
    case augment = 4
    /// Splits that are drawn anew for each seed.
    case resplit = 5
    /// Values of the settings that a sweep draws.
    case space = 6
    /// Draws of a report from figures that stand: examples with repetition, signs, forests.
    case resample = 7
    /// Texts that networks write.
    case sample = 8
    /// First centres of clusters.
    case cluster = 12
    /// States of the units of Boltzmann machines while they train.
    case gibbs = 10
    /// What networks make examples from.
    case noise = 9
}

/// An endless sequence of random numbers that is named, not started: the same names give the same numbers on every machine.
///
///     var stream = RandomStream(seed: 1, stream: .shuffle, epoch: 3)
///     let order = stream.permutation(of: 7982)
///
/// The generator is Philox4x32-10. Its key comes from seed, stream and path; its counter holds the place in the sequence (64 bits), the epoch and
/// the step, so two streams that differ in epoch or step never overlap, and those that differ in anything else do with a chance of 2^-64. Epoch and
/// step are whatever numbers the caller counts by, taken modulo 2^32; training counts epochs from 1.
public struct RandomStream: Sendable {
    package let key: SIMD2<UInt32>
    let epoch: UInt32
    let step: UInt32
    var nextBlock: UInt64 = 0
    /// The eight blocks in use, word by word: all first words, then all second words, and so on.
    var words: (SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>) = (.zero, .zero, .zero, .zero)
    /// How many of `words` have been handed out.
    var used = RandomStream.wordsAtOnce
    var storedNormal: Double?

    /// The generator's name.
    public static let generator = "Philox4x32-10"

    static let wordsAtOnce = 32
    static let blocksAtOnce: UInt64 = 8

    /// A stream by name.
    /// - Parameters:
    ///   - seed: the run's seed.
    ///   - stream: what the numbers are for.
    ///   - path: the parameter or layer that they are for, such as `output.kernel`.
    ///   - epoch: the epoch, as the caller counts; 0 for what belongs to none.
    ///   - step: the step, as the caller counts; 0 for what belongs to none.
    public init(seed: Int, stream: Stream, path: String = "", epoch: Int = 0, step: Int = 0) {
        var hash = Self.mixed(UInt64(bitPattern: Int64(seed)))
        hash = Self.mixed(hash ^ stream.rawValue)
        var pathHash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in path.utf8 {
            pathHash = (pathHash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        hash = Self.mixed(hash ^ pathHash)
        key = SIMD2(UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
        self.epoch = UInt32(truncatingIfNeeded: epoch)
        self.step = UInt32(truncatingIfNeeded: step)
    }

    /// The stream of this key at an epoch and a step.
    package init(key: SIMD2<UInt32>, epoch: Int, step: Int) {
        self.key = key
        self.epoch = UInt32(truncatingIfNeeded: epoch)
        self.step = UInt32(truncatingIfNeeded: step)
    }

    /// The finaliser of SplitMix64: every bit of the result depends on every bit of the input, and no two inputs meet.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9e37_79b9_7f4a_7c15
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    // MARK: - Words

    @inline(__always)
    mutating func nextWords() -> (SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>) {
        let words = Philox.eightBlocks(start: nextBlock, third: epoch, fourth: step, key: key)
        nextBlock &+= Self.blocksAtOnce
        return words
    }

    /// The next 32 random bits.
    public mutating func nextUInt32() -> UInt32 {
        if used == Self.wordsAtOnce {
            words = nextWords()
            used = 0
        }
        let place = used
        used += 1
        switch place >> 3 {
        case 0: return words.0[place & 7]
        case 1: return words.1[place & 7]
        case 2: return words.2[place & 7]
        default: return words.3[place & 7]
        }
    }

    /// The next 64 random bits: the first word drawn is the lower half.
    public mutating func nextUInt64() -> UInt64 {
        let low = UInt64(nextUInt32())
        return UInt64(nextUInt32()) << 32 | low
    }
}
