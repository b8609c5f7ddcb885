// swift-tools-version: 6.2
import PackageDescription

/// The kernels are compiled for the processor that builds them, or for the one that `make MARCH=…` names; without this the compiler emits no
/// 256- or 512-bit instruction.
let march = "-march=\(Context.environment["ABLATE_MARCH"] ?? "native")"
let native: [SwiftSetting] = [.unsafeFlags(["-Xcc", march])]

let package = Package(
    name: "ablate",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "ablate", targets: ["ablate"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        // MARK: - C libraries
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CSync"),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .target(name: "CVector"),
        .target(
            name: "CPictures", dependencies: ["CPNG", "CJPEG"], linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("jpeg")]),
        .target(name: "CProduct", cSettings: [.unsafeFlags([march])]),

        // MARK: - The house
        .target(name: "Documents", dependencies: ["CLibYAML"]),
        .target(name: "Metrics", dependencies: ["CVector", "Statistics"], swiftSettings: native),
        .target(name: "Settings", dependencies: ["Documents", "Metrics"]),
        .target(name: "FileSystem", dependencies: ["CNettle", "CSync"]),
        .target(name: "TensorBoard", dependencies: ["Documents", "FileSystem"]),
        .target(name: "Pictures", dependencies: ["CPictures"]),
        .target(name: "Processes", dependencies: ["CSpawn"]),
        .target(name: "RandomNumbers", swiftSettings: native),
        .target(name: "Statistics", dependencies: ["RandomNumbers"]),
        .target(name: "LinearAlgebra", dependencies: ["CProduct"]),
        .target(name: "TensorEngine", dependencies: ["COneDNN", "CProduct", "CVector", "RandomNumbers"], swiftSettings: native),
        .target(name: "NeuralNetworks", dependencies: ["Settings", "Metrics", "TensorEngine", "RandomNumbers"]),
        .target(
            name: "Datasets",
            dependencies: ["Documents", "Metrics", "Settings", "FileSystem", "Pictures", "Processes", "RandomNumbers", "CArchive"]),
        .target(name: "Experiments", dependencies: ["Documents", "Settings", "RandomNumbers", "Statistics"]),
        .target(name: "RunStore", dependencies: ["Documents", "Settings", "Experiments", "FileSystem"]),
        .target(
            name: "Training",
            dependencies: [
                "Settings", "Metrics", "LinearAlgebra", "NeuralNetworks", "TensorEngine", "RandomNumbers", "Datasets", "Experiments",
            ]),
        .target(name: "ONNX", dependencies: ["Documents", "Metrics", "Settings", "Datasets"]),
        .target(name: "Scheduling", dependencies: ["Documents", "Processes", "RunStore", "Statistics"]),
        .target(name: "Reports", dependencies: ["Documents", "Settings", "Metrics", "Experiments", "RunStore", "Statistics"]),
        .target(
            name: "Projects",
            dependencies: [
                "Documents", "Settings", "FileSystem", "Pictures", "Processes", "Statistics", "TensorEngine", "NeuralNetworks", "Metrics",
                "LinearAlgebra", "Datasets", "Experiments", "RunStore", "Training", "Scheduling", "Reports", "TensorBoard", "ONNX",
            ]),
        .executableTarget(
            name: "ablate",
            dependencies: [
                "Documents", "Metrics", "Settings", "Pictures", "Processes", "Statistics", "TensorEngine", "Datasets", "Experiments",
                "RunStore",
                "Training",
                "Scheduling", "Reports", "Projects",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            linkerSettings: [
                .unsafeFlags(["-static-stdlib", "-l_FoundationCollections", "-l_FoundationCShims"], .when(platforms: [.linux]))
            ]),

        // MARK: - Tests
        .target(name: "TestSupport", dependencies: ["FileSystem", "Settings", "TensorEngine", "RandomNumbers"], path: "Tests/TestSupport"),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"]),
        .testTarget(name: "FileSystemTests", dependencies: ["FileSystem", "TestSupport"]),
        .testTarget(
            name: "TensorBoardTests", dependencies: ["Documents", "TensorBoard", "FileSystem", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "PicturesTests", dependencies: ["Pictures", "TestSupport"]),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes"]),
        .testTarget(name: "RandomNumbersTests", dependencies: ["RandomNumbers", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "StatisticsTests", dependencies: ["RandomNumbers", "Statistics", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "MetricsTests", dependencies: ["Metrics", "Settings", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "RandomNumbers"]),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .testTarget(name: "TensorEngineTests", dependencies: ["TensorEngine", "TestSupport", "AllocationCounter"]),
        .testTarget(
            name: "NeuralNetworksTests",
            dependencies: ["Documents", "Settings", "NeuralNetworks", "RandomNumbers", "TestSupport", "AllocationCounter"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Datasets", "FileSystem", "Pictures", "CArchive", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "ExperimentsTests", dependencies: ["Settings", "Experiments", "TestSupport"]),
        .testTarget(name: "RunStoreTests", dependencies: ["Documents", "RunStore", "FileSystem", "TestSupport"]),
        .testTarget(name: "TrainingTests", dependencies: ["LinearAlgebra", "Training", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "SchedulingTests", dependencies: ["Scheduling", "TestSupport"]),
        .testTarget(
            name: "ProjectsTests",
            dependencies: [
                "Projects", "Documents", "Datasets", "Experiments", "RunStore", "Scheduling", "TensorEngine", "TestSupport", "Training",
            ]),
        .testTarget(name: "ReportsTests", dependencies: ["Documents", "Reports", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "EndToEndTests", dependencies: ["FileSystem", "Pictures", "TensorEngine", "TestSupport"], exclude: ["Golden"]),
        .executableTarget(
            name: "fuzz-driver",
            dependencies: [
                "CArchive", "Datasets", "Documents", "FileSystem", "Pictures", "Projects", "RunStore", "Settings", "TensorEngine",
                "TestSupport", "Training",
            ], path: "Tests/FuzzDriver"),
        .executableTarget(name: "product-benchmark", dependencies: ["TensorEngine"], path: "Tests/Benchmarks/ProductBenchmark"),
        .executableTarget(
            name: "method-benchmark", dependencies: ["LinearAlgebra", "Training"], path: "Tests/Benchmarks/MethodBenchmark"),
    ],
    swiftLanguageModes: [.v6]
)
