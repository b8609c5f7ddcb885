/// Writes the transpose of a `[rows, columns]` matrix, tile by tile, so that each line of the cache is read once.
struct TransposeKernel: Kernel {
    let source: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    private static let tile = 16

    func run() {
        for firstColumn in stride(from: 0, to: columns, by: Self.tile) {
            let columnEnd = min(firstColumn + Self.tile, columns)
            for firstRow in stride(from: 0, to: rows, by: Self.tile) {
                let rowEnd = min(firstRow + Self.tile, rows)
                for row in firstRow..<rowEnd {
                    let line = source + row * columns
                    for column in firstColumn..<columnEnd { result[column * rows + row] = line[column] }
                }
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
