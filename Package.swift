// swift-tools-version: 6.2
import PackageDescription

// Two worlds meet here. What cells see (`NotebookLibrary`) knows nothing of books, and what makes
// books (`lectern`) knows nothing of neural networks. `CellOutputs` is all that they share.
let package = Package(
  name: "Lectern",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "lectern", targets: ["lectern"]),
    .executable(name: "lectern-kernel", targets: ["lectern-kernel"]),
    .library(
      name: "NotebookLibrary", type: .dynamic,
      targets: [
        "CellOutputs", "CellRuntime", "Tensors", "Figures", "NeuralNetworks", "ReinforcementLearning",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
  ],
  targets: [
    // MARK: System libraries, each imported by one file or one folder only
    .systemLibrary(name: "CMarkGFM", pkgConfig: "libcmark-gfm"),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
    .systemLibrary(name: "CDuktape", pkgConfig: "duktape"),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo"),
    .systemLibrary(name: "CHarfBuzz", pkgConfig: "harfbuzz-subset"),
    .systemLibrary(name: "CZip", pkgConfig: "libzip"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),

    // MARK: What cells see
    .target(name: "CellOutputs"),
    .target(name: "CellRuntime", dependencies: ["CellOutputs"]),
    .target(
      name: "CVectorMath",
      // Not -ffast-math: "not a number" must stay so, and exp must not be rearranged.
      cSettings: [
        .unsafeFlags([
          "-O3", "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros", "-ffp-contract=fast",
        ])
      ]),
    .target(name: "Tensors", dependencies: ["COpenBLAS", "CVectorMath"]),
    .target(name: "Figures", dependencies: ["CellOutputs", "Tensors"]),
    .target(name: "NeuralNetworks", dependencies: ["CVectorMath", "Figures", "Tensors"]),
    .target(
      name: "ReinforcementLearning", dependencies: ["CellOutputs", "Figures", "NeuralNetworks", "Tensors"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .testTarget(name: "FiguresTests", dependencies: ["CellOutputs", "Figures", "Tensors"]),
    .testTarget(name: "NeuralNetworksTests", dependencies: ["Figures", "NeuralNetworks", "Tensors"]),
    // What is said about all of them: documentation, defaults and mistakes.
    .testTarget(
      name: "LibraryTests",
      dependencies: [
        "Figures", "NeuralNetworks", "ReinforcementLearning", "Tensors",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
      ]),
    .testTarget(
      name: "OracleTests", dependencies: ["NeuralNetworks", "Tensors"], resources: [.copy("Data")]),

    // MARK: What makes books
    .target(name: "Diagnostics"),
    .target(name: "ExecutionRecords", dependencies: ["CellOutputs", "Diagnostics"]),
    .target(
      name: "Chapters",
      dependencies: ["CMarkGFM", "Diagnostics", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "Bibliography",
      dependencies: ["Chapters", "Diagnostics", .product(name: "Yams", package: "Yams")]),
    .target(name: "KernelProtocol"),
    .target(
      name: "CellKernel",
      dependencies: [
        "CellOutputs", "Chapters", "Diagnostics", "ExecutionRecords", "KernelProtocol",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Weaving",
      dependencies: [
        "Bibliography", "CDuktape", "CHarfBuzz", "CZlib", "CellOutputs", "Chapters", "Diagnostics",
        "ExecutionRecords",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "SwiftIDEUtils", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
      ]),
    .testTarget(
      name: "WeavingTests",
      dependencies: [
        "AcceptedOutputs", "Bibliography", "CMarkGFM", "CZlib", "CellOutputs", "Chapters", "Diagnostics",
        "ExecutionRecords", "Weaving",
      ],
      exclude: ["Snapshots"]),
    .testTarget(name: "BibliographyTests", dependencies: ["Bibliography", "Diagnostics"]),
    .target(
      name: "Handouts",
      dependencies: [
        "CGumbo", "CZip", "CellOutputs", "Chapters", "Diagnostics", "ExecutionRecords",
        "Weaving",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "HandoutsTests",
      dependencies: ["CellOutputs", "Chapters", "Diagnostics", "ExecutionRecords", "Handouts", "Weaving"]),
    .target(
      name: "ExecutionCache",
      dependencies: ["CellKernel", "ExecutionRecords", "KernelProtocol"]),
    .target(
      name: "Book",
      dependencies: [
        "AcceptedOutputs", "Bibliography", "CellKernel", "Chapters", "Diagnostics", "ExecutionCache",
        "ExecutionRecords", "Handouts", "KernelProtocol", "Weaving",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "AcceptedOutputs",
      dependencies: [
        "CellOutputs", "Chapters", "Diagnostics", "ExecutionRecords",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Preview",
      dependencies: [
        "Book", "CellKernel", "Diagnostics", "KernelProtocol",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ]),
    .target(name: "CWorkerSupport"),
    .executableTarget(name: "lectern-kernel", dependencies: ["CWorkerSupport", "KernelProtocol"]),
    .executableTarget(
      name: "lectern",
      dependencies: [
        "Book", "Preview", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: Tests
    .testTarget(
      name: "ReinforcementLearningTests",
      dependencies: ["CellOutputs", "Figures", "NeuralNetworks", "ReinforcementLearning", "Tensors"],
      resources: [.copy("Oracles")]),
    .testTarget(
      name: "ReinforcementLearningSlowTests",
      dependencies: ["NeuralNetworks", "ReinforcementLearning", "Tensors"]),
    .testTarget(name: "KernelProtocolTests", dependencies: ["KernelProtocol"]),
    .testTarget(
      name: "CellKernelTests",
      dependencies: ["CellKernel", "CellOutputs", "Chapters", "Diagnostics", "ExecutionRecords"]),
    .testTarget(name: "GuideTests", dependencies: ["Chapters"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "ChaptersTests", dependencies: ["Chapters", "Diagnostics"]),
    .testTarget(
      name: "BookTests",
      dependencies: [
        "Book", "CellKernel", "CellOutputs", "Chapters", "Diagnostics", "ExecutionCache", "ExecutionRecords",
        "KernelProtocol",
      ]),
    .testTarget(
      name: "AcceptedOutputsTests",
      dependencies: ["AcceptedOutputs", "CellOutputs", "Chapters", "Diagnostics", "ExecutionRecords"]),
    .testTarget(
      name: "PreviewTests",
      dependencies: ["Diagnostics", "Preview", .product(name: "FlyingFox", package: "FlyingFox")]),
    .testTarget(name: "StalenessTests", dependencies: ["Book", "Diagnostics"]),
    .testTarget(name: "LecternTests"),
  ],
  swiftLanguageModes: [.v6]
)

// Tests are compiled more often than they run: without optimisation that takes a fraction of the time.
for target in package.targets where target.type == .test {
  target.swiftSettings = [.unsafeFlags(["-Onone"])]
}
