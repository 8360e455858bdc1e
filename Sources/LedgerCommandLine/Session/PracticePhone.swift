import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import RedemptionTokens

/// A resident's phone as practice and tests need one: its key, its credential and its counter, in a file.
///
/// A real phone keeps its key in hardware; this file is for trying things out.
struct PracticePhone: Codable {
    /// The 32 secret bytes, in hexadecimal digits.
    private var key: String
    /// The credential that was loaded, in hexadecimal digits.
    private var credential: String?
    /// The counter of the last presentation.
    private var counter: UInt32 = 0

    init() { key = P256PrivateKey.random().scalar.hexadecimal }

    init(reading path: String) throws {
        do {
            self = try JSONDecoder().decode(PracticePhone.self, from: Data(try readFile(path)))
        } catch is DecodingError {
            throw CommandFailure.usage("\(path) is no phone. Make one with: wenhui phone new \(path)")
        }
        guard privateKey != nil else { throw CommandFailure.usage("\(path) holds no key of P-256.") }
    }

    func write(to path: String) throws {
        do {
            try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw CommandFailure(
                .fault, "fault", "\(path) cannot be written: \((error as NSError).localizedDescription)")
        }
    }

    private var privateKey: P256PrivateKey? {
        [UInt8](hexadecimal: key).flatMap { P256PrivateKey(scalar: $0) }
    }

    /// The key that a credential is issued to.
    var publicKey: P256PublicKey {
        get throws {
            guard let privateKey else { throw CommandFailure.usage("The phone holds no key of P-256.") }
            return privateKey.publicKey
        }
    }

    /// Takes a credential, which must be for this phone's key.
    mutating func load(_ bytes: [UInt8]) throws -> SignedClaims<VoucherCredential> {
        let signed: SignedClaims<VoucherCredential>
        do {
            signed = try SignedClaims(bytes)
        } catch {
            throw CommandFailure.usage("This is no credential: \(error).")
        }
        guard try signed.claims.device == DeviceKey(publicKey) else {
            throw CommandFailure.usage("The credential is for another phone's key.")
        }
        credential = bytes.hexadecimal
        return signed
    }

    /// Signs what is shown at a till.
    ///
    /// - Parameters:
    ///   - again: the counter to use once more, as a cheat would; the next one where `nil`.
    ///   - amount: in fen; the credential's cap where `nil`.
    mutating func present(
        at outlet: UInt32, amount: UInt32?, now: Instant, again: UInt32? = nil
    ) throws -> PresentedCredential {
        guard let bytes = credential.flatMap({ [UInt8](hexadecimal: $0) }), let privateKey,
            let signed = try? SignedClaims<VoucherCredential>(bytes)
        else {
            throw CommandFailure.usage("The phone has no credential. Give it one with: wenhui phone load")
        }
        if again == nil { counter += 1 }
        let presentation = Presentation(
            counter: again ?? counter, slot: TimeSlot(at: now.seconds), amount: amount ?? signed.claims.cap,
            outlet: outlet)
        return PresentedCredential(signed, presentation, by: .es256(privateKey))
    }
}
