extension UnsafeBufferPointer<Int32> {
    /// These rows, so many at a time, as networks in use are asked for them; the last may be fewer.
    func batches(of size: Int = Evaluation.batch) -> some Sequence<UnsafeBufferPointer<Int32>> {
        stride(from: 0, to: count, by: size).lazy.map { UnsafeBufferPointer(rebasing: self[$0..<Swift.min($0 + size, count)]) }
    }
}
