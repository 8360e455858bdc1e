/// How strict a till is, beside what the tokens say themselves.
package struct TokenPolicy: Hashable, Sendable {
    /// How far two clocks may be apart, in seconds.
    package let skew: Int64
    /// How old the key list may be, in seconds.
    package let keyListAge: Int64
    /// How old the revocation list may be for an offline sale, in seconds.
    package let revocationListAge: Int64
    /// The most that an offline sale may be, in fen, whatever the credential allows.
    package let offlineCap: UInt32

    /// A week for keys, a day for revocations and 500 yuan, where nothing else is said.
    package init(
        skew: Int64 = 5, keyListAge: Int64 = 7 * 86_400, revocationListAge: Int64 = 86_400,
        offlineCap: UInt32 = 50_000
    ) {
        precondition((0..<TimeSlot.length).contains(skew), "clocks may be apart by less than a slot")
        self.skew = skew
        self.keyListAge = keyListAge
        self.revocationListAge = revocationListAge
        self.offlineCap = offlineCap
    }
}
