// swift-tools-version: 6.2
import PackageDescription

/// What every module of ours is compiled with: Swift 6, warnings are errors, imports stay internal.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
/// A C library that the system has, installed by Debian's package of that name.
func system(_ name: String, _ library: String, apt package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: library, providers: [.apt([package])])
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb: [Target.Dependency] = [
    .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"), logging,
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "HTTPTypes", package: "swift-http-types"), lifecycle,
    .product(name: "CoreMetrics", package: "swift-metrics"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HummingbirdHTTP2", package: "hummingbird"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
]

let package = Package(
    name: "wenhui",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "wenhui", targets: ["wenhui"]),
        .executable(name: "WenhuiBench", targets: ["WenhuiBench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        module("CBOR"),
        system("COpenSSL", "libcrypto", apt: "libssl-dev"),
        module("Cryptography", [crypto, "COpenSSL"]),
        module("AuditLog", ["Cryptography"]),
        module("RedemptionTokens", ["CBOR", "Cryptography"]),
        system("CQREncode", "libqrencode", apt: "libqrencode-dev"),
        system("CPNG", "libpng", apt: "libpng-dev"),
        module("QRCodes", ["CQREncode", "CPNG"]),
        module("LedgerDomain", ["CBOR", "Cryptography", "AuditLog"]),
        module("OfflineTill", ["RedemptionTokens", "LedgerDomain", "Cryptography", "CBOR"]),
        module("LedgerStorage", ["LedgerDomain", "CBOR", "Cryptography"]),
        .target(
            name: "SQLiteStorage",
            dependencies: ["LedgerStorage", "LedgerDomain", "CBOR", "Cryptography"] + grdb,
            resources: [
                .embedInCode("Schema/log-0001.sql"), .embedInCode("Schema/vault-0001.sql"),
                .embedInCode("Schema/vault-0002.sql"), .embedInCode("Schema/vault-0003.sql"),
                .embedInCode("Schema/office-0001.sql"), .embedInCode("Schema/office-0002.sql"),
                .embedInCode("Schema/read-model.sql"),
            ], swiftSettings: strict),
        module("LedgerEngine", ["AuditLog", "LedgerStorage", "LedgerDomain", "CBOR", "Cryptography"]),
        system("CXLSXWriter", "xlsxwriter", apt: "libxlsxwriter-dev"),
        system("CZlib", "zlib", apt: "zlib1g-dev"),
        module("Reconciliation"),
        module(
            "StatementFormats",
            [
                "LedgerDomain", "Reconciliation", "Cryptography", "CXLSXWriter", "CZlib",
                .product(name: "Yams", package: "Yams"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ]),
        .target(
            name: "LedgerService",
            dependencies: [
                "LedgerEngine", "LedgerStorage", "LedgerDomain", "AuditLog", "RedemptionTokens",
                "OfflineTill",
                "CBOR", "Cryptography", "Reconciliation", "StatementFormats",
            ], resources: [.embedInCode("Access/common-passwords.bin")], swiftSettings: strict),
        module(
            "LedgerBootstrap",
            [
                "LedgerService", "LedgerEngine", "LedgerStorage", "SQLiteStorage", "LedgerDomain", "AuditLog",
                "Cryptography",
            ]),
        .target(
            name: "LedgerAPI",
            dependencies: [
                "LedgerService", "LedgerStorage", "LedgerDomain", "OfflineTill", "RedemptionTokens",
                "StatementFormats", "Reconciliation", "CBOR", "Cryptography",
                .product(name: "Yams", package: "Yams"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ], resources: [.embedInCode("Contract/acceptance.json")], swiftSettings: strict),
        module(
            "LedgerHTTP",
            ["LedgerAPI", "LedgerService", "LedgerDomain", "AuditLog", "Cryptography"] + hummingbird),
        .target(
            name: "LedgerCommandLine",
            dependencies: [
                "AuditLog", "RedemptionTokens", "OfflineTill", "QRCodes", "CBOR", "Cryptography",
                "LedgerHTTP",
                "LedgerBootstrap", "LedgerService", "LedgerStorage",
                "LedgerDomain",
                "StatementFormats",
                "Reconciliation", argumentParser, logging,
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            exclude: [
                "Rules/bad",
                "Rules/beijing-bookshops.bills.csv",
                "Rules/changchun.bills.csv",
                "Rules/changchun.yaml",
                "Rules/full-100-minus-30.bills.csv",
                "Rules/full-100-minus-30.yaml",
                "Rules/guangzhou.bills.csv",
                "Rules/guangzhou.yaml",
                "Rules/ktv-pilot.bills.csv",
                "Rules/ktv-pilot.yaml",
                "Rules/library-pays.bills.csv", "Rules/library-pays.yaml",
                "Rules/low-price-tickets.bills.csv", "Rules/low-price-tickets.yaml",
                "Rules/points.bills.csv",
                "Rules/pupils-count.bills.csv",
                "Rules/shandong-wenhui.bills.csv",
                "Rules/tiers-100-200-500.bills.csv", "Rules/tiers-100-200-500.yaml",
                "Rules/tianjin-balance.bills.csv",
                "Rules/tianjin-balance.yaml",
                "Rules/yunnan.bills.csv",
                "Rules/yunnan.yaml",
            ],
            resources: [
                .embedInCode("Rules/shandong-wenhui.yaml"), .embedInCode("Rules/beijing-bookshops.yaml"),
                .embedInCode("Rules/pupils-count.yaml"), .embedInCode("Rules/points.yaml"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "wenhui", dependencies: ["LedgerCommandLine"], swiftSettings: strict),
        .executableTarget(
            name: "WenhuiBench",
            dependencies: [
                "LedgerBootstrap", "LedgerService", "LedgerEngine", "LedgerDomain", "AuditLog",
                "RedemptionTokens", "StatementFormats", "Reconciliation", "CBOR", "Cryptography",
                argumentParser,
            ] + grdb,
            swiftSettings: strict),
        .target(
            name: "LedgerTesting",
            dependencies: ["LedgerDomain", "LedgerStorage", "LedgerEngine", "CBOR", "Cryptography"],
            path: "Tests/LedgerTesting", swiftSettings: strict),
        .executableTarget(
            name: "LoadDriver",
            dependencies: [
                "LedgerBootstrap", "LedgerService", "LedgerEngine", "LedgerStorage", "LedgerDomain",
            ],
            path: "Tests/LoadDriver", swiftSettings: strict),
        tests("CBORTests", ["CBOR"]),
        .executableTarget(
            name: "CrossCheckDriver", dependencies: ["Cryptography", "QRCodes"],
            path: "Tests/CrossCheckDriver", swiftSettings: strict),
        tests("CryptographyTests", ["Cryptography"]),
        tests("RedemptionTokensTests", ["RedemptionTokens", "CBOR", "Cryptography"]),
        tests(
            "OfflineTillTests",
            ["OfflineTill", "RedemptionTokens", "LedgerDomain", "LedgerTesting", "CBOR", "Cryptography"]),
        tests("QRCodesTests", ["QRCodes"]),
        tests("AuditLogTests", ["AuditLog", "Cryptography", "LedgerTesting"]),
        tests("LedgerDomainTests", ["LedgerDomain", "LedgerTesting", "CBOR"]),
        tests("ReconciliationTests", ["Reconciliation", "LedgerTesting"]),
        tests(
            "StatementFormatsTests", ["StatementFormats", "LedgerDomain", "Reconciliation", "LedgerTesting"]),
        tests(
            "StorageTests",
            ["LedgerStorage", "SQLiteStorage", "LedgerDomain", "LedgerTesting", "CBOR", "Cryptography"] + grdb
        ),
        tests(
            "LedgerEngineTests",
            [
                "AuditLog", "LedgerEngine", "LedgerStorage", "SQLiteStorage", "LedgerDomain", "LedgerTesting",
                "CBOR",
                "Cryptography",
            ]),
        tests(
            "ProcessTests",
            [
                "wenhui", "LoadDriver", "LedgerAPI", "LedgerHTTP", "LedgerBootstrap", "LedgerService",
                "LedgerEngine", "LedgerStorage", "LedgerDomain", "Cryptography",
            ] + grdb),
        tests(
            "LedgerServiceTests", ["LedgerService", "LedgerDomain", "StatementFormats", "LedgerTesting"]),
        tests("LedgerAPITests", ["LedgerAPI", "LedgerService", "LedgerDomain", "LedgerTesting"]),
        tests(
            "LedgerHTTPTests",
            [
                "LedgerHTTP", "LedgerService", "LedgerDomain", "AuditLog", "Cryptography",
            ] + hummingbird),
        // On its own, for NIOEmbedded brings a second declaration of sockets.
        tests(
            "LedgerHTTPServerTests",
            [
                "LedgerHTTP", "LedgerAPI", "LedgerBootstrap", "LedgerService", "LedgerDomain",
                "StatementFormats", "Cryptography", .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ] + hummingbird),
        tests("LedgerCommandLineTests", ["LedgerCommandLine", argumentParser]),
    ]
)

// For `tools/fuzz` alone: every module tells libFuzzer which way an input took through it, and there is one
// executable more, whose own main function only this linker prefers to libFuzzer's.
if Context.environment["WENHUI_FUZZ"] == "1" {
    package.targets += [
        .systemLibrary(name: "LibFuzzer", path: "Tests/Fuzz/LibFuzzer"),
        .executableTarget(
            name: "WenhuiFuzz",
            dependencies: [
                "LibFuzzer", "AuditLog", "OfflineTill", "RedemptionTokens", "LedgerDomain", "CBOR",
                "Cryptography",
            ],
            path: "Tests/Fuzz/WenhuiFuzz", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-use-ld=lld", "-sanitize=fuzzer"])]),
    ]
    for target in package.targets where target.type != .system {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"]))
    }
}
