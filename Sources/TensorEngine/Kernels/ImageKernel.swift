/// A call for one image of a batch, with its number.
typealias ImageFunction = @convention(c) (UnsafeRawPointer, Int) -> Void

/// A kernel that takes the images of a batch one after the other: an image's result depends on that image's inputs alone, or adds to what the images before it
/// left. Several of them take turns, so that what one leaves of an image is still in the cache when the next reads it.
protocol ImageKernel: BitwiseCopyable {
    /// The window that moves over the images.
    var places: WindowPlaces { get }
    /// Runs for one image, after all images before it.
    func run(image: Int)
    /// Runs the kernel whose arguments lie at the address.
    static var function: ImageFunction { get }
}

/// Where the images of a batch lie: one behind the other, or each in its turn at the same place.
struct ImagePlaces: BitwiseCopyable {
    let start: UnsafeMutablePointer<Float>
    let step: Int

    /// Where an image begins.
    @inline(__always)
    func callAsFunction(_ image: Int) -> UnsafeMutablePointer<Float> { start + image * step }
}

/// An operation with such a kernel.
protocol ImageOperation: KernelOperation {
    /// The inputs that are read image by image; the others must be whole.
    var imageInputs: [Int] { get }
    /// Whether the result is whole only after the last image.
    var addsUp: Bool { get }
}

extension ImageOperation {
    var imageInputs: [Int] { [0] }
    var addsUp: Bool { false }
}

/// Kernels that take turns, image by image.
struct ImageTurns: Kernel {
    struct Call: BitwiseCopyable {
        let function: ImageFunction
        let arguments: UnsafeRawPointer
    }

    let calls: UnsafeBufferPointer<Call>
    let batch: Int

    func run() {
        for image in 0..<batch {
            for call in calls { call.function(call.arguments, image) }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Epilogue {
    /// Finishes an image, of so many cells, after all images before it; sums grow image by image.
    @inline(__always)
    func run(image: Int, of cells: Int) {
        let rows = image * cells..<(image + 1) * cells
        loop.run(rows: rows)
        for sum in sums { sum.run(columns: 0..<sum.columns, rows: loop.isOneImage ? 0..<cells : rows, adds: image > 0) }
    }
}
