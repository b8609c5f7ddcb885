/// How far an optimizer has come: the learning rate of its next step, and the number of steps that it has made. All programs that make its steps
/// share it; a store may serve several optimizers.
public final class OptimizerState {
    private let memory = AlignedMemory(byteCount: MemoryLayout<StepState>.size)

    /// The place of what a second optimizer carries along for a parameter that the first one changes too; empty for the first.
    public let name: String

    /// An optimizer before its first step.
    public init(named name: String = "", learningRate: Float = 0) {
        self.name = name
        step.initialize(to: StepState())
        self.learningRate = learningRate
    }

    /// What kernels read.
    var step: UnsafeMutablePointer<StepState> { memory.pointer.bindMemory(to: StepState.self, capacity: 1) }

    /// Where η stands.
    var learningRatePlace: UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(step) + (MemoryLayout<StepState>.offset(of: \.learningRate) ?? 0)
    }

    /// η, the learning rate of the steps to come.
    public var learningRate: Float {
        get { step.pointee.learningRate }
        set { step.pointee.learningRate = newValue }
    }

    /// The epoch that the steps to come belong to, from 1: what is drawn anew for each depends on it.
    public var epoch: Int {
        get { step.pointee.epoch }
        set { step.pointee.epoch = newValue }
    }

    /// How many steps were made.
    public var iteration: Int {
        get { step.pointee.iteration }
        set { step.pointee.iteration = newValue }
    }

    /// The path of a tensor that the optimizer carries along for a parameter.
    public func path(of slot: String, for parameter: String) -> String {
        name.isEmpty ? "\(parameter)/\(slot)" : "\(parameter)/\(name)/\(slot)"
    }
}
