/// The images that a batch names, each changed at random: `[batch]` → `[batch, height · width · channels]`, zeros around them included.
struct GatherImagesKernel: Kernel {
    let table: UnsafePointer<Float>
    let rows: UnsafePointer<Int32>
    let batch: Int
    let columns: Int
    let streams: AugmentationStreams
    let step: UnsafePointer<StepState>
    let result: UnsafeMutablePointer<Float>

    func run() {
        let epoch = step.pointee.epoch
        for example in 0..<batch {
            let row = Int(rows[example])
            streams.write(table + row * columns, to: result + example * streams.images.paddedCount, epoch: epoch, row: row)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
