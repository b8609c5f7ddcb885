import Testing
import RunStore
