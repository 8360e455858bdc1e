/// Why a well-formed token is not taken, for a cashier, a log and a machine.
package enum TokenRefusal: Error, Hashable, CaseIterable, Sendable {
    /// The key list was signed too long ago.
    case keyListTooOld
    /// There is no revocation list, and offline nothing is taken without one.
    case revocationListMissing
    /// The revocation list was signed too long ago.
    case revocationListTooOld
    /// A list is from the future: the clock here is behind.
    case listTooEarly
    /// The voucher is another ledger's than the lists are.
    case otherLedger
    /// The header names a key that the list does not have.
    case keyUnknown
    /// The header names another algorithm than the list has for the key.
    case algorithmMismatch
    /// The key is published and not in use yet.
    case keyNotInUse
    /// The key's window has not begun.
    case keyTooEarly
    /// The key's window is over.
    case keyExpired
    case keyRevoked
    /// The issuer's signature is wrong.
    case signature
    /// The issuer's signature is in the one of its two forms that is not taken.
    case signatureForm
    case tokenExpired
    /// The online token lives longer than any can: it is from the future.
    case tokenTooEarly
    case credentialExpired
    /// The credential was issued in the future.
    case credentialTooEarly
    case credentialRevoked
    case voucherRevoked
    /// The presentation names another credential than the one it comes with.
    case otherCredential
    /// The presentation is signed with another algorithm than the device's key is for.
    case presentationAlgorithm
    /// The device's signature is wrong.
    case presentationSignature
    /// The device's signature is in the one of its two forms that is not taken.
    case presentationForm
    /// The presentation is of an earlier half minute than the last.
    case presentationExpired
    /// The presentation is of a later half minute than the next.
    case presentationTooEarly
    /// The presentation was made for another outlet.
    case otherOutlet
    /// The presentation is for nothing.
    case noAmount
    /// The amount is over the credential's cap or the till's.
    case overCap
}
