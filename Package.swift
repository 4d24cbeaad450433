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

/// One file to install, which starts in half the time: the system's SQLite, C and C++ libraries are all that it loads.
let linkerSettings: [LinkerSetting] = [
    .unsafeFlags(
        ["-static-stdlib", "-Xlinker", "--strip-debug"]
            // What FoundationEssentials is made of; its module names these only to those who compile against the
            // static one.
            + ["_FoundationCollections", "_FoundationCShims"].map { "-l\($0)" },
        .when(platforms: [.linux], configuration: .release)
    )
]

let package = Package(
    name: "tokenctl",
    products: [
        .executable(name: "tokenctl", targets: ["tokenctl"]),
        .executable(name: "tokend", targets: ["tokend"]),
    ],
    traits: [
        .trait(name: "PostgreSQL", description: "Registries on a PostgreSQL server, which need libpq.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // Whole items into bins: the solver of a renewal's placement, without any domain.
        .target(name: "Placement", swiftSettings: swiftSettings),
        // The system's time zones: TZif (RFC 9636), without any domain.
        .target(name: "TimeZones", swiftSettings: swiftSettings),
        // Streaming CSV, as people have it (RFC 4180 and what spreadsheets make of it), without any domain.
        .target(name: "CSV", swiftSettings: swiftSettings),
        // HTML and SVG with every text escaped, without any domain.
        .target(name: "HTML", swiftSettings: swiftSettings),
        // JSON (RFC 8259), read piece by piece and written, without any domain.
        .target(name: "JSON", swiftSettings: swiftSettings),
        // The domain: values, rules, use cases and the ports they need. No I/O.
        .target(
            name: "Registry",
            dependencies: ["CSV", "JSON", "Placement", "TimeZones"],
            resources: ["Organizations", "Programs", "Rules", "Tenants"].map { .embedInCode("\($0)/Catalogue") },
            swiftSettings: swiftSettings
        ),
        // The store port once, for every SQL engine: statements, tables, guards, the writer, secrets and the anchor.
        .target(
            name: "RegistrySQL",
            dependencies: [
                "JSON",
                "Registry",
                .product(name: "Crypto", package: "swift-crypto"),
                // For scrypt alone.
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),
        // Debian's libsqlite3, with the hook that tells of each row before it changes.
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        // SQLite's driver: files, locks, backup, and what its errors mean.
        .target(
            name: "RegistrySQLite",
            dependencies: [
                "CSQLite",
                "Registry",
                "RegistrySQL",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),
        // The version, and the commit that a build is of.
        .plugin(name: "SourceCommit", capability: .buildTool(), path: "Sources/SourceCommit"),
        .target(name: "ProgramVersion", swiftSettings: swiftSettings, plugins: ["SourceCommit"]),
        // Debian's libpq.
        .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),
        // PostgreSQL's driver. Empty without the trait, since every target is built.
        .target(
            name: "RegistryPostgreSQL",
            dependencies: [
                .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                "Registry",
                "RegistrySQL",
            ],
            swiftSettings: swiftSettings
        ),
        // Which engine a place names, and opening it there.
        .target(
            name: "RegistryEngines",
            dependencies: [
                "Registry",
                .target(name: "RegistryPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                "RegistrySQL",
                "RegistrySQLite",
            ],
            swiftSettings: swiftSettings
        ),
        // Wire types, operations and problem documents, shared by the command line and the daemon.
        .target(
            name: "RegistryAPI",
            dependencies: ["JSON", "ProgramVersion", "Registry"],
            swiftSettings: swiftSettings
        ),
        // The use cases over the daemon's socket.
        .target(
            name: "RegistryClient",
            dependencies: [
                "RegistryAPI",
                "Registry",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings
        ),
        // Reports as HTML, which the command line prints and the daemon's page shows.
        .target(
            name: "RegistryReports",
            dependencies: ["HTML", "ProgramVersion", "Registry"],
            resources: [.embedInCode("report.css")],
            swiftSettings: swiftSettings
        ),
        // Routes, peer credentials, limits, metrics, the page and the daemon's manners.
        .target(
            name: "RegistryServer",
            dependencies: [
                "HTML",
                "ProgramVersion",
                "RegistryAPI",
                "Registry",
                "RegistryReports",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: ["page.css", "page.js"].map { .embedInCode("Web/\($0)") },
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "tokend",
            dependencies: [
                "ProgramVersion",
                "RegistryAPI",
                "RegistryServer",
                "RegistryEngines",
                "Registry",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings,
            linkerSettings: linkerSettings
        ),
        .target(
            name: "TokenctlCommands",
            dependencies: [
                "CSV",
                "HTML",
                "JSON",
                "ProgramVersion",
                "RegistryAPI",
                "RegistryClient",
                "RegistryEngines",
                "RegistryReports",
                "RegistrySQLite",
                "TimeZones",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [
                "Completion/Scripts", "Manual/Topics", "Pack/verify-ledger.py", "Program/program-table.schema.json",
                "Setup/Units",
            ].map {
                .embedInCode($0)
            },
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "tokenctl",
            dependencies: ["TokenctlCommands"],
            swiftSettings: swiftSettings,
            linkerSettings: linkerSettings
        ),
        .testTarget(
            name: "CSVTests",
            dependencies: ["CSV"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "HTMLTests",
            dependencies: ["HTML"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "JSONTests",
            dependencies: ["JSON"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "PlacementTests",
            dependencies: ["Placement"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "TimeZonesTests",
            dependencies: ["TimeZones"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "RegistryTests",
            dependencies: ["CSV", "Registry"],
            swiftSettings: swiftSettings
        ),
        // A file system for SQLite that fails and loses power when a test says so.
        .target(name: "FaultVFS", dependencies: ["CSQLite"], path: "Tests/FaultVFS"),
        .testTarget(
            name: "RegistrySQLiteTests",
            dependencies: [
                "CSQLite",
                "FaultVFS",
                "Registry",
                "RegistryEngines",
                .target(name: "RegistryPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                "RegistrySQL",
                "RegistrySQLite",
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "RegistryPostgreSQLTests",
            dependencies: ["tokenctl", "tokend", "RegistryPostgreSQL", "RegistrySQL"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "RegistryServerTests",
            dependencies: [
                "JSON",
                "RegistryServer",
                "RegistryClient",
                "Registry",
                "RegistryAPI",
                "RegistrySQL",
                "RegistrySQLite",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
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
                "tokend",
                "Registry",
                "RegistryAPI",
                "RegistryClient",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings
        ),
    ]
)
