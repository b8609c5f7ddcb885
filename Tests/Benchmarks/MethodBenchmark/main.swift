// Times a plain method on rows of 64-bit floats, on one thread, the best of five: method-benchmark pca|kmeans|starts FILE COLUMNS COUNT prints
// {"seconds", "figure"}, the figure being the variance of the components, or the inertia of the clusters. kmeans begins at the first rows, starts ten times at
// drawn ones.

import LinearAlgebra
import Training

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The numbers of a file as this machine writes them.
func numbers(of path: String) -> [Double] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = ftell(file) / 8
    rewind(file)
    return [Double](unsafeUninitializedCapacity: max(count, 0)) { numbers, read in
        read = fread(numbers.baseAddress, 8, max(count, 0), file)
    }
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 4, let columns = Int(arguments[3]), let count = Int(arguments[4]), columns > 0, count > 0 else {
    print("usage: method-benchmark pca|kmeans|starts FILE COLUMNS COUNT")
    exit(2)
}
let elements = numbers(of: arguments[2])
let rows = Matrix(elements, rows: elements.count / columns, columns: columns)
guard rows.rows > count else {
    print("\(arguments[2]) has no more than \(rows.rows) rows")
    exit(1)
}
let first = Matrix(Array(rows.elements.prefix(count * columns)), rows: count, columns: columns)
var figure = Double.nan
var best = Duration.seconds(3600)
for _ in 0..<5 {
    best = min(
        best,
        ContinuousClock().measure {
            figure =
                switch arguments[1] {
                case "pca": PrincipalComponents(of: rows, count: count)?.variances.reduce(0, +) ?? .nan
                case "kmeans": KMeans(of: rows, from: first).inertia
                default: KMeans(of: rows, count: count, seed: 0).inertia
                }
        })
}
print("{\"seconds\": \(best / .seconds(1)), \"figure\": \(figure)}")
