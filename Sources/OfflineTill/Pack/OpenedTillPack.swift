package import LedgerDomain
package import RedemptionTokens

/// A pack after its signature and those of both lists in it were verified; what a till sells by.
package struct OpenedTillPack: Sendable {
    package let pack: TillPack
    package let keys: KeyList
    package let revocations: RevocationList

    /// Reads and verifies a signed pack.
    ///
    /// - Parameters:
    ///   - bytes: the pack as it was received.
    ///   - listKey: the one key that signs this ledger's lists.
    package init(opening bytes: [UInt8], by listKey: TokenPublicKey) throws(TillPackError) {
        guard bytes.count <= TillPack.maximumLength else { throw .tooLong(bytes.count) }
        do throws(SignedListError) {
            pack = try TillPack(opening: bytes, by: listKey)
        } catch {
            throw .pack(error)
        }
        do throws(SignedListError) {
            keys = try KeyList(opening: pack.keyList, by: listKey)
        } catch {
            throw .keyList(error)
        }
        do throws(SignedListError) {
            revocations = try RevocationList(opening: pack.revocationList, by: listKey)
        } catch {
            throw .revocationList(error)
        }
        guard keys.ledger == pack.ledger, revocations.ledger == pack.ledger else { throw .mixedLedgers }
    }

    /// The rule of the programme with this number; `nil` for one that the pack does not have.
    package func rule(of programme: UInt32) -> ProgrammeRule? {
        pack.programmes.first { $0.number == programme }?.rule
    }

    /// Whether neither of the lists inside goes back behind those of `other`.
    func keepsLists(of other: OpenedTillPack) -> Bool {
        (keys == other.keys || keys.canReplace(other.keys))
            && (revocations == other.revocations || revocations.canReplace(other.revocations))
    }
}
