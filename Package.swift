// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "tokenctl",
    products: [
        .executable(name: "tokenctl", targets: ["tokenctl"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The domain: values, rules, use cases and the ports they need. No I/O.
        .target(
            name: "Registry",
            resources: [.embedInCode("Tenants/Catalogue")],
            swiftSettings: swiftSettings
        ),
        // The store port on SQLite, the secret box and the rollback anchor.
        .target(
            name: "RegistrySQLite",
            dependencies: [
                "Registry",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),
        // Wire types, operations and problem documents, shared by the command line and the daemon.
        .target(
            name: "RegistryAPI",
            dependencies: ["Registry"],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "TokenctlCommands",
            dependencies: [
                "RegistryAPI",
                "RegistrySQLite",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "tokenctl",
            dependencies: ["TokenctlCommands"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "RegistryTests",
            dependencies: ["Registry"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "RegistrySQLiteTests",
            dependencies: ["Registry", "RegistrySQLite", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "TokenctlCommandsTests",
            dependencies: [
                "TokenctlCommands",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Golden"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: [
                "tokenctl",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings
        ),
    ]
)
