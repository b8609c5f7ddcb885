import Testing
import TensorEngine
