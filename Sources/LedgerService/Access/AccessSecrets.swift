package import Cryptography
package import LedgerDomain

/// The keys of the door of one ledger: what seals second factors and what day sessions are derived from.
package struct AccessSecrets: Sendable {
    private let sealer: Sealer
    private let authenticator: MessageAuthenticator
    private let ledger: LedgerCode

    package init(_ ledger: LedgerCode, secret: SecretKey, algorithms: CryptographicProfile) {
        self.ledger = ledger
        sealer = Sealer(key: secret, profile: algorithms)
        authenticator = MessageAuthenticator(key: secret, profile: algorithms)
    }

    func seal(_ secret: [UInt8], of account: String) throws(ServiceError) -> [UInt8] {
        do {
            return try sealer.seal(secret, context: context(account))
        } catch {
            throw .seal(error)
        }
    }

    func open(_ sealed: [UInt8], of account: String) throws(ServiceError) -> [UInt8] {
        do {
            return try sealer.open(sealed, context: context(account))
        } catch {
            throw .seal(error)
        }
    }

    /// The secret of the day session of this name; whoever does not have the ledger's key cannot make one up.
    func secret(ofDaySession name: [UInt8]) -> [UInt8] {
        authenticator.code(ledger.bytes + name, domain: .daySession)
    }

    /// The code that an event's invitation is: the same for a retry, and found by nobody without the ledger's key.
    func invitation(_ name: String, event: UInt64) -> String {
        let message = ledger.bytes + Array("\(event) \(name)".utf8)
        return Array(authenticator.code(message, domain: .invitation).prefix(16)).hexadecimal
    }

    /// What an event keeps of a PIN, so that a retry with another one is told apart.
    func commitment(toPIN pin: String, of account: String) -> String {
        let message = ledger.bytes + Array("pin \(pin) \(account)".utf8)
        return Array(authenticator.code(message, domain: .invitation).prefix(8)).hexadecimal
    }

    /// What a machine's key is made of: the same for a retry of the call that makes it, and found by nobody without the ledger's
    /// key.
    func accessKey(madeBy call: Call) -> (id: [UInt8], secret: [UInt8]) {
        let name = ledger.bytes + Array(call.owner.utf8) + [0] + Array(call.key.utf8)
        return (
            Array(authenticator.code([0] + name, domain: .accessKey).prefix(8)),
            authenticator.code([1] + name, domain: .accessKey)
        )
    }

    /// What signs what the webhook of this event is sent.
    func secret(ofWebhook event: UInt64) -> [UInt8] {
        authenticator.code(ledger.bytes + Array("\(event)".utf8), domain: .webhook)
    }

    /// What is kept of a code that was sent to a phone.
    func digest(ofPhoneCode code: [UInt8]) -> [UInt8] {
        authenticator.code(ledger.bytes + code, domain: .phoneCode)
    }

    /// What tries are counted under: a person, a phone or a caller that nobody reads from it.
    func name(ofTries text: String) -> [UInt8] {
        authenticator.code(ledger.bytes + Array("registration \(text)".utf8), domain: .phoneCode)
    }

    /// What a platform's account is found by.
    func mark(of account: PlatformAccount) -> [UInt8] {
        let message = ledger.bytes + Array("\(account.platform):\(account.account)".utf8)
        return Array(authenticator.code(message, domain: .platformAccount).prefix(16))
    }

    /// What is kept of the code of a voucher: six digits alone would be found by trying.
    func digest(ofVoucherCode code: String, of voucher: VoucherID) -> [UInt8] {
        authenticator.code(ledger.bytes + Array("\(voucher.rawValue) \(code)".utf8), domain: .voucherCode)
    }

    private func context(_ account: String) -> [UInt8] { ledger.bytes + Array(account.utf8) }
}

extension LedgerCode {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: rawValue.bigEndian) { Array($0) } }
}
