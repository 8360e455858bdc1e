import Foundation
import HTTPTypes
import HummingbirdTesting
import LedgerBootstrap
import LedgerDomain
import LedgerHTTP
import LedgerService
import NIOCore
import Testing

/// A practice county in a temporary folder, which is asked in memory or over a socket.
final class KitCounty: Sendable {
    /// How a server is asked: the same requests must come to the same.
    enum Way: CaseIterable {
        case memory, socket

        var setup: TestingSetup { self == .memory ? .router : .live }
    }

    let base = "/v1/ledgers/370782"
    private let folder: URL
    private let system: LedgerSystem
    let key: String
    private let approver: String

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("kit-\(UUID().uuidString)")
        try DataFolder(folder.path).create()
        system = try LedgerSystem(DataFolder(folder.path))
        let service = try system.service(LedgerCode(370_782))
        _ = try await service.perform(
            OpenLedger.with { ($0.code, $0.name, $0.practice) = (service.ledger, "演练县", true) },
            Call(.system, key: "open"))
        let keys = AccessKeys(service, system.office)
        let scopes = Set(Permission.scopes)
        key = try await keys.make("kit", scopes: scopes, days: 2, Call(.system, key: "kit")).key.text
        approver = try await keys.make(
            "approver", scopes: scopes, days: 2, Call(.system, key: "approver")
        ).key.text
    }

    deinit {
        system.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Opens the county's season and gives `body` a client of it.
    func ask(
        _ way: Way, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let server = LedgerServer(system, host: "127.0.0.1", port: 0)
        try await server.application().test(way.setup) { [self] client in
            try await open(client)
            try await body(client)
        }
    }

    /// Sends a body, as somebody with every scope unless told.
    func post(
        _ client: any TestClientProtocol, _ path: String, _ body: String = "",
        type: String = "application/json", as key: String? = nil, under idempotencyKey: String? = nil
    ) async throws -> TestResponse {
        let keyed = try #require(HTTPField.Name("Idempotency-Key"))
        var headers: HTTPFields = [
            .authorization: "Bearer \(key ?? self.key)", .acceptLanguage: "en",
            keyed: idempotencyKey ?? UUID().uuidString,
        ]
        if !body.isEmpty { headers[.contentType] = type }
        return try await client.execute(
            uri: base + path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    /// From money to a batch of five vouchers, with outlets and residents.
    private func open(_ client: any TestClientProtocol) async throws {
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970) * Instant.second)
        let window =
            "\"from\":\"\(now.adding(-Instant.hour).text)\",\"until\":\"\(now.adding(Instant.day).text)\""
        for (path, body, type, key) in [
            (
                "/funds",
                "{\"level\":\"county\",\"fiscalYear\":2026,\"treasury\":\"演练国库\",\"document\":\"演练1号\",\"functionalCode\":\"2070199\",\"economicCode\":\"30399\"}",
                nil, self.key
            ),
            ("/funds/1/appropriations", "{\"amount\":500000,\"reference\":\"演练拨款\"}", nil, self.key),
            ("/merchants/imports", try fixture("registry/merchants.csv"), "text/csv", self.key),
            ("/outlets/imports", try fixture("registry/outlets.csv"), "text/csv", self.key),
            ("/residents/imports", try fixture("registry/residents.csv"), "text/csv", self.key),
            ("/programmes", try fixture("programmes/shandong-wenhui.yaml"), "application/yaml", self.key),
            ("/programmes/1/approval", "", nil, approver),
            ("/programmes/1/allocations", "{\"fund\":\"1\",\"amount\":500000}", nil, self.key),
            (
                "/batches",
                "{\"programme\":\"1\",\"face\":5000,\"quota\":5,\"weights\":[{\"fund\":\"1\",\"weight\":1}],\(window)}",
                nil, self.key
            ),
            ("/batches/1/approval", "", nil, approver),
            ("/token-keys", "{\"afterDays\":0,\"lifetimeDays\":100}", nil, self.key),
        ] as [(String, String, String?, String)] {
            let answer = try await post(client, path, body, type: type ?? "application/json", as: key)
            #expect(
                answer.status == .ok || answer.status == .created,
                "\(path): \(answer.status) \(String(buffer: answer.body))")
        }
    }
}

/// A file of the repository.
func repositoryFile(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
}

private func fixture(_ name: String) throws -> String { try repositoryFile("Fixtures/\(name)") }
