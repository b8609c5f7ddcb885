import Dispatch

extension Array where Element: Sendable {
    /// What `transform` makes of each element, in the elements' order. Where there are many, the processor's cores share them: `transform` must not depend on
    /// the order in which it is called.
    package func mappedConcurrently<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
        let share = 64
        guard count > 4 * share else { return map(transform) }
        return [Result](unsafeUninitializedCapacity: count) { results, initialised in
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: (count + share - 1) / share) { part in
                for place in part * share..<Swift.min(count, (part + 1) * share) {
                    results.initializeElement(at: place, to: transform(self[place]))
                }
            }
            initialised = count
        }
    }
}
