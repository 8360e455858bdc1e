package import CBOR

/// A list that tills synchronise, signed by the ledger's list key.
package protocol SignedList: TokenClaims {
    /// The ledger whose list it is.
    var ledger: UInt32 { get }
    /// One more than that of the list before.
    var sequence: UInt64 { get }
    /// When it was signed, in seconds since 1970.
    var issuedAt: Int64 { get }
}

extension SignedList {
    /// Reads and verifies a signed list.
    ///
    /// - Parameters:
    ///   - bytes: the COSE_Sign1 as it was received.
    ///   - listKey: the one key that signs this ledger's lists; tills have it from their installation.
    package init(opening bytes: [UInt8], by listKey: TokenPublicKey) throws(SignedListError) {
        let signed: SignedClaims<Self>
        do throws(TokenFormatError) {
            signed = try SignedClaims(bytes)
        } catch {
            throw .format(error)
        }
        guard signed.message.keyID == TokenKeyID(of: listKey) else {
            throw .foreignKey(signed.message.keyID)
        }
        guard signed.message.verify(with: listKey) == .valid else { throw .signature }
        self = signed.claims
    }

    /// The list as tills get it.
    package func signed(by signer: TokenSigner) -> [UInt8] { SignedClaims(signing: self, by: signer).bytes }

    /// Whether a till that has `other` may take this in its place: the same ledger's, later, and newer.
    package func canReplace(_ other: Self) -> Bool {
        ledger == other.ledger && sequence > other.sequence && issuedAt >= other.issuedAt
    }
}

/// Why bytes are not a list of this ledger.
package enum SignedListError: Error, Equatable, Sendable {
    /// It is no signed list of the wanted kind.
    case format(TokenFormatError)
    /// It is signed, if at all, with another key than the ledger's list key.
    case foreignKey(TokenKeyID)
    case signature
}

extension SignedListError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .format(let error): error.description
        case .foreignKey(let id): "it is signed with key \(id), which is not this ledger's list key"
        case .signature: "its signature is wrong; it may have been damaged or forged"
        }
    }
}

extension CBORDecoder {
    /// Reads the code of a ledger.
    package mutating func readLedger() throws(CBORError) -> UInt32 {
        let place = place
        let code = try readInteger(as: UInt32.self)
        guard VoucherReference.ledgers.contains(code) else { throw .outOfRange(offset: place) }
        return code
    }
}
