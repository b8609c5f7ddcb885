import Testing
import RandomNumbers
