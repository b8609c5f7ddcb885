/// Two collections side by side, which must be of one length: `zip` stops at the shorter one, and what is missing goes unseen.
public func paired<Left: Collection, Right: Collection>(_ left: Left, _ right: Right) throws -> Zip2Sequence<Left, Right> {
    guard left.count == right.count else { throw UnequalLengths(left: left.count, right: right.count) }
    return zip(left, right)
}

/// Two collections that were to be compared are not of one length.
public struct UnequalLengths: Error, CustomStringConvertible {
    let left: Int
    let right: Int

    /// Both lengths.
    public var description: String { "\(left) elements beside \(right)" }
}
