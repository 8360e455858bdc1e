import Cryptography
import RedemptionTokens
import Testing

/// A ledger with an issuer, a list key and a resident's phone, all from fixed seeds, at a fixed time.
struct SampleLedger {
    static let code: UInt32 = 370_782
    /// Seconds since 1970; the fifth second of a slot.
    static let now: Int64 = 1_780_000_025
    static let outlet: UInt32 = 1_207

    let issuer: TokenSigner
    let listKey: TokenSigner
    let device: TokenSigner
    let voucher: VoucherReference

    /// - Parameter profile: what the ledger signs with; phones have P-256 in any case.
    init(_ profile: CryptographicProfile = .international) throws {
        let key = profile == .guomi ? sm2 : ed25519
        issuer = try key(1)
        listKey = try key(2)
        device = try p256(3)
        voucher = try #require(VoucherReference(ledger: SampleLedger.code, number: 12_345))
    }

    func online(issuedAt: Int64 = now, id: UInt64 = 0x0102_0304_0506_0708) -> OnlineToken {
        OnlineToken(voucher: voucher, id: TokenID(id), issuedAt: issuedAt)
    }

    func credential(
        id: UInt64 = 0x1112_1314_1516_1718, programme: UInt32 = 1, device: TokenSigner? = nil,
        cap: UInt32 = 20_000, issuedAt: Int64 = now - 3_600, life: Int64 = VoucherCredential.longestLife
    ) throws -> VoucherCredential {
        guard case .es256(let key) = (device ?? self.device).publicKey else { throw UnexpectedShape() }
        return try #require(
            VoucherCredential(
                voucher: voucher, programme: programme, id: TokenID(id), device: DeviceKey(key), cap: cap,
                issuedAt: issuedAt, expiry: issuedAt + life))
    }

    func presentation(
        counter: UInt32 = 7, at seconds: Int64 = now, amount: UInt32 = 3_500, outlet: UInt32 = outlet
    ) -> Presentation {
        Presentation(counter: counter, slot: TimeSlot(at: seconds), amount: amount, outlet: outlet)
    }

    /// What the phone shows, everything in order.
    func shown(_ presentation: Presentation? = nil) throws -> PresentedCredential {
        PresentedCredential(
            SignedClaims(signing: try credential(), by: issuer), presentation ?? self.presentation(),
            by: device)
    }

    func listed(
        _ key: TokenSigner? = nil, notBefore: Int64 = now - 86_400, notAfter: Int64 = now + 30 * 86_400,
        status: ListedKey.Status = .active
    ) throws -> ListedKey {
        try #require(
            ListedKey((key ?? issuer).publicKey, notBefore: notBefore, notAfter: notAfter, status: status))
    }

    func keys(
        _ keys: [ListedKey]? = nil, ledger: UInt32 = code, sequence: UInt64 = 4, issuedAt: Int64 = now - 7_200
    ) throws -> KeyList {
        try #require(
            KeyList(ledger: ledger, sequence: sequence, issuedAt: issuedAt, keys: try keys ?? [listed()]))
    }

    func revocations(
        credentials: [UInt64] = [], vouchers: [UInt32] = [], issuedAt: Int64 = now - 600,
        sequence: UInt64 = 9
    ) throws -> RevocationList {
        try #require(
            RevocationList(
                ledger: SampleLedger.code, sequence: sequence, issuedAt: issuedAt,
                credentials: credentials.map(TokenID.init), vouchers: vouchers))
    }

    func verifier(
        keys: KeyList? = nil, revocations: RevocationList? = nil, now: Int64 = now,
        policy: TokenPolicy = TokenPolicy()
    ) throws -> TokenVerifier {
        TokenVerifier(
            keys: try keys ?? self.keys(), revocations: try revocations ?? self.revocations(), policy: policy,
            now: now)
    }
}

func ed25519(_ seed: UInt8) throws -> TokenSigner {
    .ed25519(try #require(Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32))))
}

func p256(_ seed: UInt8) throws -> TokenSigner {
    .es256(try #require(P256PrivateKey(scalar: [UInt8](repeating: seed, count: 32))))
}

func sm2(_ seed: UInt8) throws -> TokenSigner {
    .sm2(try #require(SM2PrivateKey(scalar: [UInt8](repeating: seed, count: 32))))
}

/// A key of every algorithm.
func signers(_ seed: UInt8) throws -> [TokenSigner] {
    try TokenAlgorithm.allCases.map { algorithm in
        switch algorithm {
        case .ed25519: try ed25519(seed)
        case .es256: try p256(seed)
        case .sm2: try sm2(seed)
        }
    }
}

/// A sample is not what a test thought it was.
struct UnexpectedShape: Error {}
