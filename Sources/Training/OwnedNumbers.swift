/// Numbers that live as long as this object.
final class OwnedNumbers<Number: BitwiseCopyable & Sendable>: Sendable {
    nonisolated(unsafe) let start: UnsafePointer<Number>

    init(_ values: [Number]) {
        let memory = UnsafeMutablePointer<Number>.allocate(capacity: max(values.count, 1))
        memory.initialize(from: values, count: values.count)
        start = UnsafePointer(memory)
    }

    deinit { start.deallocate() }
}
