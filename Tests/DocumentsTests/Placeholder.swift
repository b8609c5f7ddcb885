import Testing
import Documents
