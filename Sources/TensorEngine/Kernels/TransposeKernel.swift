import CProduct

/// Writes the transpose of a `[rows, columns]` matrix.
struct TransposeKernel: Kernel {
    let source: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() { cproduct_transpose(source, rows, columns, result) }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
