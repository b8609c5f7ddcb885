import Testing
import Scheduling
