import Foundation
import Testing

/// Callers of a served folder, each with a key of its own.
struct County {
    let served: ServedFolder
    let base = "/v1/ledgers/370782"
    let officer: String
    let approver: String
    let till: String
    let reader: String

    init(_ served: ServedFolder) throws {
        self.served = served
        officer = try served.key(
            named: "经办",
            scopes: [
                "money", "programmes", "merchants", "residents", "issue", "token-keys", "settlements",
                "claim",
                "read",
            ]
        ).text
        approver = try served.key(
            named: "审批", scopes: ["money.approve", "programmes.approve", "settlements.approve"]
        ).text
        till = try served.key(named: "收银", scopes: ["redeem", "refund"]).text
        reader = try served.key(named: "查询", scopes: ["read"]).text
    }

    /// Does something with a JSON object, under a key of its own unless one is given.
    func post(
        _ path: String, _ body: [String: Any]? = nil, as key: String, under idempotencyKey: String? = nil,
        language: String = "en"
    ) async throws -> ServedFolder.Answer {
        var headers = [
            "Authorization": "Bearer \(key)", "Accept-Language": language,
            "Idempotency-Key": idempotencyKey ?? UUID().uuidString,
        ]
        if body != nil { headers["Content-Type"] = "application/json" }
        return try await served.ask(
            base + path, method: "POST", headers: headers,
            body: try body.map { try JSONSerialization.data(withJSONObject: $0) })
    }

    /// Sends a file.
    func send(_ path: String, _ file: Data, _ type: String = "text/csv") async throws -> ServedFolder.Answer {
        try await served.ask(
            base + path, method: "POST",
            headers: [
                "Authorization": "Bearer \(officer)", "Idempotency-Key": UUID().uuidString,
                "Content-Type": type,
            ], body: file)
    }

    func get(_ path: String, as key: String? = nil) async throws -> ServedFolder.Answer {
        try await served.ask(base + path, headers: ["Authorization": "Bearer \(key ?? reader)"])
    }

    /// From a rule file to an open batch of two vouchers, with outlets and residents.
    func open() async throws {
        for (path, file) in [
            ("/merchants/imports", "registry/merchants.csv"), ("/outlets/imports", "registry/outlets.csv"),
            ("/terminals/imports", "registry/terminals.csv"),
            ("/residents/imports", "registry/residents.csv"),
        ] {
            let sent = try await send(path, try fixture(file))
            #expect(sent.status == 200 && (sent.number("rows") ?? 0) > 0, "\(path): \(sent)")
        }
        let rule = try await send(
            "/programmes", try fixture("programmes/shandong-wenhui.yaml"), "application/yaml")
        #expect(rule.status == 201 && rule["programme"] == "P370782-00000001-5", "\(rule)")
        let funds = [["fund": "1", "weight": 1]]
        let now = Date()
        let format = ISO8601DateFormatter()
        for (path, body, key, status) in [
            ("/programmes/1/approval", nil, approver, 200),
            ("/programmes/1/allocations", ["fund": "1", "amount": 500_000], officer, 200),
            (
                "/batches",
                [
                    "programme": "1", "face": 5000, "quota": 3, "weights": funds,
                    "from": format.string(from: now.addingTimeInterval(-3600)),
                    "until": format.string(from: now.addingTimeInterval(86_400)),
                ], officer, 201
            ),
            ("/batches/1/approval", nil, approver, 200),
            ("/token-keys", ["afterDays": 0, "lifetimeDays": 100], officer, 201),
        ] as [(String, [String: Any]?, String, Int)] {
            let done = try await post(path, body, as: key)
            #expect(done.status == status, "\(path): \(done)")
        }
    }

    func claim(_ resident: String) async throws -> ServedFolder.Answer {
        try await post("/claims", ["batch": "1", "resident": resident], as: officer)
    }

    static var sale: [String: Any] {
        [
            "voucher": "1", "outlet": "YL-0001", "terminal": "YLPOS0001", "bill": 12_000, "order": "A-1",
        ]
    }
}

/// A file of `Fixtures`.
func fixture(_ name: String) throws -> Data {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return try Data(contentsOf: root.appendingPathComponent("Fixtures/\(name)"))
}
