// Times one matrix product as the engine runs it, on one thread: product-benchmark ROWS COLUMNS INNER prints GFLOP/s, the best of many rounds.

import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard sizes.count == 3, sizes.allSatisfy({ (1...16_384).contains($0) }) else {
    print("usage: product-benchmark ROWS COLUMNS INNER, each from 1 to 16384")
    exit(2)
}
let (rows, columns, inner) = (sizes[0], sizes[1], sizes[2])
let parameters = ParameterStore()
var graph = Graph()
let a = try graph.parameter("a", [rows, inner])
let b = try graph.parameter("b", [inner, columns])
let product = try graph.product(a, b)
for value in [(path: "a", shape: a.shape), (path: "b", shape: b.shape)] {
    let elements = try parameters.declare(value.path, value.shape)
    for place in elements.indices { elements[place] = Float(place % 17) / 17 }
}
let program = try Program.compile(graph, outputs: [product], parameters: parameters)
program.run()

let clock = ContinuousClock()
let productsInARound = max(1, 5_000_000_000 / (2 * rows * columns * inner))
var best = Duration.seconds(3600)
for _ in 0..<7 {
    best = min(best, clock.measure { for _ in 0..<productsInARound { program.run() } })
}
let operations = 2.0 * Double(rows) * Double(columns) * Double(inner) * Double(productsInARound)
print(operations / (best / .nanoseconds(1)))
